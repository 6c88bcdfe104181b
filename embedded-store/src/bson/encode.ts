import type { Binary, BSONRegExp, Code, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { RawDocument } from './decode.ts';
import { encodeName, type Raw, Type, valueEnd } from './element.ts';
import { type AnyDocument, entriesOf, typeOf } from './value.ts';

const indexNames: Uint8Array[] = [];

function nameOfIndex(index: number): Uint8Array {
  if (index > 10_000) return Buffer.from(`${index}\0`);
  return (indexNames[index] ??= new Uint8Array(Buffer.from(`${index}\0`)));
}

/** Writes BSON into a buffer that grows. One writer may be used again after `reset`. */
export class BsonWriter {
  #buffer: Buffer;
  #view: DataView;
  #at = 0;

  constructor(size = 1024) {
    this.#buffer = Buffer.allocUnsafeSlow(size);
    this.#view = new DataView(this.#buffer.buffer);
  }

  get length(): number {
    return this.#at;
  }

  reset(): void {
    this.#at = 0;
  }

  /** A copy of what was written. */
  take(): Buffer {
    const result = Buffer.allocUnsafe(this.#at);
    result.set(this.#buffer.subarray(0, this.#at));
    return result;
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#at + count));
    larger.set(this.#buffer.subarray(0, this.#at));
    this.#buffer = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** Begins a document or array; hand the result to `close`. */
  open(): number {
    const start = this.#at;
    this.#reserve(5);
    this.#at += 4;
    return start;
  }

  close(start: number): void {
    this.writeByte(0);
    this.#view.setInt32(start, this.#at - start, true);
  }

  writeByte(byte: number): void {
    this.#reserve(1);
    this.#buffer[this.#at++] = byte;
  }

  writeBytes(raw: Raw, start: number, end: number): void {
    const length = end - start;
    this.#reserve(length);
    if (length < 32) {
      for (let i = 0; i < length; i++) this.#buffer[this.#at + i] = raw[start + i]!;
    } else {
      this.#buffer.set(raw.subarray(start, end), this.#at);
    }
    this.#at += length;
  }

  writeInt32(value: number): void {
    this.#reserve(4);
    this.#view.setInt32(this.#at, value, true);
    this.#at += 4;
  }

  writeDouble(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  writeInt64(value: bigint): void {
    this.#reserve(8);
    this.#view.setBigInt64(this.#at, value, true);
    this.#at += 8;
  }

  writeString(text: string): void {
    this.#reserve(text.length * 3 + 5);
    const length = this.#buffer.write(text, this.#at + 4);
    this.#view.setInt32(this.#at, length + 1, true);
    this.#at += 4 + length;
    this.#buffer[this.#at++] = 0;
  }

  /** Type byte and name of an element; `name` already carries its NUL. */
  writeHeader(type: number, name: Uint8Array): void {
    this.writeByte(type);
    this.writeBytes(name, 0, name.length);
  }

  /** Copies an element's value under a name of its own. */
  copyElement(name: Uint8Array, raw: Raw, type: number, start: number): void {
    this.writeHeader(type, name);
    this.writeBytes(raw, start, valueEnd(raw, type, start));
  }

  /** Writes `name: value`; a missing value (undefined) writes nothing. */
  writeElement(name: string, value: unknown): void {
    const type = typeOf(value);
    if (type === Type.missing) return;
    this.writeHeader(type, encodeName(name));
    this.writeValue(type, value);
  }

  writeDocument(document: AnyDocument): void {
    if (document instanceof RawDocument) {
      this.writeBytes(document.raw, document.start, document.end);
      return;
    }
    const start = this.open();
    for (const [name, value] of entriesOf(document)) this.writeElement(name, value);
    this.close(start);
  }

  writeArray(values: readonly unknown[]): void {
    const start = this.open();
    for (let i = 0; i < values.length; i++) {
      const value = values[i] === undefined ? null : values[i];
      const type = typeOf(value);
      this.writeHeader(type, nameOfIndex(i));
      this.writeValue(type, value);
    }
    this.close(start);
  }

  writeIndexHeader(type: number, index: number): void {
    this.writeHeader(type, nameOfIndex(index));
  }

  writeValue(type: number, value: unknown): void {
    switch (type) {
      case Type.int32:
        return this.writeInt32(Number(value));
      case Type.double:
        return this.writeDouble(Number(value));
      case Type.string:
        return this.writeString(value as string);
      case Type.boolean:
        return this.writeByte(value === true ? 1 : 0);
      case Type.date:
        return this.writeInt64(BigInt((value as Date).getTime()));
      case Type.object:
        return this.writeDocument(value as AnyDocument);
      case Type.array:
        return this.writeArray(value as unknown[]);
      case Type.objectId:
        return this.writeBytes((value as ObjectId).id, 0, 12);
      case Type.int64:
        return this.writeInt64(typeof value === 'bigint' ? BigInt.asIntN(64, value) : (value as Long).toBigInt());
      case Type.decimal:
        return this.writeBytes((value as Decimal128).bytes, 0, 16);
      case Type.null:
      case Type.minKey:
      case Type.maxKey:
      case Type.undefined:
        return undefined;
      default:
        return this.#writeRareValue(type, value);
    }
  }

  #writeRareValue(type: number, value: unknown): void {
    switch (type) {
      case Type.binary:
        return this.#writeBinary(value as Binary | Uint8Array);
      case Type.regex: {
        const { pattern, flags } = regexParts(value as RegExp | BSONRegExp);
        this.#writeCString(pattern);
        return this.#writeCString(flags);
      }
      case Type.timestamp:
        return this.writeInt64(BigInt.asIntN(64, (value as Timestamp).toBigInt()));
      case Type.code:
        return this.writeString((value as Code).code);
      case Type.symbol:
        return this.writeString(String(value));
      default: {
        const start = this.open();
        this.writeString((value as Code).code);
        this.writeDocument((value as Code).scope ?? {});
        this.#view.setInt32(start, this.#at - start, true);
      }
    }
  }

  #writeCString(text: string): void {
    const bytes = Buffer.from(`${text}\0`);
    this.writeBytes(bytes, 0, bytes.length);
  }

  #writeBinary(value: Binary | Uint8Array): void {
    const bytes = value instanceof Uint8Array ? value : value.buffer.subarray(0, value.length());
    const subtype = value instanceof Uint8Array ? 0 : value.sub_type;
    this.writeInt32(bytes.length + (subtype === 2 ? 4 : 0));
    this.writeByte(subtype);
    if (subtype === 2) this.writeInt32(bytes.length);
    this.writeBytes(bytes, 0, bytes.length);
  }
}

/** Pattern and flags of a regular expression as BSON keeps them; a JavaScript RegExp's other flags mean nothing there. */
export function regexParts(value: RegExp | BSONRegExp): { pattern: string; flags: string } {
  if (!(value instanceof RegExp)) return { pattern: value.pattern, flags: value.options };
  return { pattern: value.source, flags: [...value.flags].filter((flag) => 'ims'.includes(flag)).join('') };
}

const shared = new BsonWriter(64 * 1024);

/** A document in any form as BSON bytes. */
export function encodeDocument(document: AnyDocument): Raw {
  if (document instanceof RawDocument) return document.bytes();
  shared.reset();
  shared.writeDocument(document);
  return shared.take();
}

/** One value as its type code and bytes, ready to be spliced into documents. */
export function encodeValue(value: unknown): { type: number; bytes: Raw } {
  const type = value === undefined ? Type.null : typeOf(value);
  shared.reset();
  shared.writeValue(type, value);
  return { type, bytes: shared.take() };
}
