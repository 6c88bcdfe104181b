import { api, type RunRecord } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHasRole } from '../../access/session.ts';
import { ExplainInFlow } from '../../explanation/explain-in-flow.tsx';
import { personAddress } from '../../explanation/person-address.ts';
import { useChange, usePages } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Loading } from '../../ui/loading.tsx';
import { StatusTag, type StatusTone } from '../../ui/status-tag.tsx';
import styles from './profile-runs.module.css';
import { RunPath } from './run-path.tsx';
import { useReasonText } from './use-reason-text.ts';

const TONES: Record<RunRecord['status'], StatusTone> = {
  running: 'active',
  waiting: 'active',
  ended: 'quiet',
  failed: 'bad',
};
const POLL_MS = 5000;

/** Every run of a profile with its way through the flow. */
export function ProfileRuns({ profileId }: { profileId: string }) {
  const { t } = useTranslation('data');
  const runs = usePages(
    api.flows.listProfileRuns,
    { params: { profileId }, query: { limit: 20 } },
    { refetchInterval: POLL_MS },
  );
  if (runs.isPending) return <Loading />;
  if (runs.error) return <ErrorPanel error={runs.error} onRetry={() => void runs.refetch()} />;
  const ask = <ExplainInFlow profileId={profileId} />;
  if (runs.items.length === 0) return <EmptyState title={t('profile.noRuns')} action={ask} />;
  return (
    <div className={styles.runs}>
      <div>{ask}</div>
      {runs.items.map((run) => (
        <Run key={run.id} run={run} />
      ))}
      <LoadMore pages={runs} />
    </div>
  );
}

function Run({ run }: { run: RunRecord }) {
  const { t } = useTranslation(['data', 'explanation']);
  const format = useFormat();
  const reasonText = useReasonText();
  return (
    <article className={styles.run}>
      <header className={styles.header}>
        <h3 className={styles.name}>
          <Link to={`/flows/${run.flowId}`}>{run.flowName}</Link>
        </h3>
        <span className={styles.fact}>{t('profile.version', { version: run.version })}</span>
        <StatusTag tone={TONES[run.status]} text={t(`profile.runStatus.${run.status}`)} />
        <span className={styles.fact}>{t('profile.entered', { at: format.exact(run.enteredAt) })}</span>
        {run.wakeAt && <span className={styles.fact}>{t('profile.wakes', { at: format.exact(run.wakeAt) })}</span>}
        <Link to={personAddress(run.flowId, run.profileId, run.id)}>{t('explanation:explain')}</Link>
        {run.status === 'failed' && <RetryRun runId={run.id} />}
        {run.endReason && <span className={styles.fact}>{reasonText(run.endReason)}</span>}
      </header>
      <RunPath run={run} />
    </article>
  );
}

/** A failed run waits for a person; trying again starts at the node where it failed. */
function RetryRun({ runId }: { runId: string }) {
  const { t } = useTranslation('data');
  const canRetry = useHasRole('administrator', 'operator');
  const retry = useChange(api.flows.retryRun, [api.flows.listProfileRuns]);
  if (!canRetry) return null;
  return (
    <>
      <Button size="small" loading={retry.isPending} onClick={() => retry.mutate({ body: { runId } })}>
        {t('profile.retry')}
      </Button>
      {retry.error && <ErrorPanel error={retry.error} />}
    </>
  );
}
