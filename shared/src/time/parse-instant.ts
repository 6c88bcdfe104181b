/** Unix milliseconds of an ISO-8601 date and time, or undefined where the text is none. */
export function parseInstant(text: string): number | undefined {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
