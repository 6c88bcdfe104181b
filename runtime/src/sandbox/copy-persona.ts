import type { Persona } from '@sluice/shared/http-api';
import { FieldName, AttributeValue, type Attributes } from '@sluice/shared/model';
import { Value } from 'typebox/value';
import { toEventFacts } from '../matching/event-consumer.ts';
import { maskAttributes } from './mask-value.ts';
import type { WorldState } from './virtual-world.ts';

const MOST_EVENTS = 1000;

/** A persona like a stored profile, at an instant, but masked: neither its user id nor its own id goes along. */
export function copyPersona(
  { profile, events, audiences }: WorldState,
  at: number,
): { persona: Persona; isCut: boolean } {
  const newest = events.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST_EVENTS);
  return {
    persona: {
      id: `copy-${profile.id.replaceAll(/[^0-9A-Za-z_-]/g, '').slice(0, 6)}`,
      name: '',
      attributes: maskAttributes(profile.attributes),
      audiences: audiences.slice(0, 200),
      events: newest.map((event) => ({
        name: event.name,
        agoMs: Math.max(0, at - event.at.getTime()),
        properties: maskAttributes(simpleProperties(toEventFacts(event).properties)),
      })),
    },
    isCut: events.length > newest.length,
  };
}

/** A persona holds values; objects that were sent in are left out. */
function simpleProperties(properties: Readonly<Record<string, unknown>>): Attributes {
  const kept = Object.entries(properties).filter(
    ([name, value]) => Value.Check(FieldName, name) && Value.Check(AttributeValue, value),
  );
  return Object.fromEntries(kept) as Attributes;
}
