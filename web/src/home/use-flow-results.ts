import { api, type FlowCounts, type FlowSummary, type Funnel } from '@sluice/shared/http-api';
import { useQueries } from '@tanstack/react-query';
import { call } from '../http/call.ts';
import { keyOf } from '../http/use-route.ts';

const POLL_MS = 10_000;

export interface FlowResults {
  flow: FlowSummary;
  counts: FlowCounts | undefined;
  funnel: Funnel | undefined;
  error: Error | null;
}

/** Counts and funnel of each flow, each on its own: a slow one does not hold the others back. */
export function useFlowResults(flows: readonly FlowSummary[]): FlowResults[] {
  const counts = useQueries({
    queries: flows.map(({ id }) => {
      const input = { params: { flowId: id } };
      return {
        queryKey: keyOf(api.flows.counts, input),
        queryFn: ({ signal }: { signal: AbortSignal }) => call(api.flows.counts, input, signal),
        refetchInterval: POLL_MS,
      };
    }),
  });
  const funnels = useQueries({
    queries: flows.map(({ id }) => {
      const input = { params: { flowId: id } };
      return {
        queryKey: keyOf(api.flows.funnel, input),
        queryFn: ({ signal }: { signal: AbortSignal }) => call(api.flows.funnel, input, signal),
        refetchInterval: POLL_MS,
      };
    }),
  });
  return flows.map((flow, index) => ({
    flow,
    counts: counts[index]?.data,
    funnel: funnels[index]?.data,
    error: counts[index]?.error ?? funnels[index]?.error ?? null,
  }));
}
