import type { Effect, ProfileFacts } from '@sluice/shared/node-contract';

/**
 * The profile as the run sees it: stored attributes under the changes that earlier steps of the same batch have decided.
 * Without it a condition behind an update would still read the old value until the effects are performed. Throws where
 * an increment meets something that is no number, as the store would.
 */
export function applyToFacts(facts: ProfileFacts, effect: Extract<Effect, { kind: 'update-profile' }>): ProfileFacts {
  const attributes = { ...facts.attributes, ...effect.set };
  for (const name of effect.unset ?? []) delete attributes[name];
  for (const [name, by] of Object.entries(effect.increment ?? {})) {
    const current = attributes[name] ?? 0;
    if (typeof current !== 'number')
      throw new Error(`The attribute "${name}" holds no number, so it cannot be counted up`);
    attributes[name] = current + by;
  }
  return { ...facts, attributes };
}
