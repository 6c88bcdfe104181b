import { expect, test } from 'vitest';
import { isInstantText } from './instant.ts';

test('only the full UTC spelling with milliseconds is an instant', () => {
  expect(isInstantText('2026-11-22T12:00:00.000Z')).toBe(true);
  expect(isInstantText('2026-11-22T12:00:00Z')).toBe(false);
  expect(isInstantText('2026-11-22')).toBe(false);
  expect(isInstantText('2026-11-22T12:00:00.000+')).toBe(false);
});

test('a date that does not exist is no instant', () => {
  expect(isInstantText('2026-02-30T00:00:00.000Z')).toBe(false);
  expect(isInstantText('2026-13-01T00:00:00.000Z')).toBe(false);
});
