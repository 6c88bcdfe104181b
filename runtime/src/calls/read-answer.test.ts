import type { ServiceField } from '@sluice/shared/http-api';
import { expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const field = (name: string, path: string, type: ServiceField['type'], isRequired = true) => ({
  name,
  path,
  type,
  isRequired,
});
const read = (value: unknown, ...fields: ServiceField[]) =>
  readAnswer(JSON.stringify(value), { fields, decides: fields[0]?.name ?? '' });

it('takes values of each type from their places, and nothing else', () => {
  const answer = {
    a: { b: [{ text: 'x' }] },
    n: 0,
    no: false,
    at: '2026-01-01T00:00:00+08:00',
    items: ['p', 2],
    more: {},
  };
  expect(
    read(
      answer,
      field('text', 'a.b.0.text', 'string'),
      field('number', 'n', 'number'),
      field('flag', 'no', 'boolean'),
      field('day', 'at', 'date'),
      field('items', 'items', 'list'),
    ),
  ).toEqual({
    isOk: true,
    answer: {
      fields: { text: 'x', number: 0, flag: false, day: '2025-12-31T16:00:00.000Z', items: ['p', 2] },
      decision: 'x',
    },
  });
});

it('leaves out a field that may be missing, and asks for one that may not', () => {
  expect(read({ a: 1 }, field('a', 'a', 'number'), field('b', 'b', 'string', false))).toEqual({
    isOk: true,
    answer: { fields: { a: 1 }, decision: 1 },
  });
  expect(read({ a: null }, field('a', 'a', 'number'))).toEqual({ isOk: false, detail: 'The answer has no a' });
});

it.each<[ServiceField['type'], unknown]>([
  ['string', 1],
  ['number', '1'],
  ['boolean', 'true'],
  ['date', 'soon'],
  ['list', { 0: 'a' }],
  ['list', [{}]],
  ['string', 'x'.repeat(9000)],
])('takes for %s nothing else', (type, value) => {
  expect(read({ a: value }, field('a', 'a', type))).toEqual({ isOk: false, detail: `a is no ${type}` });
});

it('reads own properties alone', () => {
  expect(read({}, field('a', 'constructor.name', 'string'))).toMatchObject({ isOk: false });
  expect(read('text', field('a', 'length', 'number'))).toMatchObject({ isOk: false });
});
