import { type Static, Type } from 'typebox';
import { WriteSource } from './attribute-rule.ts';

/** From whom values are believed before others, the most trusted first; whoever is not named comes last. */
export const SourceOrder = Type.Array(WriteSource, { minItems: 1, maxItems: 3, uniqueItems: true });
export type SourceOrder = Static<typeof SourceOrder>;

/**
 * Which value a profile keeps when another one, with a different value, becomes part of it. `kept`: its own; `absorbed`: the
 * other one's; `together`: the entries of both lists. Between values of different types its own stays. An order of sources:
 * the one that the more trusted source wrote last, of equals as without a rule. Absent: the one that an `identify` call said
 * later, else its own.
 */
export const MergeRule = Type.Union([
  Type.Literal('kept'),
  Type.Literal('absorbed'),
  Type.Literal('least'),
  Type.Literal('greatest'),
  Type.Literal('together'),
  SourceOrder,
]);
export type MergeRule = Static<typeof MergeRule>;
