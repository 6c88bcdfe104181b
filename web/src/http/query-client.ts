import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, hasErrorCode } from './api-error.ts';

/** Only what may pass by itself is tried again: no answer, or an operational failure. */
export function isWorthRetrying(failureCount: number, error: unknown): boolean {
  if (failureCount >= 2) return false;
  return error instanceof ApiError && (error.status === 0 || error.status === 502 || error.status === 503);
}

/** `onSignedOut` runs when any call finds the session gone. */
export function createQueryClient(onSignedOut: (client: QueryClient) => void): QueryClient {
  const watch = (error: unknown) => {
    if (hasErrorCode(error, 'not-signed-in')) onSignedOut(client);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: { retry: isWorthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
  return client;
}
