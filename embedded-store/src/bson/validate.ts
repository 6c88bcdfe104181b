import { type Raw, readInt32, Type } from './element.ts';
import { StoreError } from './store-error.ts';

/** As MongoDB: documents nest this deep at most. */
const MAX_DEPTH = 200;

function invalid(reason: string): StoreError {
  return new StoreError(22, `The document is not valid BSON: ${reason}.`);
}

/**
 * Checks the structure of a document that comes from outside: lengths, terminators, types and depth. The walkers of
 * this package trust what they read; a wrong length would send them in circles.
 */
export function assertValidBson(raw: Raw): void {
  if (raw.length < 5 || readInt32(raw, 0) !== raw.length) throw invalid('its length is wrong');
  checkDocument(raw, 0, raw.length, 1);
}

function checkDocument(raw: Raw, start: number, limit: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new StoreError(15, `The document nests deeper than ${MAX_DEPTH} levels.`);
  const end = start + readLength(raw, start, limit, 5);
  if (end > limit || raw[end - 1] !== 0) throw invalid('an embedded document has no end');
  let at = start + 4;
  while (at < end - 1) {
    const type = raw[at]!;
    const value = skipName(raw, at + 1, end - 1);
    at = checkValue(raw, type, value, end - 1, depth);
    if (at > end - 1) throw invalid('a value is longer than its document');
  }
  return end;
}

function readLength(raw: Raw, at: number, limit: number, least: number): number {
  if (at + 4 > limit) throw invalid('it ends within a length');
  const length = readInt32(raw, at);
  if (length < least || at + length > limit + 4) throw invalid('a length is out of range');
  return length;
}

function skipName(raw: Raw, at: number, limit: number): number {
  for (let i = at; i < limit; i++) if (raw[i] === 0) return i + 1;
  throw invalid('a field name has no end');
}

function checkString(raw: Raw, at: number, limit: number): number {
  const end = at + 4 + readLength(raw, at, limit, 1);
  if (end > limit || raw[end - 1] !== 0) throw invalid('a string has no end');
  return end;
}

function checkRegex(raw: Raw, at: number, limit: number): number {
  const flags = skipName(raw, at, limit);
  const end = skipName(raw, flags, limit);
  for (let i = flags; i < end - 1; i++) {
    if (!'ilmsux'.includes(String.fromCharCode(raw[i]!))) throw invalid('a regular expression has an unknown flag');
  }
  return end;
}

function checkValue(raw: Raw, type: number, at: number, limit: number, depth: number): number {
  switch (type) {
    case Type.object:
    case Type.array:
      return checkDocument(raw, at, limit, depth + 1);
    case Type.string:
    case Type.code:
    case Type.symbol:
      return checkString(raw, at, limit);
    case Type.binary:
      return at + 5 + readLength(raw, at, limit, 0);
    case Type.regex:
      return checkRegex(raw, at, limit);
    case Type.dbPointer:
      return checkString(raw, at, limit) + 12;
    case Type.codeWithScope: {
      const end = at + readLength(raw, at, limit, 14);
      if (checkDocument(raw, checkString(raw, at + 4, limit), limit, depth + 1) !== end)
        throw invalid('code with scope has a wrong length');
      return end;
    }
    case Type.boolean:
      if (raw[at] !== 0 && raw[at] !== 1) throw invalid('a boolean is neither 0 nor 1');
      return at + 1;
    default: {
      const size = FIXED_SIZES.get(type);
      if (size === undefined) throw invalid(`it holds the unknown type ${type}`);
      return at + size;
    }
  }
}

const FIXED_SIZES: ReadonlyMap<number, number> = new Map([
  [Type.double, 8],
  [Type.undefined, 0],
  [Type.objectId, 12],
  [Type.date, 8],
  [Type.null, 0],
  [Type.int32, 4],
  [Type.timestamp, 8],
  [Type.int64, 8],
  [Type.decimal, 16],
  [Type.minKey, 0],
  [Type.maxKey, 0],
]);
