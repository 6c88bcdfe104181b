import { api, type Flow } from '@sluice/shared/http-api';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { LinkButton } from '../ui/link-button.tsx';

const POLL_MS = 15_000;

/** What became of the last request for approval of this flow, as long as the draft holds something that is not published. */
export function ApprovalBanner({ flow }: { flow: Flow }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const requests = useReply(
    api.approvals.listApprovals,
    { query: { flowId: flow.id, limit: 1 } },
    { refetchInterval: POLL_MS },
  );
  const request = requests.data?.items[0];
  if (!request || (!flow.hasUnpublishedChanges && request.state !== 'open')) return null;
  const { state, requestedBy, requestedAt, decidedBy, comment, isOwn } = request;
  if (state !== 'open' && state !== 'sent-back' && !(state === 'void' && isOwn)) return null;
  const text = {
    open: t('banner.open', { by: requestedBy, time: format.exact(requestedAt) }),
    'sent-back': t('banner.sentBack', { by: decidedBy, comment }),
    void: t('banner.void'),
  }[state];
  return (
    <Alert
      banner
      role="status"
      type={state === 'open' ? 'info' : 'warning'}
      title={text}
      closable={state !== 'open'}
      action={
        <LinkButton size="small" to={`/approvals/${request.id}`}>
          {state === 'open' && !isOwn ? t('banner.decide') : t('banner.look')}
        </LinkButton>
      }
    />
  );
}
