import type { Document } from 'bson';
import { RawDocument } from './decode.ts';
import { Type } from './element.ts';

/** A document in any of its forms: bytes, built by an expression, or decoded from a command's arguments. */
export type AnyDocument = RawDocument | Map<string, unknown> | Document;

const TYPE_OF_TAG: Readonly<Record<string, number>> = {
  Int32: Type.int32,
  Double: Type.double,
  Long: Type.int64,
  Decimal128: Type.decimal,
  ObjectId: Type.objectId,
  Binary: Type.binary,
  Timestamp: Type.timestamp,
  BSONRegExp: Type.regex,
  MinKey: Type.minKey,
  MaxKey: Type.maxKey,
  BSONSymbol: Type.symbol,
  DBRef: Type.object,
};

/** The BSON type code that a JavaScript value is written as; `undefined` counts as missing (0). */
export function typeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return Type.string;
    case 'number':
      return (value | 0) === value && !Object.is(value, -0) ? Type.int32 : Type.double;
    case 'boolean':
      return Type.boolean;
    case 'bigint':
      return Type.int64;
    case 'object':
      return value === null ? Type.null : typeOfObject(value);
    default:
      return Type.missing;
  }
}

function typeOfObject(value: object): number {
  if (Array.isArray(value)) return Type.array;
  if (value instanceof RawDocument || value instanceof Map) return Type.object;
  if (value instanceof Date) return Type.date;
  if (value instanceof RegExp) return Type.regex;
  const tag = (value as { _bsontype?: unknown })._bsontype;
  if (typeof tag === 'string') {
    if (tag === 'Code') return (value as { scope?: unknown }).scope ? Type.codeWithScope : Type.code;
    return TYPE_OF_TAG[tag] ?? Type.object;
  }
  return value instanceof Uint8Array ? Type.binary : Type.object;
}

export function isDocument(value: unknown): value is AnyDocument {
  return typeof value === 'object' && value !== null && typeOfObject(value) === Type.object;
}

/** Missing, null or BSON undefined: what most expressions answer with null. */
export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** The fields of a document in their order, whatever its form. */
export function entriesOf(document: AnyDocument): Iterable<[string, unknown]> {
  if (document instanceof RawDocument) return document.entries();
  if (document instanceof Map) return document as Map<string, unknown>;
  if (document['_bsontype'] === 'DBRef') return dbRefEntries(document);
  return Object.entries(document);
}

// The bson package turns any sub-document with $ref and $id into a DBRef object; this undoes it.
function dbRefEntries(ref: Document): [string, unknown][] {
  const entries: [string, unknown][] = [
    ['$ref', ref['collection']],
    ['$id', ref['oid']],
  ];
  if (ref['db'] !== undefined) entries.push(['$db', ref['db']]);
  return [...entries, ...Object.entries((ref['fields'] ?? {}) as Document)];
}

export function fieldOf(document: AnyDocument, name: string): unknown {
  if (document instanceof RawDocument) return document.get(name);
  if (document instanceof Map) return (document as Map<string, unknown>).get(name);
  if (document['_bsontype'] === 'DBRef') return new Map(dbRefEntries(document)).get(name);
  return Object.hasOwn(document, name) ? document[name] : undefined;
}
