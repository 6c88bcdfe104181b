import { Type } from 'typebox';
import { PropertyFilter } from '../condition/ast.ts';
import type { Problem } from '../graph/graph.ts';
import { FieldName } from '../model/attribute.ts';

/** The name of an event; empty until somebody chooses one. `means` tells forms what to offer, and checks what to look up. */
export const EventName = Type.String({ maxLength: 128, means: 'event' });

/** A property of an event. */
export const PropertyName = Type.String({ ...FieldName, means: 'property' });

/** A property of the event that the param `event` names. */
export const OwnPropertyName = Type.String({ ...FieldName, means: 'own-property' });

/** Stated, since what TypeBox infers from a comparison cannot be read. */
const Filter = Type.Unsafe<PropertyFilter>(PropertyFilter);

/** Filters over the properties of the event that the param `event` names; all hold. */
export const EventFilters = Type.Array(Filter, { maxItems: 20, means: 'event-filters' });

const FIELDS = { event: EventName, where: Type.Optional(EventFilters) };

/** Which events are meant: a name, and filters that all hold. */
export const EventParam = Type.Object(FIELDS, { additionalProperties: false, means: 'event-pattern' });

/**
 * The same, narrowed to what the run is about: that order, not any. `property` of the event must equal `of`, a property of
 * the run's first event.
 */
export const KeyedEventParam = Type.Object(
  {
    ...FIELDS,
    same: Type.Optional(Type.Object({ property: PropertyName, of: PropertyName }, { additionalProperties: false })),
  },
  { additionalProperties: false, means: 'event-pattern' },
);

/** That no event is chosen yet; what its filters ask for is checked like any condition. */
export function checkEventChosen(event: string, kind: string, param: string): Problem[] {
  return event.trim() === '' ? [{ code: `${kind}:event-missing`, severity: 'error', param }] : [];
}
