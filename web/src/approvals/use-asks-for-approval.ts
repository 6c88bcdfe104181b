import { api } from '@sluice/shared/http-api';
import { useHasRole } from '../access/session.ts';
import { useReply } from '../http/use-route.ts';

/** Whether a draft is sent for approval instead of being published: the workspace asks for it, or the role may not publish. */
export function useAsksForApproval(): boolean {
  const mayPublish = useHasRole('administrator', 'operator');
  const setting = useReply(api.approvals.getSetting, {});
  return !mayPublish || (setting.data?.isRequired ?? false);
}
