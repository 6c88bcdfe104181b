import { api } from '@sluice/shared/http-api';
import { useHasRole } from '../access/session.ts';
import { useReply } from '../http/use-route.ts';

/**
 * Whether a draft is sent for approval instead of being published: the workspace asks for it, or the role may not publish.
 * Undefined until that is known, so that nobody is offered the wrong one for a moment.
 */
export function useAsksForApproval(): boolean | undefined {
  const mayPublish = useHasRole('administrator', 'operator');
  const setting = useReply(api.approvals.getSetting, {});
  if (!mayPublish) return true;
  // Where it cannot be read, the server still refuses what needs a second person, and says so.
  return setting.isPending ? undefined : (setting.data?.isRequired ?? false);
}
