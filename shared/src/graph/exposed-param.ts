import { type Static, Type } from 'typebox';
import { LOCALES, type Locale } from '../model/locale.ts';
import { GraphId } from './graph-id.ts';

const CLOSED = { additionalProperties: false } as const;

/** One text in every language of the product. */
const textIn = (options: { minLength?: number; maxLength: number }) =>
  Type.Unsafe<Readonly<Record<Locale, string>>>(
    Type.Object(Object.fromEntries(LOCALES.map((locale) => [locale, Type.String(options)])), CLOSED),
  );

/** Where the value of an exposed param stands. */
export const ExposedPlace = Type.Object(
  {
    /** Absent: the measurement of the flow. */
    node: Type.Optional(GraphId),
    /** JSON pointer (RFC 6901) into the node's params, or into the measurement. */
    pointer: Type.String({ pattern: '^(/[^/]{1,80}){1,12}$', maxLength: 300 }),
    /** The words within the text there that the value takes the place of, wherever they stand; absent: the whole value. */
    part: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  CLOSED,
);
export type ExposedPlace = Static<typeof ExposedPlace>;

/**
 * A param of a template that whoever uses it is asked for. Its default is what stands at its first place: there is no second
 * value that could differ.
 */
export const ExposedParam = Type.Object(
  {
    id: GraphId,
    places: Type.Array(ExposedPlace, { minItems: 1, maxItems: 50 }),
    label: textIn({ minLength: 1, maxLength: 80 }),
    help: Type.Optional(textIn({ maxLength: 300 })),
    /** Instead of the input that the param has in the inspector. */
    widget: Type.Optional(Type.String({ maxLength: 40 })),
  },
  CLOSED,
);
export type ExposedParam = Static<typeof ExposedParam>;

/** Of a template: `major.minor.patch` (semver.org) without pre-releases. */
export const TemplateVersion = Type.String({ pattern: '^(0|[1-9][0-9]{0,3})(\\.(0|[1-9][0-9]{0,3})){2}$' });
export const TemplateId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,39}$' });

/** By the id of the exposed param; what is not answered keeps its default. */
export const Answers = Type.Record(GraphId, Type.Unknown(), { maxProperties: 100 });
export type Answers = Static<typeof Answers>;

/**
 * From what a flow was made. Template, version, language and answers together give back the graph that it began as, so
 * that an upgrade can tell what its operators changed since.
 */
export const TemplateOrigin = Type.Object(
  {
    template: TemplateId,
    version: TemplateVersion,
    locale: Type.Unsafe<Locale>(Type.Union(LOCALES.map((locale) => Type.Literal(locale)))),
    answers: Answers,
  },
  CLOSED,
);
export type TemplateOrigin = Static<typeof TemplateOrigin>;
