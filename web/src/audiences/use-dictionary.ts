import { api, type Dataset } from '@sluice/shared/http-api';
import type { AttributeDefinition, EventDefinition, ValueType } from '@sluice/shared/model';
import { useMemo } from 'react';
import { useReply } from '../http/use-route.ts';
import { useAudienceNames } from './use-audience-names.ts';
import { useDatasets } from './use-datasets.ts';

/** Soon: an import or the first event of a name adds to the dictionary, and what was just added is what one asks about. */
const STALE_MS = 2_000;

const OWN_PROPERTIES: Record<string, ValueType> = {
  flowId: 'string',
  version: 'number',
  nodeId: 'string',
  deliveryId: 'string',
};

/** Events that the product itself produces; offered before the first one has arrived. */
const OWN_EVENTS: Pick<EventDefinition, 'name' | 'properties'>[] = [
  { name: 'Email Opened', properties: OWN_PROPERTIES },
  { name: 'Link Clicked', properties: { ...OWN_PROPERTIES, url: 'string' } },
];

export interface ConditionNames {
  attributes: ReadonlyMap<string, AttributeDefinition>;
  /** Names of attributes that somebody deleted. */
  deleted: ReadonlySet<string>;
  /** `count` and `lastSeenAt` are absent for one that has not been seen yet. */
  events: ReadonlyMap<string, Pick<EventDefinition, 'name' | 'properties'> & Partial<EventDefinition>>;
  datasets: ReadonlyMap<string, Dataset>;
  /** Names of saved audiences by id; empty while they are not known. */
  audiences: ReadonlyMap<string, string>;
}

/** The attributes, events, datasets and audiences that conditions may ask about. */
export function useDictionary(): ConditionNames {
  const known = useReply(api.data.listAttributes, {}, { staleTime: STALE_MS }).data;
  const events = useReply(api.data.listEvents, {}, { staleTime: STALE_MS }).data?.items;
  const audiences = useAudienceNames();
  const datasets = useDatasets();
  return useMemo(
    () => ({
      attributes: new Map((known?.items ?? []).map((attribute) => [attribute.name, attribute])),
      deleted: new Set(known?.deleted),
      events: new Map([...OWN_EVENTS, ...(events ?? [])].map((event) => [event.name, event])),
      datasets,
      audiences,
    }),
    [known, events, datasets, audiences],
  );
}
