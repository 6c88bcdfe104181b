import type { NameReading } from '@sluice/shared/condition';
import { type AudienceSummary, api } from '@sluice/shared/http-api';
import { useMemo } from 'react';
import { useReply } from '../http/use-route.ts';
import { useAttributeNames } from './use-attribute-names.ts';
import { useDatasets } from './use-datasets.ts';

const STALE_MS = 30_000;
/** As many as one page of the API gives; whoever has more finds the older ones by their page. */
const MOST = 200;
/** Whether these are all there are, so that one that is missing is gone. */
export function isWholeList(audiences: { length: number } | { size: number }): boolean {
  return ('length' in audiences ? audiences.length : audiences.size) < MOST;
}

const NONE: readonly AudienceSummary[] = [];

/** The saved audiences; undefined while they are not known. */
export function useAudiences(): readonly AudienceSummary[] | undefined {
  return useReply(api.audiences.listAudiences, { query: { limit: MOST } }, { staleTime: STALE_MS }).data?.items;
}

/** Names of saved audiences by id; empty while they are not known. */
export function useAudienceNames(): ReadonlyMap<string, string> {
  const audiences = useAudiences() ?? NONE;
  return useMemo(() => new Map(audiences.map(({ id, name }) => [id, name])), [audiences]);
}

/** How attributes, audiences, datasets and their columns read in the sentence of a condition. */
export function useNameReading(): Required<Pick<NameReading, 'attribute' | 'audience' | 'dataset' | 'column'>> {
  const attribute = useAttributeNames();
  const names = useAudienceNames();
  const datasets = useDatasets();
  return useMemo(
    () => ({
      attribute,
      audience: (id) => names.get(id) ?? id,
      dataset: (name) => datasets.get(name)?.displayName ?? name,
      column: (dataset, name) =>
        datasets.get(dataset)?.columns.find((column) => column.name === name)?.displayName || name,
    }),
    [attribute, names, datasets],
  );
}
