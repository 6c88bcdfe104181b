import { type Static, Type } from 'typebox';
import { Attributes } from '../model/attribute.ts';
import { ParamName } from './template-params.ts';

const CLOSED = { additionalProperties: false } as const;
const Event = Type.Object(
  { name: Type.String(), properties: Type.Optional(Attributes), at: Type.Optional(Type.Integer()) },
  CLOSED,
);

/**
 * One example of what a handler does: what it sees, and what it is expected to answer. Cases travel with the template, so
 * that whoever reviews it sees them pass on the server itself.
 */
export const TemplateCase = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    /** Besides the defaults. */
    params: Type.Optional(Type.Record(ParamName, Type.Unknown(), CLOSED)),
    attributes: Type.Optional(Attributes),
    userId: Type.Optional(Type.String()),
    event: Type.Optional(Event),
    /** The latest events that its history holds. */
    history: Type.Optional(Type.Array(Event, { maxItems: 10 })),
    /** Unix milliseconds. */
    now: Type.Optional(Type.Integer()),
    chance: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1 })),
    visits: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Whether the person fulfils the conditions among the params; they do unless it says no. */
    matches: Type.Optional(Type.Boolean()),
    memory: Type.Optional(Attributes),
    /** What ends its wait: then `resume` is tried; else `enter`. */
    signal: Type.Optional(
      Type.Union([
        Type.Object({ kind: Type.Literal('timer') }, CLOSED),
        Type.Object({ kind: Type.Literal('event'), event: Event }, CLOSED),
        Type.Object(
          {
            kind: Type.Literal('answer'),
            isOk: Type.Boolean(),
            status: Type.Optional(Type.Integer()),
            body: Type.Optional(Type.String()),
            code: Type.Optional(Type.String()),
          },
          CLOSED,
        ),
      ]),
    ),
    /** Every field that is named here must be so in the answer; `failure` is a part of the sentence it fails with. */
    expect: Type.Union([
      Type.Object({ failure: Type.String({ minLength: 1 }) }, CLOSED),
      Type.Record(Type.String(), Type.Unknown()),
    ]),
  },
  CLOSED,
);
export type TemplateCase = Static<typeof TemplateCase>;

export const TemplateCases = Type.Array(TemplateCase, { maxItems: 200 });

/** The first place where `found` lacks or contradicts what `expected` names, as a JSON pointer; undefined where all of it is so. */
export function differenceOf(expected: unknown, found: unknown, at = ''): string | undefined {
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, found) ? undefined : at || '/';
  if (typeof found !== 'object' || found === null) return at || '/';
  if (Array.isArray(expected) !== Array.isArray(found)) return at || '/';
  if (Array.isArray(expected) && expected.length !== (found as unknown[]).length) return at || '/';
  for (const [key, value] of Object.entries(expected)) {
    const inner = Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined;
    const difference = differenceOf(value, inner, `${at}/${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
