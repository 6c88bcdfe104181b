import { FieldName, type ValueType } from '@sluice/shared/model';
import { Value } from 'typebox/value';
import { inferType } from './infer-type.ts';

/** What arrived, as ingest and imports saw it. Values may be facts or stored values. */
export interface Observation {
  attributes?: readonly Readonly<Record<string, unknown>>[];
  events?: readonly { name: string; properties: Readonly<Record<string, unknown>> }[];
  at: Date;
}

export interface SeenAttribute {
  types: Set<ValueType>;
  /** The first type seen; what a new definition gets. */
  type: ValueType | undefined;
  samples: Set<string>;
  lastSeenAt: Date;
}

export interface SeenEvent {
  properties: Map<string, ValueType>;
  count: number;
  lastSeenAt: Date;
}

export const MAX_SAMPLES = 20;
const LONGEST_SAMPLE = 80;
/** Beyond this a sender makes names up (one attribute per session id), and the dictionary is no help to anyone. */
export const MAX_NAMES = 2000;
const MAX_PROPERTIES = 200;

// Definitions hold property names as document fields.
const isFieldName = (name: string) => Value.Check(FieldName, name);

/** Sums up observations in memory, so that a batch of thousands becomes a few upserts. */
export interface ObservationBuffer {
  add(observation: Observation): void;
  /** What was seen since the last call. */
  take(): { attributes: Map<string, SeenAttribute>; events: Map<string, SeenEvent> };
}

export function createObservationBuffer(): ObservationBuffer {
  let attributes = new Map<string, SeenAttribute>();
  let events = new Map<string, SeenEvent>();

  function seeAttribute(name: string, value: unknown, at: Date): void {
    let seen = attributes.get(name);
    if (!seen) {
      if (attributes.size >= MAX_NAMES || !isFieldName(name)) return;
      seen = { types: new Set(), type: undefined, samples: new Set(), lastSeenAt: at };
      attributes.set(name, seen);
    }
    const type = inferType(value);
    if (!type) return;
    if (at > seen.lastSeenAt) seen.lastSeenAt = at;
    if (type !== seen.type) {
      seen.type ??= type;
      seen.types.add(type);
    }
    if (seen.samples.size < MAX_SAMPLES && (typeof value === 'string' || Array.isArray(value))) {
      for (const sample of Array.isArray(value) ? value : [value])
        if (typeof sample === 'string' && sample.length <= LONGEST_SAMPLE) seen.samples.add(sample);
    }
  }

  function seeEvent(name: string, properties: Readonly<Record<string, unknown>>, at: Date): void {
    let seen = events.get(name);
    if (!seen) {
      if (events.size >= MAX_NAMES) return;
      seen = { properties: new Map(), count: 0, lastSeenAt: at };
      events.set(name, seen);
    }
    seen.count += 1;
    if (at > seen.lastSeenAt) seen.lastSeenAt = at;
    for (const [property, value] of Object.entries(properties)) {
      if (seen.properties.has(property) || seen.properties.size >= MAX_PROPERTIES || !isFieldName(property)) continue;
      const type = inferType(value);
      if (type) seen.properties.set(property, type);
    }
  }

  return {
    add({ attributes: bags = [], events: arrived = [], at }) {
      for (const bag of bags) for (const name in bag) seeAttribute(name, bag[name], at);
      for (const { name, properties } of arrived) seeEvent(name, properties, at);
    },
    take() {
      const taken = { attributes, events };
      attributes = new Map();
      events = new Map();
      return taken;
    },
  };
}
