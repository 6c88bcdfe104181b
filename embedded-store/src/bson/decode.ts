import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Document,
} from 'bson';
import type { Raw } from './element.ts';
import {
  cstringEnd,
  encodeName,
  findElement,
  forEachElement,
  readDouble,
  readInt32,
  readInt64AsNumber,
  Type,
  valueEnd,
} from './element.ts';
import { refuse } from './store-error.ts';

const utf8Slice = Buffer.prototype.utf8Slice;

/** The UTF-8 text between two offsets. Short ASCII, the usual case, never leaves JavaScript. */
export function decodeUtf8(raw: Raw, start: number, end: number): string {
  if (end - start > 16) return utf8Slice.call(raw, start, end);
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = raw[i]!;
    if (byte > 127) return utf8Slice.call(raw, start, end);
    text += String.fromCharCode(byte);
  }
  return text;
}

export function decodeString(raw: Raw, start: number): string {
  return decodeUtf8(raw, start + 4, start + 3 + readInt32(raw, start));
}

/** A double as a plain number where that cannot be mistaken for an Int32, else wrapped. */
export function fromDouble(value: number): number | Double {
  return (value | 0) === value && !Object.is(value, -0) ? new Double(value) : value;
}

/**
 * A value as JavaScript, with its BSON type kept.
 * Int32 and most doubles are plain numbers: an integral number in range is an Int32, any other a double, and a
 * double that happens to be integral is a `Double`. Embedded documents stay bytes (`RawDocument`).
 */
export function decodeValue(raw: Raw, type: number, start: number): unknown {
  switch (type) {
    case Type.string:
      return decodeString(raw, start);
    case Type.int32:
      return readInt32(raw, start);
    case Type.double:
      return fromDouble(readDouble(raw, start));
    case Type.date:
      return new Date(readInt64AsNumber(raw, start));
    case Type.object:
      return new RawDocument(raw, start);
    case Type.array:
      return decodeArray(raw, start);
    case Type.boolean:
      return raw[start] !== 0;
    case Type.null:
      return null;
    case Type.objectId:
      return new ObjectId(raw.slice(start, start + 12));
    case Type.int64:
      return Long.fromBits(readInt32(raw, start), readInt32(raw, start + 4));
    default:
      return decodeRareValue(raw, type, start);
  }
}

function decodeRareValue(raw: Raw, type: number, start: number): unknown {
  switch (type) {
    case Type.decimal:
      return new Decimal128(raw.slice(start, start + 16));
    case Type.binary: {
      const subtype = raw[start + 4]!;
      // Subtype 2 repeats the length inside its payload.
      const inner = subtype === 2 ? 9 : 5;
      return new Binary(raw.slice(start + inner, valueEnd(raw, type, start)), subtype);
    }
    case Type.undefined:
      return undefined;
    case Type.regex: {
      const flags = cstringEnd(raw, start);
      return new BSONRegExp(decodeUtf8(raw, start, flags - 1), decodeUtf8(raw, flags, cstringEnd(raw, flags) - 1));
    }
    case Type.timestamp:
      return new Timestamp(Long.fromBits(readInt32(raw, start), readInt32(raw, start + 4), true));
    case Type.minKey:
      return new MinKey();
    case Type.maxKey:
      return new MaxKey();
    case Type.code:
      return new Code(decodeString(raw, start));
    case Type.symbol:
      return new BSONSymbol(decodeString(raw, start));
    case Type.codeWithScope: {
      const code = start + 4;
      const scope = valueEnd(raw, Type.string, code);
      return new Code(decodeString(raw, code), decodeDocument(raw, scope));
    }
    default:
      throw refuse(238, `Computing with a value of BSON type ${type}`);
  }
}

export function decodeArray(raw: Raw, start: number): unknown[] {
  const values: unknown[] = [];
  forEachElement(raw, start, (type, _name, valueStart) => {
    values.push(type === Type.undefined ? null : decodeValue(raw, type, valueStart));
  });
  return values;
}

/**
 * An embedded document that is still bytes: a view into the document that holds it.
 * Most embedded documents are only passed on, so decoding waits until somebody asks for a field.
 */
export class RawDocument {
  readonly raw: Raw;
  readonly start: number;

  constructor(raw: Raw, start = 0) {
    this.raw = raw;
    this.start = start;
  }

  get end(): number {
    return this.start + readInt32(this.raw, this.start);
  }

  get(name: string): unknown {
    const bytes = encodeName(name);
    const at = findElement(this.raw, this.start, bytes);
    return at < 0 ? undefined : decodeValue(this.raw, this.raw[at]!, at + 1 + bytes.length);
  }

  entries(): [string, unknown][] {
    const { raw } = this;
    const result: [string, unknown][] = [];
    forEachElement(raw, this.start, (type, nameStart, valueStart) => {
      const value = type === Type.undefined ? null : decodeValue(raw, type, valueStart);
      result.push([decodeUtf8(raw, nameStart, valueStart - 1), value]);
    });
    return result;
  }

  /** The bytes of this document alone, as a view. */
  bytes(): Raw {
    return this.raw.subarray(this.start, this.end);
  }

  /** Lets `bson.serialize` write it; a Map keeps the order of fields named like integers. */
  toBSON(): Map<string, unknown> {
    return new Map(this.entries());
  }
}

const INTEGER_NAME = /^(0|[1-9]\d{0,9})$/;

/**
 * Decodes a whole document for use as an argument (filter, update, pipeline).
 * A plain object would reorder fields named like integers, so a level that has one becomes a Map.
 */
export function decodeDocument(raw: Raw, start = 0): Document {
  const last = start + readInt32(raw, start) - 1;
  const document: Document = {};
  let at = start + 4;
  while (at < last) {
    const type = raw[at]!;
    const valueStart = cstringEnd(raw, at + 1);
    const name = decodeUtf8(raw, at + 1, valueStart - 1);
    if (mayReorder(raw[at + 1]!, name)) return decodeMap(raw, start);
    document[name] = decodeTree(raw, type, valueStart);
    at = valueEnd(raw, type, valueStart);
  }
  return document;
}

/** Whether a plain object would not keep the field where it stands. The first byte settles it for nearly all names. */
function mayReorder(first: number, name: string): boolean {
  if (first === UNDERSCORE) return name === '__proto__';
  return first >= DIGIT_0 && first <= DIGIT_9 && INTEGER_NAME.test(name);
}

const UNDERSCORE = 0x5f;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

function decodeMap(raw: Raw, start: number): Map<string, unknown> {
  const map = new Map<string, unknown>();
  forEachElement(raw, start, (type, nameStart, valueStart) => {
    map.set(decodeUtf8(raw, nameStart, valueStart - 1), decodeTree(raw, type, valueStart));
  });
  return map;
}

function decodeTree(raw: Raw, type: number, start: number): unknown {
  if (type === Type.object) return decodeDocument(raw, start);
  if (type === Type.undefined) return null;
  if (type !== Type.array) return decodeValue(raw, type, start);
  const values: unknown[] = [];
  forEachElement(raw, start, (elementType, _name, valueStart) => {
    values.push(decodeTree(raw, elementType, valueStart));
  });
  return values;
}
