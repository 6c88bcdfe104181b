import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Comparison, Condition } from './ast.ts';
import { attributes, condition, instant, pastEvent } from './condition.arbitrary.ts';
import { describeCondition } from './describe-condition.ts';
import { describeConditionReason } from './describe-reason.ts';
import { evaluate } from './evaluate.ts';

const attribute = (name: string, is: Comparison): Condition => ({ op: 'attribute', name, is });
const DAY_MS = 86_400_000;
const opened = (over: object): Condition => ({
  op: 'event',
  name: 'Email Opened',
  measure: { kind: 'count' },
  window: { kind: 'this-run' },
  is: { operator: 'atLeast', value: 1 },
  ...over,
});

test.each<[string, Condition, string, string]>([
  [
    'a sequence',
    opened({
      window: { kind: 'last', ms: 30 * DAY_MS },
      followedBy: [
        { is: 'did', name: 'Page Viewed', ms: 3_600_000 },
        { is: 'didNot', name: 'Order Completed', ms: DAY_MS },
      ],
    }),
    'did “Email Opened” in the last 30 days followed within 1 hour by “Page Viewed” but then not within 1 day by “Order Completed”',
    '最近 30 天内做过“Email Opened”（随后 1 小时内做过“Page Viewed”，再 1 天内没有做“Order Completed”）',
  ],
  [
    'a sequence of some events',
    opened({
      where: [{ property: 'amount', is: { operator: 'greaterThan', value: 20 } }],
      followedBy: [{ is: 'didNot', name: 'Order Completed', ms: 3_600_000 }],
      window: { kind: 'ever' },
    }),
    'did “Email Opened” where amount is greater than 20 not followed within 1 hour by “Order Completed”',
    '做过“Email Opened”（其中 amount 大于 20，随后 1 小时内没有做“Order Completed”）',
  ],
  [
    'events between two dates',
    opened({
      window: { kind: 'between', from: '2026-06-01', to: '2026-06-18' },
      is: { operator: 'atLeast', value: 2 },
    }),
    'did “Email Opened” at least 2 times between 2026-06-01 and 2026-06-18',
    '2026-06-01 到 2026-06-18 期间做过“Email Opened”至少 2 次',
  ],
  ['everyone', { op: 'all', of: [] }, 'everyone', '所有人'],
  ['an audience', { op: 'audience', audience: 'a1', is: 'member' }, 'is in the audience “a1”', '属于人群“a1”'],
  [
    'the outside of an audience',
    { op: 'not', of: { op: 'audience', audience: 'a1', is: 'member' } },
    'is not in the audience “a1”',
    '不属于人群“a1”',
  ],
  [
    'a number',
    attribute('history', { operator: 'greaterThan', value: 1000 }),
    'history is greater than 1,000',
    'history 大于 1,000',
  ],
  ['a text', attribute('channel', { operator: 'equals', value: 'Web' }), 'channel is “Web”', 'channel 为“Web”'],
  [
    'a choice',
    attribute('channel', { operator: 'in', value: ['Web', 'Phone', 'Multichannel'] }),
    'channel is one of “Web”, “Phone” or “Multichannel”',
    'channel 为“Web”、“Phone”或“Multichannel”之一',
  ],
  ['a flag', attribute('newbie', { operator: 'isTrue' }), 'newbie is true', 'newbie 为“是”'],
  [
    'relative dates',
    attribute('joinedAt', {
      operator: 'between',
      value: [
        { relative: -7, unit: 'day' },
        { relative: 0, unit: 'day' },
      ],
    }),
    'joinedAt is between 7 days ago and today',
    'joinedAt 在 7 天前到今天之间',
  ],
  [
    'a date',
    attribute('joinedAt', { operator: 'atLeast', value: '2026-11-22' }),
    'joinedAt is 2026-11-22 or later',
    'joinedAt 不早于 2026-11-22',
  ],
  [
    'groups in groups',
    {
      op: 'all',
      of: [
        attribute('history', { operator: 'atLeast', value: 100 }),
        {
          op: 'any',
          of: [
            attribute('newbie', { operator: 'isTrue' }),
            { op: 'not', of: attribute('channel', { operator: 'equals', value: 'Web' }) },
          ],
        },
      ],
    },
    'history is at least 100 and (newbie is true or channel is not “Web”)',
    'history 不小于 100，且（newbie 为“是”，或 channel 不为“Web”）',
  ],
  ['an event of this run', opened({}), 'did “Email Opened” since entering this flow', '进入本方案后做过“Email Opened”'],
  [
    'no event lately',
    opened({ window: { kind: 'last', ms: 30 * DAY_MS }, is: { operator: 'equals', value: 0 } }),
    'did not do “Email Opened” in the last 30 days',
    '最近 30 天内没有做过“Email Opened”',
  ],
  [
    'filtered events',
    opened({
      window: { kind: 'ever' },
      is: { operator: 'atLeast', value: 3 },
      where: [{ property: 'amount', is: { operator: 'greaterThan', value: 50 } }],
    }),
    'did “Email Opened” at least 3 times where amount is greater than 50',
    '做过“Email Opened”（其中 amount 大于 50）至少 3 次',
  ],
  [
    'a sum',
    opened({
      measure: { kind: 'sum', property: 'amount' },
      window: { kind: 'last', ms: 7_200_000 },
      is: { operator: 'atLeast', value: 99.5 },
    }),
    'the total amount of “Email Opened” in the last 2 hours is at least 99.5',
    '最近 2 小时内“Email Opened”的 amount 合计不小于 99.5',
  ],
  [
    'when it was first done',
    opened({
      measure: { kind: 'first' },
      window: { kind: 'ever' },
      is: { operator: 'before', value: { relative: -30, unit: 'day' } },
    }),
    'the time of the first “Email Opened” is before 30 days ago',
    '首次“Email Opened”的时间早于 30 天前',
  ],
  [
    'a property of the last one within a window',
    opened({
      measure: { kind: 'last', property: 'device' },
      window: { kind: 'last', ms: 86_400_000 * 30 },
      is: { operator: 'equals', value: 'phone' },
    }),
    'the device of the last “Email Opened” in the last 30 days is “phone”',
    '最近 30 天内末次“Email Opened”的 device 为“phone”',
  ],
])('[COND-4] %s reads as a sentence in both languages', (_, asked, english, chinese) => {
  expect(describeCondition(asked, 'en-US')).toBe(english);
  expect(describeCondition(asked, 'zh-CN')).toBe(chinese);
});

