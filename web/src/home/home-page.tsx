import { api } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { FirstSteps } from './first-steps.tsx';
import { RunningFlows } from './running-flows.tsx';
import { WaitingApprovals } from './waiting-approvals.tsx';

const POLL_MS = 10_000;

/** What runs, what fails, what it reached and earned; on the first visit, the three steps to get there. */
export function HomePage() {
  const { t } = useTranslation('home');
  const flows = useReply(api.flows.listFlows, { query: { limit: 100 } }, { refetchInterval: POLL_MS });
  const live = (flows.data?.items ?? []).filter(({ status }) => status === 'live');
  const hasPublished = (flows.data?.items ?? []).some(({ liveVersion }) => liveVersion !== null);
  return (
    <Page title={t('title')}>
      {flows.error && <ErrorPanel error={flows.error} onRetry={() => void flows.refetch()} />}
      <WaitingApprovals />
      {flows.isPending && <Loading />}
      {flows.data && !hasPublished && <FirstSteps latestFlow={flows.data.items[0]} />}
      {flows.data && hasPublished && <RunningFlows flows={live} />}
    </Page>
  );
}
