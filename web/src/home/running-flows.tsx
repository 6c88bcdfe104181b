import type { FlowSummary, Funnel } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { type Figure, FigureRow } from '../ui/figure-row.tsx';
import { NO_FIGURE } from '../ui/format/format-number.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx';
import { Section } from '../ui/section.tsx';
import { Share } from '../ui/share.tsx';
import styles from './running-flows.module.css';
import { type FlowResults, useFlowResults } from './use-flow-results.ts';

const SHOWN = 10;

/** The live flows with what they did so far; failures stand out, every row opens its flow. */
export function RunningFlows({ flows }: { flows: readonly FlowSummary[] }) {
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  const results = useFlowResults(flows.slice(0, SHOWN));
  const figures = useFigures(flows.length, results);
  const columns = useColumns();
  const failure = results.find(({ error }) => error)?.error;
  if (flows.length === 0) {
    return (
      <EmptyState
        title={t('runningNone')}
        text={t('runningNoneText')}
        action={
          <LinkButton type="primary" to="/flows">
            {t('toFlows')}
          </LinkButton>
        }
      />
    );
  }
  return (
    <>
      <FigureRow figures={figures} />
      <Section title={t('running')} hint={t('runningHint')} actions={<Link to="/flows">{t('all')}</Link>}>
        {failure && <ErrorPanel error={failure} />}
        <PlainTable
          label={t('running')}
          columns={columns}
          rows={results}
          keyOf={({ flow }) => flow.id}
          onOpen={({ flow }) => void navigate(`/flows/${flow.id}`)}
        />
        {flows.length > SHOWN && <p className={styles.more}>{t('more', { shown: SHOWN, live: flows.length })}</p>}
      </Section>
    </>
  );
}

function useFigures(live: number, results: readonly FlowResults[]): Figure[] {
  const { t } = useTranslation('home');
  const format = useFormat();
  const sum = (pick: (result: FlowResults) => number | undefined) =>
    results.reduce((total, result) => total + (pick(result) ?? 0), 0);
  const targeted = sum(({ funnel }) => funnel?.total.targeted);
  const rateOf = (part: number) =>
    t('ofTargeted', { share: format.share(part, targeted), targeted: format.count(targeted) });
  const reached = sum(({ funnel }) => funnel?.total.reached);
  const converted = sum(({ funnel }) => funnel?.total.converted);
  const failed = sum(({ counts }) => counts?.failed);
  return [
    { name: t('figures.live'), value: format.count(live) },
    { name: t('figures.reached'), value: format.count(reached), note: rateOf(reached) },
    { name: t('figures.converted'), value: format.count(converted), note: rateOf(converted) },
    { name: t('figures.waiting'), value: format.count(sum(({ counts }) => counts?.waiting)) },
    {
      name: t('figures.failed'),
      value: <span className={failed > 0 ? styles.failed : undefined}>{format.count(failed)}</span>,
    },
  ];
}

function useColumns(): PlainColumn<FlowResults>[] {
  const { t } = useTranslation('home');
  const format = useFormat();
  const countOf = (value: number | undefined) => (value === undefined ? NO_FIGURE : format.count(value));
  return [
    {
      key: 'flow',
      title: t('columns.flow'),
      render: ({ flow }) => (
        <>
          <Link to={`/flows/${flow.id}`} className={styles.name ?? ''} onClick={(event) => event.stopPropagation()}>
            {flow.name}
          </Link>
          <span className={styles.version}>{t('version', { version: flow.liveVersion })}</span>
        </>
      ),
    },
    { key: 'entered', title: t('columns.entered'), isNumeric: true, render: ({ counts }) => countOf(counts?.runs) },
    { key: 'waiting', title: t('columns.waiting'), isNumeric: true, render: ({ counts }) => countOf(counts?.waiting) },
    {
      key: 'failed',
      title: t('columns.failed'),
      isNumeric: true,
      render: ({ counts }) => (
        <span className={counts && counts.failed > 0 ? styles.failed : undefined}>{countOf(counts?.failed)}</span>
      ),
    },
    ...(['reached', 'clicked', 'converted'] as const).map((stage) => ({
      key: stage,
      title: t(`columns.${stage}`),
      isNumeric: true,
      render: ({ funnel }: FlowResults) => (funnel ? <Stage funnel={funnel} stage={stage} /> : NO_FIGURE),
    })),
    {
      key: 'value',
      title: t('columns.value'),
      isNumeric: true,
      render: ({ funnel }) => (funnel ? format.money(funnel.total.value, funnel.currency) : NO_FIGURE),
    },
  ];
}

function Stage({ funnel, stage }: { funnel: Funnel; stage: 'reached' | 'clicked' | 'converted' }) {
  const format = useFormat();
  return (
    <>
      {format.count(funnel.total[stage])}{' '}
      {funnel.total.targeted > 0 && (
        <span className={styles.share}>
          <Share part={funnel.total[stage]} whole={funnel.total.targeted} />
        </span>
      )}
    </>
  );
}
