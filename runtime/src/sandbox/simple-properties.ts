import { type Attributes, AttributeValue, FieldName } from '@sluice/shared/model';
import { Value } from 'typebox/value';

/** What a trace and a persona hold of the properties of an event: values; objects that were sent in are left out. Pure. */
export function simpleProperties(properties: Readonly<Record<string, unknown>>): Attributes {
  const kept = Object.entries(properties).filter(
    ([name, value]) => Value.Check(FieldName, name) && Value.Check(AttributeValue, value),
  );
  return Object.fromEntries(kept) as Attributes;
}
