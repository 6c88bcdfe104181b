/**
 * A text as a pattern that matches it and nothing else, for `$regex` and RegExp, with the flag u and without; not within a
 * class of characters. What people type is text, never a pattern; a null character may not stand in one as itself.
 */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('\u0000', '\\x00');
}
