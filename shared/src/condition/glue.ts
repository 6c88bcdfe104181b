const IDEOGRAPH = /[\p{Script=Han}]$/u;
const IDEOGRAPH_FIRST = /^[\p{Script=Han}]/u;
const LATIN_LAST = /[\p{Script=Latin}\p{N}%)\]]$/u;
const LATIN_FIRST = /^[\p{Script=Latin}\p{N}([-]/u;

/**
 * Puts pieces of a sentence together. Between Chinese and a Latin word or number stands a space, as Chinese typography
 * asks; only at the seams, so that quoted text of a user is never touched.
 */
export function glue(...pieces: readonly string[]): string {
  let text = '';
  for (const piece of pieces) {
    const isSeam =
      (IDEOGRAPH.test(text) && LATIN_FIRST.test(piece)) || (LATIN_LAST.test(text) && IDEOGRAPH_FIRST.test(piece));
    text += isSeam ? ` ${piece}` : piece;
  }
  return text;
}

/** `fillText` with seams. */
export function fillSentence(text: string, values: Readonly<Record<string, string | number>>): string {
  const pieces = text.split(/\{\{(\w+)\}\}/);
  return glue(...pieces.map((piece, index) => (index % 2 === 0 ? piece : String(values[piece] ?? ''))));
}
