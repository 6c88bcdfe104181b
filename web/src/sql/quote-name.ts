const PLAIN = /^[a-z_][a-z0-9_]*$/;
/** Words of the language that a column may also be called. */
const RESERVED = new Set(
  'all and any as asc between by case cast cross current_date default desc distinct do else end false for from group having in inner is join left like limit not null offset on or order outer primary right select table then to true union unique user using when where with'.split(
    ' ',
  ),
);

/** A name as a statement takes it: in quotes unless it is plain. */
export function quoteName(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
