import { expect, test } from 'vitest';
import { describeDuration, describeInstant } from './describe-time.ts';

test('a span reads in its units, largest first', () => {
  expect(describeDuration(7_200_000, 'en-US')).toBe('2 h');
  expect(describeDuration(108_000_000, 'en-US')).toBe('1 d 6 h');
  expect(describeDuration(90_000, 'zh-CN')).toBe('1 分钟 30 秒');
});

test('a span below a second reads as zero seconds', () => {
  expect(describeDuration(999, 'en-US')).toBe('0 s');
  expect(describeDuration(0, 'zh-CN')).toBe('0 秒');
});

test('an instant reads in the zone of the workspace, not in UTC', () => {
  expect(describeInstant('2026-11-22T12:00:00.000Z', 'zh-CN', 'Asia/Shanghai')).toContain('20:00');
  expect(describeInstant('2026-11-22T12:00:00.000Z', 'en-US', 'Asia/Shanghai')).toMatch(/Nov 22, 2026/);
});

test('a text that is no instant is shown as it stands', () => {
  expect(describeInstant('soon', 'en-US', 'UTC')).toBe('soon');
});
