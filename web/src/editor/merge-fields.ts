import Value from 'typebox/value';

export type Preference = 'mine' | 'theirs';

/** Fields that are merged key by key in turn. */
const NESTED = 'params';

/**
 * Two states of one thing that come from the same third, field by field: what one side left alone is as the other made it.
 * `clashes` names the fields that both changed, each to something else ("params/text"); there the preferred side stands.
 */
export function mergeFields<Thing extends object>(
  base: Thing,
  mine: Thing,
  theirs: Thing,
  preference: Preference,
): { value: Thing; clashes: string[] } {
  const value: Record<string, unknown> = {};
  const clashes: string[] = [];
  const fieldsOf = (thing: Thing) => thing as Readonly<Record<string, unknown>>;
  for (const key of new Set([base, mine, theirs].flatMap((thing) => Object.keys(thing)))) {
    const [before, my, their] = [fieldsOf(base)[key], fieldsOf(mine)[key], fieldsOf(theirs)[key]];
    let chosen: unknown;
    if (Value.Equal(my, their) || Value.Equal(their, before)) chosen = my;
    else if (Value.Equal(my, before)) chosen = their;
    else if (key === NESTED) {
      const inner = mergeFields(before as object, my as object, their as object, preference);
      chosen = inner.value;
      clashes.push(...inner.clashes.map((name) => `${NESTED}/${name}`));
    } else {
      chosen = preference === 'mine' ? my : their;
      clashes.push(key);
    }
    if (chosen !== undefined) value[key] = chosen;
  }
  return { value: value as Thing, clashes };
}
