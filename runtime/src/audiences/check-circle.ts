import { type Condition, readsOf } from '@sluice/shared/condition';

/** The way by which an audience with this condition would contain itself, from it and back to it; undefined when it would not. */
export function findCircle(
  audience: string,
  condition: Condition,
  others: ReadonlyMap<string, Condition | null>,
): string[] | undefined {
  const seen = new Set<string>();
  const search = (way: readonly string[], at: Condition): string[] | undefined => {
    for (const id of readsOf(at).audiences) {
      if (id === audience) return [...way, id];
      if (seen.has(id)) continue;
      seen.add(id);
      const next = others.get(id);
      const found = next && search([...way, id], next);
      if (found) return found;
    }
    return undefined;
  };
  return search([audience], condition);
}
