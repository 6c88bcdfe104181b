import { RE2JS } from 're2js';

/** Longest pattern accepted; the automaton grows with it. */
export const MAX_PATTERN_LENGTH = 500;

/**
 * `matches` uses RE2's syntax and engine: time linear in the text whatever the pattern, so no operator can stall a
 * worker. It is never handed to the store, whose engine backtracks. Undefined when the pattern is no RE2 pattern.
 */
export function compilePattern(pattern: string): ((text: string) => boolean) | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) return undefined;
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch {
    // Every failure of the compiler is one about the pattern: not RE2 syntax, or too large when unrolled.
    return undefined;
  }
}
