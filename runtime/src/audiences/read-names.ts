import type { NameReading } from '@sluice/shared/condition';
import type { Dictionary } from '../conditions/dictionary.ts';
import type { AudienceIndex } from './audience-index.ts';

export interface NamesDeps {
  dictionary: Pick<Dictionary, 'displayNames'>;
  index: AudienceIndex;
}

/** How the names in a condition read: attributes by the dictionary, audiences by their own. */
export async function readNames({ dictionary, index }: NamesDeps): Promise<NameReading> {
  const [displayNames, { names }] = await Promise.all([dictionary.displayNames(), index.current()]);
  return {
    attribute: (name) => displayNames.get(name) ?? name,
    audience: (id) => names.get(id) ?? id,
  };
}
