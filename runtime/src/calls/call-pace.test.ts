import { expect, it } from 'vitest';
import { delayBefore, readRetryAfter } from './call-pace.ts';

it('doubles the span that the delay is drawn from, up to ten minutes', () => {
  const longest = (attempts: number) => delayBefore(attempts, { baseMs: 1000, random: () => 1 });
  expect([1, 2, 3, 4].map(longest)).toEqual([1000, 2000, 4000, 8000]);
  expect(longest(30)).toBe(600_000);
  expect(delayBefore(3, { baseMs: 1000, random: () => 0 })).toBe(0);
});

it('waits as long as the receiver asks for, up to an hour, and draws the delay on top', () => {
  expect(delayBefore(1, { baseMs: 1000, retryAfterMs: 5000, random: () => 0.5 })).toBe(5500);
  expect(delayBefore(1, { baseMs: 1000, retryAfterMs: 1e12, random: () => 0 })).toBe(3_600_000);
});

it('reads Retry-After as seconds or as a date, and nothing else', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(readRetryAfter(' 120 ', now)).toBe(120_000);
  expect(readRetryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
  expect(readRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  expect(readRetryAfter('soon', now)).toBeUndefined();
  expect(readRetryAfter(undefined, now)).toBeUndefined();
});
