import { describe, expect, it } from 'vitest';
import { formatDayOrTime, formatDuration, formatExact, formatMoment } from './format-time.ts';

const NOW_MS = Date.parse('2026-03-10T12:00:00Z');
const style = { language: 'en-US', timeZone: 'Asia/Shanghai', justNow: 'just now' } as const;

describe('formatting times', () => {
  it('is relative within a day', () => {
    expect(formatMoment(new Date(NOW_MS - 20_000), NOW_MS, style)).toBe('just now');
    expect(formatMoment(new Date(NOW_MS - 5 * 60_000), NOW_MS, style)).toBe('5 minutes ago');
    expect(formatMoment(new Date(NOW_MS + 2 * 3_600_000), NOW_MS, style)).toBe('in 2 hours');
  });

  it('is absolute beyond a day, in the zone of the workspace, with the year only when it differs', () => {
    expect(formatMoment(new Date('2026-03-08T23:30:00Z'), NOW_MS, style)).toBe('Mar 9, 07:30');
    expect(formatMoment(new Date('2025-03-08T23:30:00Z'), NOW_MS, style)).toBe('Mar 9, 2025, 07:30');
  });

  it('shows midnight as 00:00 and names the zone in the exact form', () => {
    const midnight = formatExact(new Date('2026-03-08T16:00:00Z'), style);
    expect(midnight).toBe('Mar 9, 2026, 00:00:00 GMT+8');
    expect(formatExact(new Date('2026-03-08T16:00:00Z'), { ...style, language: 'zh-CN' })).toBe(
      '2026年3月9日 00:00:00 GMT+8',
    );
  });

  it('leaves the time out of a local midnight', () => {
    expect(formatDayOrTime(new Date('1985-03-08T16:00:00Z'), NOW_MS, style)).toBe('Mar 9, 1985');
    expect(formatDayOrTime(new Date('1985-03-08T16:01:00Z'), NOW_MS, style)).toBe('Mar 9, 1985, 00:01');
  });

  it('reads naturally in Chinese', () => {
    const chinese = { ...style, language: 'zh-CN' } as const;
    expect(formatMoment(new Date(NOW_MS - 5 * 60_000), NOW_MS, chinese)).toBe('5分钟前');
  });

  it('names the two largest units of a duration', () => {
    expect(formatDuration(100_800_000, 'en-US')).toBe('1 day 4 hr');
    expect(formatDuration(90_061_000, 'en-US')).toBe('1 day 1 hr');
    expect(formatDuration(420, 'en-US')).toBe('420 ms');
    expect(formatDuration(86_400_000 + 5_000, 'en-US')).toBe('1 day');
  });
});
