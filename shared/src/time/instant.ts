/** `2026-11-22T12:00:00.000Z`: the one spelling of an instant in facts, HTTP and conditions; compares as text. */
const SPELLING = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Whether a text is an instant in its one spelling; a date that does not exist (30 February) is plain text. */
export function isInstantText(text: string): boolean {
  if (text.length !== 24 || !SPELLING.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString() === text;
}
