import { Type } from 'typebox';
import { Condition } from '../condition/ast.ts';

/** The condition language as a param; the cast-free way to give the recursive schema its readable type. */
export const ConditionParam = Type.Unsafe<Condition>(Condition);

/** The longest span a param may hold: a little over a year, so that yearly campaigns fit. */
export const MAX_SPAN_MS = 366 * 86_400_000;

/** The key of a variant: becomes a port id and a document field, hence as narrow as a graph id. */
export const VariantKey = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' });
