import { api } from '@sluice/shared/http-api';
import { useHasRole } from '../access/session.ts';
import { useReply } from '../http/use-route.ts';

const POLL_MS = 30_000;

/** How many requests wait for whoever is signed in to decide; 0 until it is known. */
export function useWaitingApprovals(): number {
  const mayDecide = useHasRole('administrator', 'operator');
  const waiting = useReply(api.approvals.countWaiting, {}, { enabled: mayDecide, refetchInterval: POLL_MS });
  return waiting.data?.count ?? 0;
}
