import { api } from '@sluice/shared/http-api';
import { useMemo } from 'react';
import { useReply } from '../http/use-route.ts';

const STALE_MS = 60_000;

/** The attributes that whoever is signed in may use, and the events, for pickers. */
export function useDictionary() {
  const known = useReply(api.data.listAttributes, {}, { staleTime: STALE_MS }).data;
  const events = useReply(api.data.listEvents, {}, { staleTime: STALE_MS }).data?.items;
  return useMemo(
    () => ({
      attributes: (known?.items ?? []).filter(({ rights }) => rights.mayUse),
      deleted: new Set(known?.deleted),
      events: events ?? [],
    }),
    [known, events],
  );
}
