import { describe, expect, it } from 'vitest';
import { formatBytes, formatCompact, formatCount, formatDelta, formatMoney, formatShare } from './format-number.ts';

describe('formatting numbers', () => {
  it('separates thousands, also of a 12-digit number', () => {
    expect(formatCount(123_456_789_012, 'en-US')).toBe('123,456,789,012');
    expect(formatCount(123_456_789_012, 'zh-CN')).toBe('123,456,789,012');
  });

  it('shortens for chips the way each language counts', () => {
    expect(formatCompact(1_234, 'en-US')).toBe('1.2k');
    expect(formatCompact(12_345, 'zh-CN')).toBe('1.2万');
  });

  it('shows a share with one decimal and none for a share of nothing', () => {
    expect(formatShare(1828, 10_000, 'en-US')).toBe('18.3%');
    expect(formatShare(1, 1, 'en-US')).toBe('100.0%');
    expect(formatShare(0, 0, 'en-US')).toBe('–');
  });

  it('writes money with its currency', () => {
    expect(formatMoney(1234.5, 'CNY', 'zh-CN')).toBe('¥1,234.50');
    expect(formatMoney(1234.5, 'USD', 'en-US')).toBe('$1,234.50');
    expect(formatMoney(1234.5, null, 'en-US')).toBe('1,234.50');
  });

  it('gives a delta its sign unless it is zero', () => {
    expect(formatDelta(1500, 500, 'en-US')).toBe('+1,000');
    expect(formatDelta(500, 1500, 'en-US')).toBe('-1,000');
    expect(formatDelta(5, 5, 'en-US')).toBe('0');
  });

  it('picks the unit of a file size', () => {
    expect(formatBytes(999, 'en-US')).toBe('999 byte');
    expect(formatBytes(4_250_000, 'en-US')).toBe('4.3 MB');
  });
});
