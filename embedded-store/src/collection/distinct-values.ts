import { fieldOf, isDocument, type Raw, RawDocument } from '../bson/index.ts';

/** The values that `distinct` sees at a dotted path: through arrays on the way, and the elements of one at the end. */
export function valuesAtPath(raw: Raw, path: string): unknown[] {
  const found: unknown[] = [];
  collect(new RawDocument(raw), path.split('.'), 0, found);
  return found;
}

function collect(value: unknown, parts: readonly string[], at: number, found: unknown[]): void {
  if (value === undefined) return;
  const part = parts[at];
  if (part === undefined) {
    if (Array.isArray(value)) found.push(...value);
    else found.push(value);
  } else if (Array.isArray(value)) {
    if (/^\d+$/.test(part)) collect(value[Number(part)], parts, at + 1, found);
    for (const element of value) if (isDocument(element)) collect(fieldOf(element, part), parts, at + 1, found);
  } else if (isDocument(value)) collect(fieldOf(value, part), parts, at + 1, found);
}
