import { api, type Service } from '@sluice/shared/http-api';
import { useReply } from '../http/use-route.ts';

const STALE_MS = 60_000;

/** The services that a node may ask; undefined while they are not known. */
export function useServices(): readonly Service[] | undefined {
  return useReply(api.calls.listServices, {}, { staleTime: STALE_MS }).data?.items;
}
