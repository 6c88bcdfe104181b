import type { Graph } from '@sluice/shared/graph';
import type { FlowCounts } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { type Group, GroupSelect } from './group-select.tsx';
import { type Period, PeriodSelect } from './period-select.tsx';
import type { RunsChoice } from './runs-drawer.tsx';
import styles from './workspace.module.css';

interface LiveBarProps {
  counts: FlowCounts | undefined;
  version: number;
  graph: Graph;
  group: Group | undefined;
  onGroup: (group: Group | undefined) => void;
  period: Period;
  onPeriod: (period: Period) => void;
  areResultsShown: boolean;
  onToggleResults: () => void;
  onOpen: (choice: RunsChoice) => void;
}

/** The sums over the whole version, or over one variant, and how fresh they are. */
export function LiveBar({
  counts,
  version,
  graph,
  group,
  onGroup,
  period,
  onPeriod,
  areResultsShown,
  onToggleResults,
  onOpen,
}: LiveBarProps) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const asOf = counts && t('live.asOf', { time: format.exact(counts.asOf) });
  const shown = { version, ...group };
  const figures = [
    { key: 'runs', value: counts?.runs ?? 0, title: t('runs.all'), filter: { ...shown, ...period } },
    { key: 'waiting', value: counts?.waiting ?? 0, title: t('live.waiting'), filter: { ...shown, status: 'waiting' } },
    {
      key: 'ended',
      value: counts?.ended ?? 0,
      title: t('live.ended'),
      filter: { ...shown, ...period, status: 'ended' },
    },
    { key: 'failed', value: counts?.failed ?? 0, title: t('live.failed'), filter: { ...shown, status: 'failed' } },
  ] as const;
  return (
    <footer className={styles.bar}>
      <button type="button" className={styles.barButton} aria-expanded={areResultsShown} onClick={onToggleResults}>
        {areResultsShown ? t('live.hideResults') : t('live.results')}
      </button>
      <span className={styles.figures} role="status">
        {figures.map(({ key, value, title, filter }) => (
          <span key={key}>
            {t(`live.${key}`)}{' '}
            <button
              type="button"
              className={styles.figure}
              data-kind={key}
              disabled={value === 0}
              title={t('live.opens')}
              onClick={() => onOpen({ title, filter })}
            >
              {format.count(value)}
            </button>
          </span>
        ))}
        {counts?.enrolment.status === 'running' &&
          t('live.enrolling', {
            enrolled: format.count(counts.enrolment.enrolled),
            scanned: format.count(counts.enrolment.scanned),
          })}
      </span>
      <span className={styles.space} />
      <GroupSelect graph={graph} group={group} onChange={onGroup} />
      <PeriodSelect onChange={onPeriod} />
      {asOf !== undefined && (
        <span className={styles.asOf} title={asOf}>
          {asOf}
        </span>
      )}
    </footer>
  );
}
