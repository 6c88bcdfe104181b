import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { useWorkspaceState } from './session.ts';

/** Lets only the signed-in through; everyone else goes to set-up or sign-in and comes back to where they wanted. */
export function RequireSession({ children }: { children: ReactNode }) {
  const state = useWorkspaceState();
  const location = useLocation();
  if (state.isPending) return <Loading />;
  if (!state.data) return <ErrorPanel error={state.error} onRetry={() => state.refetch()} />;
  if (state.data.needsSetup) return <Navigate to={`/setup${location.search}`} replace />;
  if (!state.data.account) {
    const wanted = `${location.pathname}${location.search}`;
    return <Navigate to={wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`} replace />;
  }
  return children;
}
