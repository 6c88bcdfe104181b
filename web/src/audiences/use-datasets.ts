import { api, type Dataset } from '@sluice/shared/http-api';
import { useMemo } from 'react';
import { useReply } from '../http/use-route.ts';

const STALE_MS = 60_000;

/** The declared datasets by name; empty while they are not known. */
export function useDatasets(): ReadonlyMap<string, Dataset> {
  const items = useReply(api.datasets.listDatasets, {}, { staleTime: STALE_MS }).data?.items;
  return useMemo(() => new Map((items ?? []).map((dataset) => [dataset.name, dataset])), [items]);
}
