import { api } from '@sluice/shared/http-api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../http/call.ts';

/** Last saves of pages that have been left, by flow: whoever opens the flow again must see them. */
const leaving = new Map<string, Promise<void>>();

/** Tells that a page was left whose last save is under way. */
export function noteLeaving(flowId: string, saved: Promise<void>): void {
  leaving.set(flowId, saved);
  void saved.finally(() => {
    if (leaving.get(flowId) === saved) leaving.delete(flowId);
  });
}

/** The draft as it is at the moment of opening; never one that was kept from an earlier visit, whose revision is stale. */
export function useOpenedDraft(flowId: string) {
  const [openedAt] = useState(() => Date.now());
  return useQuery({
    queryKey: ['opened-draft', flowId, openedAt],
    queryFn: async ({ signal }) => {
      await leaving.get(flowId);
      return call(api.flows.getFlow, { params: { flowId } }, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
