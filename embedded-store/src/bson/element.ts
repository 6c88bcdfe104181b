import { StoreError } from './store-error.ts';

/** A document as BSON bytes. */
export type Raw = Uint8Array;

/** BSON type codes (bsonspec.org), and 0 for "no such element". */
export const Type = {
  missing: 0,
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  undefined: 6,
  objectId: 7,
  boolean: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  code: 13,
  symbol: 14,
  codeWithScope: 15,
  int32: 16,
  timestamp: 17,
  int64: 18,
  decimal: 19,
  maxKey: 127,
  minKey: 255,
} as const;

const eight = new Uint8Array(8);
const eightAsDouble = new Float64Array(eight.buffer);

export function readInt32(raw: Raw, at: number): number {
  return raw[at]! | (raw[at + 1]! << 8) | (raw[at + 2]! << 16) | (raw[at + 3]! << 24);
}

export function readDouble(raw: Raw, at: number): number {
  eight[0] = raw[at]!;
  eight[1] = raw[at + 1]!;
  eight[2] = raw[at + 2]!;
  eight[3] = raw[at + 3]!;
  eight[4] = raw[at + 4]!;
  eight[5] = raw[at + 5]!;
  eight[6] = raw[at + 6]!;
  eight[7] = raw[at + 7]!;
  return eightAsDouble[0]!;
}

/** An int64 as the nearest number: exact within ±2^53. */
export function readInt64AsNumber(raw: Raw, at: number): number {
  return readInt32(raw, at + 4) * 4294967296 + (readInt32(raw, at) >>> 0);
}

export function readInt64(raw: Raw, at: number): bigint {
  return (BigInt(readInt32(raw, at + 4)) << 32n) | BigInt(readInt32(raw, at) >>> 0);
}

/** The offset just past the NUL that ends the string at `at`. */
export function cstringEnd(raw: Raw, at: number): number {
  let i = at;
  while (raw[i] !== 0) {
    if (i >= raw.length) throw new StoreError(22, 'A document ends inside a field name: it is not valid BSON.');
    i++;
  }
  return i + 1;
}

/** The offset just past a value of `type` that starts at `start`. */
export function valueEnd(raw: Raw, type: number, start: number): number {
  switch (type) {
    case Type.string:
    case Type.code:
    case Type.symbol:
      return start + 4 + readInt32(raw, start);
    case Type.int32:
      return start + 4;
    case Type.double:
    case Type.date:
    case Type.timestamp:
    case Type.int64:
      return start + 8;
    case Type.objectId:
      return start + 12;
    case Type.boolean:
      return start + 1;
    case Type.object:
    case Type.array:
    case Type.codeWithScope:
      return start + readInt32(raw, start);
    case Type.null:
    case Type.undefined:
    case Type.minKey:
    case Type.maxKey:
      return start;
    case Type.binary:
      return start + 5 + readInt32(raw, start);
    case Type.decimal:
      return start + 16;
    case Type.regex:
      return cstringEnd(raw, cstringEnd(raw, start));
    case Type.dbPointer:
      return start + 16 + readInt32(raw, start);
    default:
      throw new StoreError(22, `A document holds a value of the unknown BSON type ${type}.`);
  }
}

const names = new Map<string, Uint8Array>();

/** A field name as UTF-8 with its closing NUL: the form in which the raw walkers compare names. */
export function encodeName(name: string): Uint8Array {
  let bytes = names.get(name);
  if (bytes === undefined) {
    if (name.includes('\0')) throw new StoreError(2, 'A field name must not contain a NUL character.');
    bytes = new Uint8Array(Buffer.from(`${name}\0`, 'utf8'));
    // Bounded, since names may come from users' filters.
    if (names.size >= 10_000) names.clear();
    names.set(name, bytes);
  }
  return bytes;
}

/**
 * The offset of the element called `name` (with NUL, see encodeName) in the document or array at `start`, or -1.
 * The offset points at the type byte; the value starts at offset + 1 + name.length.
 */
export function findElement(raw: Raw, start: number, name: Uint8Array): number {
  const end = start + readInt32(raw, start) - 1;
  const length = name.length;
  let at = start + 4;
  while (at < end) {
    let i = at + 1;
    let k = 0;
    while (k < length && raw[i] === name[k]) {
      i++;
      k++;
    }
    if (k === length) return at;
    while (raw[i] !== 0 && i < end) i++;
    at = valueEnd(raw, raw[at]!, i + 1);
  }
  return -1;
}

/** Calls `visit` for each element of the document or array at `start` until it returns false. */
export function forEachElement(
  raw: Raw,
  start: number,
  visit: (type: number, nameStart: number, valueStart: number, end: number) => boolean | void,
): void {
  const last = start + readInt32(raw, start) - 1;
  let at = start + 4;
  while (at < last) {
    const type = raw[at]!;
    const valueStart = cstringEnd(raw, at + 1);
    const end = valueEnd(raw, type, valueStart);
    if (visit(type, at + 1, valueStart, end) === false) return;
    at = end;
  }
}

/** Where the value of a top-level field lies, without decoding anything. */
export function readField(raw: Raw, name: string): { type: number; start: number; end: number } | undefined {
  const bytes = encodeName(name);
  const at = findElement(raw, 0, bytes);
  if (at < 0) return undefined;
  const type = raw[at]!;
  const start = at + 1 + bytes.length;
  return { type, start, end: valueEnd(raw, type, start) };
}
