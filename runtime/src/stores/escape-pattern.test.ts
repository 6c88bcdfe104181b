import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapePattern } from './escape-pattern.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });

test.each(['', 'u'])('an escaped text is found as it stands and as nothing else, with the flags "%s"', (flags) => {
  const isFound = (pattern: string, within: string) =>
    new RegExp(`^(?:${escapePattern(pattern)})$`, flags).test(within);
  for (const name of ['last-order', 'a/b', 'a.b', '(x|y)', '\u0000']) expect(isFound(name, name)).toBe(true);
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(isFound(one, one)).toBe(true);
      expect(isFound(one, other)).toBe(one === other);
    }),
  );
});
