import { ReloadOutlined } from '@ant-design/icons';
import type { Graph } from '@sluice/shared/graph';
import type { Explanation, OutlookNote } from '@sluice/shared/http-api';
import { Alert, Button, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProfileName } from '../data/profiles/profile-name.tsx';
import { useReasonText } from '../data/profiles/use-reason-text.ts';
import type { NodeWords } from '../editing/use-node-words.ts';
import { RUN_TONES } from '../plans/run-tones.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { StatusTag } from '../ui/status-tag.tsx';
import styles from './explanation.module.css';

interface PersonSummaryProps {
  found: Explanation;
  graph: Graph;
  words: NodeWords;
  onRun: (runId: string) => void;
  onRefresh: () => void;
  isRefreshing: boolean;
}

/** That a run has ended is said by how it did. */
const isSaid = (note: OutlookNote): note is Exclude<OutlookNote, 'run-ended'> => note !== 'run-ended';

/** Who it is, in which run, where it stands now and until when, in a few lines. */
export function PersonSummary({ found, graph, words, onRun, onRefresh, isRefreshing }: PersonSummaryProps) {
  const { t } = useTranslation(['explanation', 'plans']);
  const format = useFormat();
  const reasonText = useReasonText();
  const { profile, runs } = found;
  const run = runs.find(({ id }) => id === found.run);
  return (
    <header className={styles.summary}>
      <div className={styles.line}>
        <strong>
          {profile ? (
            <Link to={`/data/profiles/${profile.id}`}>
              <ProfileName profile={profile} />
            </Link>
          ) : (
            t('gone')
          )}
        </strong>
        {run ? (
          <StatusTag tone={RUN_TONES[run.status]} text={t(`plans:runs.status.${run.status}`)} />
        ) : (
          <StatusTag tone="quiet" text={t('notIn')} />
        )}
        {run && runs.length > 1 && (
          <Select<string>
            size="small"
            aria-label={t('run')}
            value={run.id}
            options={runs.map(({ id, enteredAt, version }) => ({
              value: id,
              label: t('runOf', { at: format.exact(enteredAt), version }),
            }))}
            onChange={onRun}
          />
        )}
        {run && runs.length === 1 && (
          <span className={styles.quiet}>{t('runOf', { at: format.exact(run.enteredAt), version: run.version })}</span>
        )}
        <Tooltip title={t('asOf', { at: format.exact(found.asOf) })}>
          <Button
            className={styles.refresh ?? ''}
            type="text"
            size="small"
            icon={<ReloadOutlined aria-hidden />}
            aria-label={t('refresh')}
            loading={isRefreshing}
            onClick={onRefresh}
          />
        </Tooltip>
      </div>
      {found.isMerged && <p className={styles.quiet}>{t('merged')}</p>}
      {found.standsAt.map((standing) => (
        <p key={standing.node} className={styles.stands}>
          {standsText(standing)}
        </p>
      ))}
      {run?.endedAt && (
        <p className={styles.stands}>
          {t('ended', { at: format.exact(run.endedAt) })} {run.endReason && reasonText(run.endReason)}
        </p>
      )}
      {found.notes.filter(isSaid).map((note) => (
        <Alert key={note} type={note === 'run-failed' ? 'error' : 'info'} showIcon title={t(`notes.${note}`)} />
      ))}
    </header>
  );

  function standsText({ node, since, untilAt, awaited, awaitsResult, isFailed }: Explanation['standsAt'][number]) {
    const title = words.titleOf(graph.nodes.find(({ id }) => id === node)) || node;
    const parts = [
      t(isFailed ? 'failedAt' : 'standsAt', { node: title, since: format.exact(since) }),
      ...(awaited.length > 0 ? [t('awaits', { events: awaited.join(', ') })] : []),
      ...(awaitsResult ? [t('awaitsResult')] : []),
      ...(untilAt === null ? [] : [t('until', { at: format.exact(untilAt) })]),
    ];
    return parts.join(' · ');
  }
}
