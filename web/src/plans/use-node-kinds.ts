import { api } from '@sluice/shared/http-api';
import { useEffect, useSyncExternalStore } from 'react';
import { useReply } from '../http/use-route.ts';
import { onKinds, revisionOfKinds, takeInstalled } from './node-kinds.ts';

/** How late a kind that was published while the page is open is in the palette. */
const POLL_MS = 10_000;

/**
 * Keeps the published kinds current while something shows them. `isReady` once they have been read; they may be read late,
 * and what does not answer is no reason to show nothing. The revision rises with each change.
 */
export function useNodeKinds(): { isReady: boolean; revision: number } {
  const installed = useReply(api.nodeTemplates.listInstalled, {}, { refetchInterval: POLL_MS });
  const revision = useSyncExternalStore(onKinds, revisionOfKinds);
  const items = installed.data?.items;
  const { isError } = installed;
  useEffect(() => {
    if (items ?? isError) takeInstalled(items ?? []);
  }, [items, isError]);
  return { isReady: revision > 0, revision };
}
