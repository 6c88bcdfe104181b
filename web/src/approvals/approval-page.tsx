import { api, type Approval } from '@sluice/shared/http-api';
import { Alert } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { documentOf } from '../editor/flow-document.ts';
import { useReply } from '../http/use-route.ts';
import { useNodeKinds } from '../plans/use-node-kinds.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { ApprovalActions } from './approval-actions.tsx';
import styles from './approval-page.module.css';
import { ApprovalStateTag } from './approval-state-tag.tsx';

const POLL_MS = 15_000;

// The canvas comes after the words of the request.
const ApprovalSurface = lazy(async () => ({ default: (await import('./approval-surface.tsx')).ApprovalSurface }));

/** One request: what would change, what it would do, and the decision. */
export function ApprovalPage() {
  const { approvalId = '' } = useParams();
  const kinds = useNodeKinds();
  const request = useReply(api.approvals.getApproval, { params: { approvalId } }, { refetchInterval: POLL_MS });
  if (request.error && !request.data)
    return <ErrorPanel error={request.error} onRetry={() => void request.refetch()} />;
  if (!request.data || !kinds.isReady) return <Loading />;
  return <Review key={approvalId} request={request.data} />;
}

function Review({ request }: { request: Approval }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const { flowName, graph, base, state, version, requestedBy, requestedAt } = request;
  // Asked for again and again, the answer is the same; the drawing must stay as it is.
  const key = JSON.stringify([flowName, base, graph]);
  const sides = useMemo(() => {
    const to = documentOf(flowName, graph);
    // A first version has nothing to be compared with: it is shown as it is.
    return { from: base ? documentOf(flowName, base.graph) : to, to };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key holds all of them
  }, [key]);
  const against = base
    ? t(state === 'open' ? 'page.against' : 'page.againstThen', { version: base.version })
    : t('page.first');
  return (
    <Page
      title={flowName}
      status={<ApprovalStateTag state={state} version={version} />}
      hint={
        <>
          <Link to="/approvals">{t('page.back')}</Link> ·{' '}
          {t('page.asked', { by: requestedBy, time: format.exact(requestedAt) })} · {against}
        </>
      }
      actions={<ApprovalActions request={request} />}
      isFilled
    >
      {state === 'void' && <Alert type="warning" showIcon title={t('page.void')} />}
      {request.decidedBy !== null && request.decidedAt !== null && (
        <Alert
          type={state === 'approved' ? 'success' : 'info'}
          showIcon
          title={t('page.decided', { by: request.decidedBy, time: format.exact(request.decidedAt) })}
          description={request.comment === '' ? undefined : request.comment}
        />
      )}
      <div className={styles.surface}>
        <Suspense fallback={<Loading />}>
          <ApprovalSurface key={key} request={request} from={sides.from} to={sides.to} isFirst={base === null} />
        </Suspense>
      </div>
    </Page>
  );
}