test('[COND-4] any condition reads in both languages with every place filled', () => {
  fc.assert(
    fc.property(condition, (asked) => {
      for (const locale of ['en-US', 'zh-CN'] as const)
        expect(describeCondition(asked, locale)).not.toMatch(/^$|\{\{|undefined|NaN|\[object/);
    }),
  );
});

test('the dictionary’s display names replace the names', () => {
  const asked = attribute('history', { operator: 'exists' });
  expect(describeCondition(asked, 'zh-CN', { attribute: () => '历史消费' })).toBe('历史消费有值');
});

test('a reason reads with the comparison and the value found', () => {
  const at = { now: 0, timeZone: 'UTC' };
  const { reason } = evaluate(
    attribute('history', { operator: 'greaterThan', value: 100 }),
    { attributes: { history: 42 } },
    at,
  );
  expect(describeConditionReason(reason, 'en-US')).toBe('not true that history is greater than 100: it is 42');
  expect(describeConditionReason(reason, 'zh-CN')).toBe('不满足：history 大于 100，实际为 42');
  expect(describeConditionReason({ code: 'delay:over' }, 'en-US')).toBeUndefined();
});

test('the reason of any verdict reads in both languages', () => {
  fc.assert(
    fc.property(condition, attributes, fc.array(pastEvent, { maxLength: 2 }), instant, (asked, values, events, at) => {
      const { reason } = evaluate(asked, { attributes: values, events }, at);
      for (const locale of ['en-US', 'zh-CN'] as const)
        expect(describeConditionReason(reason, locale)).not.toMatch(/^$|\{\{|undefined|NaN|\[object/);
    }),
  );
});
