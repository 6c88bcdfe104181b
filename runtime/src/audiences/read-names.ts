import type { NameReading } from '@sluice/shared/condition';
import type { Dictionary } from '../conditions/dictionary.ts';
import type { AudienceIndex } from './audience-index.ts';

export interface NamesDeps {
  dictionary: Pick<Dictionary, 'listAttributes'>;
  index: AudienceIndex;
}

/** How the names in a condition read: attributes by the dictionary, audiences by their own. */
export async function readNames({ dictionary, index }: NamesDeps): Promise<NameReading> {
  const [attributes, { names }] = await Promise.all([dictionary.listAttributes(), index.current()]);
  const displayNames = new Map(
    attributes.flatMap(({ name, displayName }) => (displayName ? [[name, displayName]] : [])),
  );
  return {
    attribute: (name) => displayNames.get(name) ?? name,
    audience: (id) => names.get(id) ?? id,
  };
}
