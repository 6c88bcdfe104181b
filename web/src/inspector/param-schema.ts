import { EVERYONE } from '@sluice/shared/condition';
import { AttributeValue, FieldName } from '@sluice/shared/model';
import type { FieldHint } from '@sluice/shared/node-contract';
import { LocalDate, TimeOfDay, TimeZoneName, Weekday } from '@sluice/shared/time';
import Value from 'typebox/value';

/** The part of JSON Schema that forms are made from. */
export interface ParamSchema {
  readonly type?: string;
  readonly anyOf?: readonly ParamSchema[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, ParamSchema>>;
  readonly required?: readonly string[];
  readonly items?: ParamSchema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
  /** What the value stands for. */
  readonly means?: string;
  /** Only a condition carries definitions. */
  readonly $defs?: unknown;
}

export type WidgetName =
  | NonNullable<FieldHint['widget']>
  | 'list'
  | 'tags'
  | 'event-name'
  | 'event-pattern'
  | 'event-filters'
  | 'event-property'
  | 'flow';

/** The widgets of what a value may stand for. */
const MEANING: Readonly<Record<string, WidgetName>> = {
  event: 'event-name',
  'event-pattern': 'event-pattern',
  'event-filters': 'event-filters',
  'own-property': 'event-property',
  flow: 'flow',
  property: 'text',
  duration: 'duration',
};

const PATTERN_WIDGETS: ReadonlyMap<string | undefined, WidgetName> = new Map([
  [(FieldName as ParamSchema).pattern, 'attribute'],
  [(TimeOfDay as ParamSchema).pattern, 'time-of-day'],
  [(LocalDate as ParamSchema).pattern, 'date'],
  [(TimeZoneName as ParamSchema).pattern, 'time-zone'],
]);

/** The widget that a schema asks for by itself; a hint overrules it. */
export function widgetOf(schema: ParamSchema, hint?: FieldHint): WidgetName {
  if (hint?.widget) return hint.widget;
  const meant = MEANING[schema.means ?? ''];
  if (meant) return meant;
  if (schema.$defs !== undefined) return 'condition';
  const byPattern = schema.pattern === undefined ? undefined : PATTERN_WIDGETS.get(schema.pattern);
  if (byPattern) return byPattern;
  if (choicesOf(schema).length > 0) return 'select';
  if (schema.anyOf && Value.Equal(schema.anyOf, (AttributeValue as ParamSchema).anyOf)) return 'attribute-value';
  if (schema.type === 'boolean') return 'switch';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.format === 'date-time') return 'datetime';
  if (schema.type === 'array') return widgetOfItems(schema.items ?? {});
  return 'text';
}

function widgetOfItems(items: ParamSchema): WidgetName {
  if (items.type === 'object') return 'list';
  if (items.pattern === (LocalDate as ParamSchema).pattern) return 'dates';
  return Value.Equal(items, Weekday) ? 'weekdays' : 'tags';
}

/** The schema of an object with only those of its fields whose names are wanted. */
export function pickFields(schema: ParamSchema, isWanted: (name: string) => boolean): ParamSchema {
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => isWanted(name));
  return { ...schema, properties: Object.fromEntries(fields) };
}

/** The values of a choice, in order; none when the schema is no choice. */
export function choicesOf(schema: ParamSchema): (string | number | boolean)[] {
  const choices = schema.anyOf?.map((one) => one.const) ?? [];
  const isChoice = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
  return choices.every(isChoice) ? (choices as (string | number | boolean)[]) : [];
}

/** A value of the schema's form to begin with, for an item that is added to a list. */
export function blankOf(schema: ParamSchema): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.$defs !== undefined) return EVERYONE;
  const [choice] = choicesOf(schema);
  if (choice !== undefined) return choice;
  if (schema.type === 'array') return [];
  if (schema.type === 'boolean') return false;
  if (schema.type === 'number' || schema.type === 'integer') return Math.max(0, schema.minimum ?? 0);
  if (schema.type !== 'object') return '';
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name));
  return Object.fromEntries(fields.map(([name, field]) => [name, blankOf(field)]));
}
