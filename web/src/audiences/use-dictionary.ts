import { api } from '@sluice/shared/http-api';
import type { AttributeDefinition, EventDefinition, ValueType } from '@sluice/shared/model';
import { useMemo } from 'react';
import { useReply } from '../http/use-route.ts';

const STALE_MS = 60_000;

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
  events: ReadonlyMap<string, Pick<EventDefinition, 'name' | 'properties'>>;
}

/** The attributes and events that conditions may ask about, by name. */
export function useDictionary(): ConditionNames {
  const attributes = useReply(api.data.listAttributes, {}, { staleTime: STALE_MS }).data?.items;
  const events = useReply(api.data.listEvents, {}, { staleTime: STALE_MS }).data?.items;
  return useMemo(
    () => ({
      attributes: new Map((attributes ?? []).map((attribute) => [attribute.name, attribute])),
      events: new Map([...OWN_EVENTS, ...(events ?? [])].map((event) => [event.name, event])),
    }),
    [attributes, events],
  );
}
