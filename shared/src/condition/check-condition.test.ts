import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPARISON_OPERATORS, type Comparison, type Condition, type EventMeasure } from './ast.ts';
import { type ConditionDictionary, checkCondition } from './check-condition.ts';
import { condition } from './condition.arbitrary.ts';
import { describeConditionProblem } from './describe-reason.ts';
import { OPERATORS_BY_TYPE } from './operators.ts';
import { CONDITION_WORDS } from './texts/index.ts';

const DICTIONARY: ConditionDictionary = {
  attributes: new Map([
    ['history', 'number'],
    ['channel', 'string'],
    ['newbie', 'boolean'],
    ['joinedAt', 'date'],
    ['tags', 'list'],
  ]),
  events: new Set(['Order Completed']),
  properties: new Map([
    [
      'Order Completed',
      new Map([
        ['amount', 'number'],
        ['sku', 'string'],
      ]),
    ],
  ]),
};
const attribute = (name: string, is: Comparison): Condition => ({ op: 'attribute', name, is });
const codes = (asked: Condition, dictionary = DICTIONARY, options = {}) =>
  checkCondition(asked, dictionary, options).map(({ code }) => code);
const VALUES: Record<string, Comparison['value']> = { number: 1, string: 'a', date: '2026-11-22', list: 'a' };

describe('[COND-2] operators follow the value type', () => {
  const names = { number: 'history', string: 'channel', boolean: 'newbie', date: 'joinedAt', list: 'tags' } as const;
  for (const [type, name] of Object.entries(names)) {
    for (const operator of COMPARISON_OPERATORS) {
      const value = VALUES[type] ?? 1;
      const is: Comparison = ['in', 'notIn'].includes(operator)
        ? { operator, value: [value as string] }
        : operator === 'between'
          ? { operator, value: [value as string, value as string] }
          : ['isTrue', 'isFalse', 'exists', 'missing'].includes(operator)
            ? { operator }
            : { operator, value };
      const isOffered = OPERATORS_BY_TYPE[type as keyof typeof names].includes(operator);
      test(`${operator} on ${type} is ${isOffered ? 'accepted' : 'refused'}`, () => {
        expect(codes(attribute(name, is))).toEqual(isOffered ? [] : ['condition:operator-type']);
      });
    }
  }

  test('the refusal is a sentence in both languages that names the type and the comparison', () => {
    const [problem] = checkCondition(attribute('newbie', { operator: 'greaterThan', value: 1 }), DICTIONARY);
    if (!problem) throw new Error('expected a problem');
    expect(describeConditionProblem(problem, 'en-US')).toBe(
      'newbie is of type yes/no, which cannot be asked “is greater than”. Choose another comparison.',
    );
    expect(describeConditionProblem(problem, 'zh-CN')).toBe(
      'newbie 的类型是“是/否”，不能使用“大于”，请换一种比较方式。',
    );
  });

  test.each<[string, Condition, string]>([
    [
      'a text where a number belongs',
      attribute('history', { operator: 'equals', value: 'much' }),
      'condition:operand-number',
    ],
    [
      'a date that does not exist',
      attribute('joinedAt', { operator: 'before', value: '2026-02-30' }),
      'condition:operand-date',
    ],
    ['no value', attribute('history', { operator: 'atLeast' }), 'condition:operands-one'],
    ['one end of a range', attribute('history', { operator: 'between', value: [1] }), 'condition:operands-pair'],
    ['an empty list', attribute('channel', { operator: 'in', value: [] }), 'condition:operands-many'],
    ['a range backwards', attribute('history', { operator: 'between', value: [9, 1] }), 'condition:between-reversed'],
    ['an empty part', attribute('channel', { operator: 'contains', value: '' }), 'condition:operand-empty'],
    ['a broken pattern', attribute('channel', { operator: 'matches', value: '(?=a)' }), 'condition:pattern-invalid'],
  ])('%s is refused', (_, asked, code) => {
    expect(codes(asked)).toEqual([code]);
  });
});

