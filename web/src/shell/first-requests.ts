import { api } from '@sluice/shared/http-api';
import type { QueryClient } from '@tanstack/react-query';
import { call } from '../http/call.ts';
import { keyOf } from '../http/use-route.ts';

const FLOW_PAGE = /^\/flows\/([^/]+)$/;

/**
 * Asks for what the page at this address needs before anything else, while its code is still on its way; the page finds
 * the answers where it would have asked for them. What fails here is asked for again, and told, by the page.
 */
export function sendFirstRequests(client: QueryClient, pathname: string): void {
  void client.prefetchQuery({
    queryKey: keyOf(api.access.state, {}),
    queryFn: ({ signal }) => call(api.access.state, {}, signal),
  });
  const [, flowId] = FLOW_PAGE.exec(pathname) ?? [];
  if (flowId === undefined) return;
  const input = { params: { flowId: decodeURIComponent(flowId) } };
  void client.prefetchQuery({
    queryKey: keyOf(api.flows.getFlow, input),
    queryFn: ({ signal }) => call(api.flows.getFlow, input, signal),
  });
}
