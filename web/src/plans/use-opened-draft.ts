import { api, type Flow } from '@sluice/shared/http-api';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../http/call.ts';
import { keyOf } from '../http/use-route.ts';

/** Last saves of pages that have been left, by flow: whoever opens the flow again must see them. */
const leaving = new Map<string, Promise<void>>();
/** When the last of them was through. */
const leftAt = new Map<string, number>();
/** What was read for the head of the page so lately need not be read again for its draft. */
const JUST_READ_MS = 3000;

/** Tells that a page was left whose last save is under way. */
export function noteLeaving(flowId: string, saved: Promise<void>): void {
  leaving.set(flowId, saved);
  void saved.finally(() => {
    leftAt.set(flowId, Date.now());
    if (leaving.get(flowId) === saved) leaving.delete(flowId);
  });
}

/** The draft as it is at the moment of opening; never one that was kept from an earlier visit, whose revision is stale. */
export function useOpenedDraft(flowId: string) {
  const client = useQueryClient();
  const [opening] = useState(() => {
    const at = Date.now();
    const justRead = justReadFlow(client, flowId, at);
    return { at, ...(justRead && { justRead }) };
  });
  return useQuery({
    queryKey: ['opened-draft', flowId, opening.at],
    queryFn: async ({ signal }) => {
      await leaving.get(flowId);
      return call(api.flows.getFlow, { params: { flowId } }, signal);
    },
    ...(opening.justRead && { initialData: opening.justRead }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

function justReadFlow(client: QueryClient, flowId: string, now: number): Flow | undefined {
  const read = client.getQueryState<Flow>(keyOf(api.flows.getFlow, { params: { flowId } }));
  if (!read?.data || leaving.has(flowId)) return undefined;
  const isCurrent = now - read.dataUpdatedAt < JUST_READ_MS && read.dataUpdatedAt > (leftAt.get(flowId) ?? 0);
  return isCurrent ? read.data : undefined;
}
