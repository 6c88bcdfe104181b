import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventIdOf } from './event-log.ts';

const messageId = fc.string({ minLength: 1, maxLength: 200, unit: 'binary' });

describe('the id of an event', () => {
  it('is the same for the same messageId, and another for another', () => {
    fc.assert(
      fc.property(messageId, messageId, (one, other) => {
        expect(eventIdOf(one)).toBe(eventIdOf(one));
        expect(eventIdOf(one) === eventIdOf(other)).toBe(one === other);
      }),
    );
  });

  it('keeps the order of ids that begin with the time, and cannot be chosen to be that of a long one', () => {
    expect(eventIdOf('2026-11-26T08:00:00.000Z 17')).toBe('2026-11-26T08:00:00.000Z 17');
    const long = eventIdOf('x'.repeat(150));
    expect(long).toHaveLength(23);
    expect(eventIdOf(long)).not.toBe(long);
  });
});
