import { StoreError, Type } from '../bson/index.ts';
import { valueEnd } from '../bson/element.ts';
import { maxNestingDepth } from './limits.ts';

/**
 * Walks a document that comes from outside once, so that everything behind the wire may trust its lengths.
 * Throws InvalidBSON (22), or Overflow (15) when it is nested too deeply.
 */
export function checkDocument(raw: Uint8Array): void {
  if (raw.length < 5 || lengthAt(raw, 0) !== raw.length) throw broken('its length does not match');
  checkLevel(raw, 0, raw.length, 1);
}

function checkLevel(raw: Uint8Array, start: number, end: number, depth: number): void {
  if (depth > maxNestingDepth) {
    throw new StoreError(15, `Document exceeds the maximum nesting depth of ${maxNestingDepth}.`);
  }
  if (raw[end - 1] !== 0) throw broken('it is not terminated');
  const last = end - 1;
  let at = start + 4;
  while (at < last) {
    const type = raw[at] as number;
    let valueStart = at + 1;
    while (raw[valueStart] !== 0) {
      if (++valueStart >= last) throw broken('a field name runs past its end');
    }
    valueStart++;
    const next = valueEnd(raw, type, valueStart);
    if (next > last || next < valueStart) throw broken('a value runs past its end');
    if (type === Type.object || type === Type.array) checkLevel(raw, valueStart, next, depth + 1);
    else if (type === Type.string && (lengthAt(raw, valueStart) < 1 || raw[next - 1] !== 0)) {
      throw broken('a string is not terminated');
    }
    at = next;
  }
}

function lengthAt(raw: Uint8Array, at: number): number {
  return (
    (raw[at] as number) |
    ((raw[at + 1] as number) << 8) |
    ((raw[at + 2] as number) << 16) |
    ((raw[at + 3] as number) << 24)
  );
}

function broken(why: string): StoreError {
  return new StoreError(22, `A document is not valid BSON: ${why}.`);
}
