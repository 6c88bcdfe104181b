import { AttributeValue, FieldName } from '@sluice/shared/model';
import { LocalDate, TimeOfDay, TimeZoneName, Weekday } from '@sluice/shared/time';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { blankOf, choicesOf, type ParamSchema, widgetOf } from './param-schema.ts';

const asParam = (schema: object) => schema as ParamSchema;

test.each([
  ['attribute', FieldName],
  ['attribute-value', AttributeValue],
  ['select', Type.Union([Type.Literal('a'), Type.Literal('b')])],
  ['switch', Type.Boolean()],
  ['number', Type.Integer()],
  ['datetime', Type.String({ format: 'date-time' })],
  ['tags', Type.Array(Type.String())],
  ['time-of-day', TimeOfDay],
  ['date', LocalDate],
  ['dates', Type.Array(LocalDate)],
  ['time-zone', TimeZoneName],
  ['weekdays', Type.Array(Weekday)],
  ['list', Type.Array(Type.Object({}))],
  ['text', Type.String()],
] as const)('a schema asks for the widget %s by itself', (widget, schema) => {
  expect(widgetOf(asParam(schema))).toBe(widget);
});

test('a hint overrules the schema', () => {
  expect(widgetOf(asParam(Type.String()), { widget: 'liquid' })).toBe('liquid');
});

test('a union with more than single values is no choice', () => {
  expect(choicesOf(asParam(Type.Union([Type.Literal('a'), Type.Number()])))).toEqual([]);
});

test('a blank item holds what is required and nothing else', () => {
  const item = Type.Object({
    name: Type.String(),
    action: Type.Union([Type.Literal('set'), Type.Literal('unset')]),
    weight: Type.Number({ minimum: 1 }),
    from: Type.String({ default: '09:00' }),
    value: Type.Optional(Type.String()),
  });
  expect(blankOf(asParam(item))).toEqual({ name: '', action: 'set', weight: 1, from: '09:00' });
});
