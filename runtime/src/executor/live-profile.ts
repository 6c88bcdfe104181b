import type { AttributeValue } from '@sluice/shared/model';
import type { EffectOf, ProfileFacts } from '@sluice/shared/node-contract';

/**
 * The profile as the run sees it: stored attributes under the changes that earlier steps of the same batch have decided.
 * Without it a condition behind an update would still read the old value until the effects are performed. Throws where
 * an increment meets something that is no number, as the store would.
 */
export function applyToFacts(facts: ProfileFacts, effect: EffectOf<'update-profile'>): ProfileFacts {
  const attributes = { ...facts.attributes, ...effect.set };
  for (const name of effect.unset ?? []) delete attributes[name];
  for (const [name, by] of Object.entries(effect.increment ?? {})) {
    const current = attributes[name] ?? 0;
    if (typeof current !== 'number')
      throw new Error(`The attribute "${name}" holds no number, so it cannot be counted up`);
    attributes[name] = current + by;
  }
  for (const [name, texts] of Object.entries(effect.addToList ?? {})) {
    const list = listOf(attributes[name], name);
    attributes[name] = [...list, ...texts.filter((text) => !list.includes(text))];
  }
  for (const [name, texts] of Object.entries(effect.removeFromList ?? {}))
    if (attributes[name] !== undefined)
      attributes[name] = listOf(attributes[name], name).filter((item) => !texts.includes(String(item)));
  return { ...facts, attributes };
}

function listOf(value: AttributeValue | undefined, name: string): (string | number | boolean)[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error(`The attribute "${name}" holds no list`);
  return value;
}
