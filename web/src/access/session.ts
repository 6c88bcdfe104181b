import { api, type ReplyOf } from '@sluice/shared/http-api';
import { useReply } from '../http/use-route.ts';

export type WorkspaceState = ReplyOf<typeof api.access.state>;
export type Role = NonNullable<WorkspaceState['account']>['role'];

const BROWSER_TIME_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Who is signed in and how this workspace is set up; read once, renewed when the session ends. */
export function useWorkspaceState() {
  return useReply(api.access.state, {}, { staleTime: Number.POSITIVE_INFINITY });
}

/** The zone in which every time is shown; the browser's own until the workspace's is known. */
export function useTimeZone(): string {
  return useWorkspaceState().data?.timeZone ?? BROWSER_TIME_ZONE;
}

/** Whether the signed-in account has one of these roles; the server decides again on every call. */
export function useHasRole(...roles: Role[]): boolean {
  const role = useWorkspaceState().data?.account?.role;
  return role !== undefined && roles.includes(role);
}
