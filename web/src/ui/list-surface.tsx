import type { ReactNode } from 'react';
import { ErrorPanel } from './error-panel.tsx';
import { Loading } from './loading.tsx';

interface ListSurfaceProps {
  /** A query, or pages read along a cursor. */
  list: { isPending: boolean; error: Error | null; data: unknown; refetch: () => unknown };
  children: ReactNode;
}

/** Stands in for a list until it is known: an empty table while loading or after a failure would claim "nothing there". */
export function ListSurface({ list, children }: ListSurfaceProps) {
  return (
    <>
      {list.error && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data !== undefined && children}
    </>
  );
}
