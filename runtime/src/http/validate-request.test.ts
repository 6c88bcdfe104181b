import { type Condition, Condition as ConditionSchema } from '@sluice/shared/condition';
import { api, type RouteContract } from '@sluice/shared/http-api';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { compileCheck } from './validate-request.ts';

const attribute = (is: object): Condition => ({ op: 'attribute', name: 'age', is: is as never });
const nested: Condition = {
  op: 'all',
  of: [{ op: 'not', of: { op: 'any', of: [attribute({ operator: 'atLeast', value: 18 })] } }],
};

describe('the recursive condition', () => {
  const check = compileCheck(Type.Object({ condition: ConditionSchema }), 'body');

  it('is accepted at any depth', () => {
    expect(check({ condition: nested })).toEqual({ condition: nested });
  });

  it.each([
    [
      'an unknown operator',
      attribute({ operator: 'equalz', value: 1 }),
      '/condition/of/0/of/is/operator must be one of',
    ],
    [
      'an unknown shape',
      { op: 'nope' },
      '/condition/of/0/of/op must be one of "all", "any", "not", "attribute", "event"',
    ],
    ['a field nobody knows', { ...attribute({ operator: 'exists' }), more: 1 }, '/condition/of/0/of/more is a field'],
    [
      'a name that would be an operator',
      { op: 'attribute', name: '$where', is: { operator: 'exists' } },
      '/name must match',
    ],
    ['a missing field', { op: 'attribute', name: 'age' }, '/condition/of/0/of/is is missing'],
    ['an operator object as a value', attribute({ operator: 'equals', value: { $gt: '' } }), '/is/value must be'],
  ])('is refused with the place of %s', (_name, inner, sentence) => {
    expect(() => check({ condition: { op: 'all', of: [{ op: 'not', of: inner }] } })).toThrow(sentence);
  });
});

describe('compileCheck', () => {
  it('compiles every part of every contract', () => {
    for (const route of Object.values(api).flatMap((area): RouteContract[] => Object.values(area))) {
      for (const part of ['params', 'query', 'body'] as const)
        expect(() => compileCheck(route[part], part)).not.toThrow();
      expect(() => compileCheck(route.reply, 'body')).not.toThrow();
    }
  });

  it('reads numbers and booleans out of an address and leaves a body as it was sent', () => {
    const schema = Type.Object({ limit: Type.Integer(), isOpen: Type.Boolean() });
    expect(compileCheck(schema, 'query')({ limit: '5', isOpen: 'true' })).toEqual({ limit: 5, isOpen: true });
    expect(() => compileCheck(schema, 'body')({ limit: '5', isOpen: true })).toThrow('body/limit must be integer');
    expect(() => compileCheck(schema, 'query')({ limit: 'five', isOpen: 'true' })).toThrow(
      'query/limit must be integer',
    );
  });

  it('names the key of a record that does not fit', () => {
    const check = compileCheck(Type.Object({ traits: Type.Record(Type.String(), Type.Number()) }), 'body');
    expect(() => check({ traits: { age: 'x' } })).toThrow('body/traits/age must be number');
  });
});
