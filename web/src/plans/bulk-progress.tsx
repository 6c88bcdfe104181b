import { api, type BulkChange } from '@sluice/shared/http-api';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { useNow } from '../ui/use-now.ts';

const BUSY_POLL_MS = 2000;
const QUIET_POLL_MS = 15_000;
/** How long the end of a change is worth a line. */
const SHOWN_AFTER_MS = 60_000;

/** What is being done to many runs of the flow in the background, and what has just been done. */
export function BulkProgress({ flowId }: { flowId: string }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const nowMs = useNow();
  const changes = useReply(api.lifecycle.listBulkChanges, { params: { flowId } }, { refetchInterval: QUIET_POLL_MS });
  const isBusy = changes.data?.items.some(({ status }) => status === 'running') ?? false;
  useReply(
    api.lifecycle.listBulkChanges,
    { params: { flowId } },
    { enabled: isBusy, refetchInterval: isBusy ? BUSY_POLL_MS : false },
  );
  const shown = (changes.data?.items ?? []).filter((change) => isShown(change, nowMs));
  return shown.map((change) => {
    const values = { changed: format.count(change.changed), count: change.changed };
    const what = titleKeyOf(change.order);
    return (
      <Alert
        key={change.id}
        banner
        showIcon
        role="status"
        type={change.status === 'running' ? 'info' : 'success'}
        title={
          change.status === 'running'
            ? t('bulk.running', { what: t(`bulk.what.${what}`), ...values })
            : t('bulk.done', { what: t(`bulk.what.${what}`), ...values })
        }
      />
    );
  });
}

function isShown({ status, finishedAt }: BulkChange, nowMs: number): boolean {
  if (status === 'running') return true;
  return status === 'done' && finishedAt !== null && nowMs - Date.parse(finishedAt) < SHOWN_AFTER_MS;
}

function titleKeyOf(order: BulkChange['order']) {
  return order.kind === 'rescue' ? order.action.kind : order.kind === 'end' ? 'endAll' : order.kind;
}