describe('event leaves', () => {
  const ordered = (over: object = {}): Condition => ({
    op: 'event',
    name: 'Order Completed',
    measure: { kind: 'count' },
    window: { kind: 'ever' },
    is: { operator: 'atLeast', value: 1 },
    ...over,
  });

  test('a window of this run needs a run', () => {
    const asked = ordered({ window: { kind: 'this-run' } });
    expect(codes(asked)).toEqual(['condition:no-run']);
    expect(codes(asked, DICTIONARY, { isInRun: true })).toEqual([]);
  });

  test('a pattern over an event property is refused', () => {
    expect(codes(ordered({ where: [{ property: 'sku', is: { operator: 'matches', value: 'a' } }] }))).toEqual([
      'condition:pattern-on-property',
    ]);
  });

  test('a property is checked by its own type', () => {
    expect(codes(ordered({ where: [{ property: 'amount', is: { operator: 'startsWith', value: 'a' } }] }))).toEqual([
      'condition:operator-type',
    ]);
    expect(codes(ordered({ measure: { kind: 'sum', property: 'sku' } }))).toEqual(['condition:sum-of-non-number']);
  });

  test('the first and the last event are compared by their time, or by the type of a property', () => {
    const asked = (measure: EventMeasure, is: Comparison) => codes(ordered({ measure, is }));
    expect(asked({ kind: 'first' }, { operator: 'before', value: '2026-01-01' })).toEqual([]);
    expect(asked({ kind: 'first' }, { operator: 'contains', value: 'x' })).toEqual(['condition:operator-type']);
    expect(asked({ kind: 'last', property: 'sku' }, { operator: 'matches', value: '^A-[0-9]+$' })).toEqual([]);
    expect(asked({ kind: 'last', property: 'amount' }, { operator: 'contains', value: 'x' })).toEqual([
      'condition:operator-type',
    ]);
    expect(asked({ kind: 'last', property: 'colour' }, { operator: 'exists' })).toEqual(['condition:property-unknown']);
  });
});

describe('[COND-5] what the dictionary makes doubtful is warned about', () => {
  test('an attribute unknown, stale or of a changed type is a warning, not an error', () => {
    const dictionary: ConditionDictionary = {
      ...DICTIONARY,
      retyped: new Set(['channel']),
      lastSeenAt: { attributes: new Map([['history', 0]]), events: new Map() },
      now: 40 * 86_400_000,
      staleAfterMs: 30 * 86_400_000,
    };
    const asked: Condition = {
      op: 'all',
      of: ['history', 'channel', 'nickname'].map((name) => attribute(name, { operator: 'exists' })),
    };
    const problems = checkCondition(asked, dictionary);
    expect(problems.map(({ code, severity, param }) => [code, severity, param])).toEqual([
      ['condition:attribute-stale', 'warning', '/of/0'],
      ['condition:attribute-retyped', 'warning', '/of/1'],
      ['condition:attribute-unknown', 'warning', '/of/2'],
    ]);
    expect(problems[0]?.values).toEqual({ name: 'history', days: 40 });
  });
});

test('a tree of ten thousand levels is refused by a sentence', () => {
  let asked: Condition = attribute('history', { operator: 'exists' });
  for (let level = 0; level < 10_000; level += 1) asked = { op: 'not', of: asked };
  expect(codes(asked)).toEqual(['condition:too-deep']);
});

test('every problem of any condition has a sentence in both languages without an empty place', () => {
  fc.assert(
    fc.property(condition, (asked) => {
      for (const problem of checkCondition(asked, DICTIONARY)) {
        for (const locale of ['en-US', 'zh-CN'] as const) {
          const sentence = describeConditionProblem(problem, locale) ?? '';
          expect(sentence).not.toBe('');
          const places = [
            ...(CONDITION_WORDS[locale].problems as Record<string, string>)[problem.code]!.matchAll(/\{\{(\w+)\}\}/g),
          ];
          for (const [, place = ''] of places) expect(problem.values).toHaveProperty(place);
        }
      }
    }),
  );
});

test('[COND-2] an audience that no longer exists is refused, where audiences are known at all', () => {
  const asked: Condition = { op: 'any', of: [{ op: 'audience', audience: 'gone', is: 'member' }] };
  expect(codes(asked)).toEqual([]);
  expect(codes(asked, { ...DICTIONARY, audiences: new Map([['other', 'Other']]) })).toEqual([
    'condition:audience-unknown',
  ]);
});

describe('[COND-2] sequences and periods', () => {
  const ordered = (over: object): Condition => ({
    op: 'event',
    name: 'Order Completed',
    measure: { kind: 'count' },
    window: { kind: 'ever' },
    is: { operator: 'atLeast', value: 1 },
    ...over,
  });
  const step = (is: 'did' | 'didNot', over: object = {}) => ({ is, name: 'Order Completed', ms: 60_000, ...over });

  test('only the last step of a sequence may be one that did not happen', () => {
    expect(codes(ordered({ followedBy: [step('did'), step('didNot')] }))).toEqual([]);
    expect(codes(ordered({ followedBy: [step('didNot'), step('did')] }))).toEqual(['condition:step-not-last']);
  });

  test('the filters of a step are checked like those of the event', () => {
    const where = [{ property: 'sku', is: { operator: 'greaterThan', value: 1 } }];
    expect(codes(ordered({ followedBy: [step('did', { where })] }))).toEqual(['condition:operator-type']);
  });

  test('a period needs two dates in their order', () => {
    const between = (from: unknown, to: unknown) => codes(ordered({ window: { kind: 'between', from, to } }));
    expect(between('2026-06-01', '2026-06-18')).toEqual([]);
    expect(between('2026-06-18', '2026-06-01')).toEqual(['condition:between-reversed']);
    expect(between('soon', '2026-06-01')).toEqual(['condition:operand-date']);
    expect(between('', '')).toEqual(['condition:operands-pair']);
  });
});
