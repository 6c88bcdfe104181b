import { type Static, Type } from 'typebox';

/**
 * Which value a profile keeps when another one, with a different value, becomes part of it. `kept`: its own; `absorbed`: the
 * other one's; `together`: the entries of both lists. Between values of different types its own stays. Absent: the one that
 * an `identify` call said later, else its own.
 */
export const MergeRule = Type.Union([
  Type.Literal('kept'),
  Type.Literal('absorbed'),
  Type.Literal('least'),
  Type.Literal('greatest'),
  Type.Literal('together'),
]);
export type MergeRule = Static<typeof MergeRule>;
