import { type Static, Type } from 'typebox';
import type { FieldHint, NodeCategory } from '../node-contract/manifest.ts';
import type { ParamTexts } from '../node-contract/texts.ts';
import { GraphId } from '../graph/graph.ts';
import { Capabilities } from './capabilities.ts';
import { VERSION_PATTERN } from './kind-name.ts';
import { ParamName, ReasonKey, TemplateParam } from './template-params.ts';

const CLOSED = { additionalProperties: false } as const;

/** Icons that a template may name; those of the canvas. */
export const TEMPLATE_ICONS = [
  'api',
  'apartment',
  'branches',
  'calendar',
  'clock',
  'code',
  'dashboard',
  'edit',
  'filter',
  'flag',
  'gift',
  'hourglass',
  'mail',
  'merge',
  'notification',
  'service',
  'split',
  'sun',
  'tag',
  'tags',
  'team',
  'thunderbolt',
  'trophy',
] as const;

/** Widgets of the inspector that make sense without a built-in kind behind them. */
const WIDGETS = [
  'text',
  'multiline',
  'number',
  'switch',
  'select',
  'duration',
  'datetime',
  'date',
  'time-of-day',
  'time-zone',
  'attribute',
  'audience',
  'code',
] as const satisfies readonly NonNullable<FieldHint['widget']>[];

const literals = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));
const Sentence = Type.String({ minLength: 1, maxLength: 400 });
const Label = Type.String({ minLength: 1, maxLength: 80 });

const FieldTexts = Type.Object(
  {
    label: Label,
    help: Type.Optional(Sentence),
    unit: Type.Optional(Type.String({ maxLength: 20 })),
    placeholder: Type.Optional(Type.String({ maxLength: 80 })),
    options: Type.Optional(Type.Record(GraphId, Label, CLOSED)),
    fields: Type.Optional(Type.Unsafe<Record<string, ParamTexts>>(Type.Record(ParamName, Type.Unknown(), CLOSED))),
  },
  CLOSED,
);

/** Everything a template says in one language. `{{param}}` on the card is the value of the param, in words. */
export const TemplateTexts = Type.Object(
  {
    title: Label,
    description: Sentence,
    card: Type.String({ minLength: 1, maxLength: 120 }),
    ports: Type.Record(GraphId, Label, CLOSED),
    params: Type.Unsafe<Record<string, ParamTexts>>(Type.Record(ParamName, FieldTexts, CLOSED)),
    /** Why a step went the way it did; `{{name}}` is a value that the handler gives along. */
    reasons: Type.Record(ReasonKey, Sentence, CLOSED),
    /** What is new in this version, for those who decide on an upgrade. */
    changes: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  CLOSED,
);
export type TemplateTexts = Static<typeof TemplateTexts>;

/** A way out: a fixed one, or one for every item of a list of groups. */
export const TemplatePort = Type.Union([
  Type.Object({ id: GraphId }, CLOSED),
  Type.Object({ each: ParamName, id: ParamName, text: ParamName }, CLOSED),
]);
export type TemplatePort = Static<typeof TemplatePort>;

/**
 * A node kind as its developer publishes it: the manifest of a built-in kind, written as data. `toManifest` makes the one
 * from the other; nothing behind that knows the difference.
 */
export const TemplateManifest = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
    version: Type.String({ pattern: VERSION_PATTERN }),
    category: Type.Unsafe<Exclude<NodeCategory, 'trigger'>>(
      Type.Union([Type.Literal('condition'), Type.Literal('control'), Type.Literal('action')]),
    ),
    icon: literals(TEMPLATE_ICONS),
    params: Type.Object(
      {
        type: Type.Literal('object'),
        properties: Type.Unsafe<Record<string, TemplateParam>>(
          Type.Record(ParamName, TemplateParam, { ...CLOSED, maxProperties: 40 }),
        ),
        required: Type.Optional(Type.Array(ParamName, { maxItems: 40 })),
      },
      CLOSED,
    ),
    defaults: Type.Record(ParamName, Type.Unknown(), CLOSED),
    hints: Type.Optional(
      Type.Unsafe<Record<string, FieldHint>>(
        Type.Record(
          ParamName,
          Type.Object(
            {
              widget: Type.Optional(literals(WIDGETS)),
              isAdvanced: Type.Optional(Type.Boolean()),
              showWhen: Type.Optional(
                Type.Object(
                  {
                    param: ParamName,
                    in: Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()]), { minItems: 1 }),
                  },
                  CLOSED,
                ),
              ),
            },
            CLOSED,
          ),
          CLOSED,
        ),
      ),
    ),
    /** Params that may be empty in a draft and not in a published flow. */
    needs: Type.Optional(Type.Array(ParamName, { maxItems: 40 })),
    ports: Type.Array(TemplatePort, { maxItems: 20 }),
    /** Of several ways out the one by which runs pass when the node is switched off. */
    passBy: Type.Optional(GraphId),
    /** Where runs leave for which the handler failed; absent: they stop there as failed, to be looked at. */
    failBy: Type.Optional(GraphId),
    /** A visit may end by waiting: for time, an event, or the answer of a host. */
    canWait: Type.Optional(Type.Boolean()),
    capabilities: Capabilities,
    limits: Type.Optional(
      Type.Object(
        {
          /** Computing time of one visit, in milliseconds. */
          timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
          memoryMiB: Type.Optional(Type.Integer({ minimum: 4, maximum: 64 })),
        },
        CLOSED,
      ),
    ),
    texts: Type.Object({ 'zh-CN': TemplateTexts, 'en-US': TemplateTexts }, CLOSED),
  },
  CLOSED,
);
export type TemplateManifest = Static<typeof TemplateManifest>;

/** The longest handler, bundled, in characters. */
export const MOST_SOURCE = 256 * 1024;
