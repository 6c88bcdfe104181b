import { expect, test } from 'vitest';
import { describeCron, describeRecurrence, describeWeekdays } from './describe-recurrence.ts';
import type { Repeat } from './recurrence.ts';

const describe = (repeat: Repeat) => {
  const recurrence = { repeat, timeZone: 'Asia/Shanghai' };
  return [describeRecurrence(recurrence, 'en-US'), describeRecurrence(recurrence, 'zh-CN')];
};

test('each kind of repetition reads in both languages', () => {
  expect(describe({ kind: 'daily', at: '09:00' })).toEqual([
    'Daily at 09:00 · Asia/Shanghai',
    '每天 09:00 · Asia/Shanghai',
  ]);
  expect(describe({ kind: 'every-days', every: 3, from: '2026-03-01', at: '09:00' })).toEqual([
    'Every 3 days at 09:00, counted from 2026-03-01 · Asia/Shanghai',
    '从 2026-03-01 起每 3 天一次，09:00 · Asia/Shanghai',
  ]);
  expect(describe({ kind: 'weekdays', days: [5, 1], at: '18:30' })).toEqual([
    'Mon and Fri at 18:30 · Asia/Shanghai',
    '每周一和周五 18:30 · Asia/Shanghai',
  ]);
  expect(describe({ kind: 'monthly', day: 1, at: '09:00' })).toEqual([
    'On day 1 of every month at 09:00 · Asia/Shanghai',
    '每月 1 日 09:00 · Asia/Shanghai',
  ]);
  expect(describe({ kind: 'monthly', day: 31, at: '09:00' })).toEqual([
    'On day 31 of every month, or its last day, at 09:00 · Asia/Shanghai',
    '每月 31 日（当月无此日则为最后一天）09:00 · Asia/Shanghai',
  ]);
  expect(describe({ kind: 'monthly', day: 'last', at: '09:00' })).toEqual([
    'On the last day of every month at 09:00 · Asia/Shanghai',
    '每月最后一天 09:00 · Asia/Shanghai',
  ]);
});

test('a cron expression reads in words', () => {
  expect(describeCron('*/15 9-17 * * 1-5', 'en-US')).toBe(
    'Every 15 minutes, between 09:00 and 17:59, Monday through Friday',
  );
  expect(describeCron('*/15 9-17 * * 1-5', 'zh-CN')).toBe('每隔 15 分钟，在 09:00 和 17:59 之间，星期一至星期五');
  expect(describeCron('0 9 1,15 * *', 'zh-CN')).toBe('在 09:00，限每月 1 号和 15 号');
});

test('a cron expression that cannot be read is shown as it stands', () => {
  expect(describeCron('61 x * * *', 'en-US')).toBe('61 x * * *');
});

test('start and end read in the zone of the recurrence', () => {
  const recurrence = {
    repeat: { kind: 'daily', at: '09:00' },
    timeZone: 'Asia/Shanghai',
    startAt: '2026-02-28T16:00:00.000Z',
    endAt: '2026-03-31T16:00:00.000Z',
  } as const;
  expect(describeRecurrence(recurrence, 'en-US')).toMatch(/from Mar 1, 2026.* · until Apr 1, 2026/);
  expect(describeRecurrence(recurrence, 'zh-CN')).toMatch(/自 2026年3月1日.* 开始 · 至 2026年4月1日.* 结束/);
});

test('weekdays read in the order of the week, each once', () => {
  expect(describeWeekdays([7, 3, 3, 1], 'en-US')).toBe('Mon, Wed, and Sun');
  expect(describeWeekdays([7, 3, 1], 'zh-CN')).toBe('周一、周三和周日');
  expect(describeWeekdays([1, 2], 'en-US')).toBe('Mon and Tue');
});

test('days in a row and whole weeks read shorter', () => {
  expect(describeWeekdays([1, 2, 3, 4, 5], 'en-US')).toBe('Mon–Fri');
  expect(describeWeekdays([5, 4, 6], 'zh-CN')).toBe('周四至周六');
  expect(describeWeekdays([1, 2, 3, 4, 5, 6, 7], 'en-US')).toBe('every day');
  expect(describeWeekdays([1, 2, 3, 4, 5, 6, 7], 'zh-CN')).toBe('每天');
});
