import { decodeValue, RawDocument } from '../bson/decode.ts';
import { type Raw, Type, valueEnd } from '../bson/element.ts';
import { encodeValue } from '../bson/encode.ts';
import { renderField } from '../bson/render.ts';

/** A value that is still bytes. */
export interface Slice {
  raw: Raw;
  type: number;
  start: number;
}

export const UNCHANGED = Symbol('unchanged');
export const REMOVED = Symbol('removed');

/** Where a modifier is at work. */
export interface ModifierCall {
  /** The document before the update, for messages. */
  root: Raw;
  path: string;
  isInsert: boolean;
}

/** What one update operator does to the value at one path. */
export interface Modifier {
  /** `old.type` is 0 where the field is missing. */
  apply(old: Slice, call: ModifierCall): Slice | typeof UNCHANGED | typeof REMOVED;
  /** Whether it makes the documents on the way to a missing field. */
  readonly createsPath: boolean;
}

export function sliceOf(value: unknown): Slice {
  const { type, bytes } = encodeValue(value);
  return { raw: bytes, type, start: 0 };
}

export function valueOf(slice: Slice): unknown {
  return decodeValue(slice.raw, slice.type, slice.start);
}

export function isSameSlice(a: Slice, b: Slice): boolean {
  if (a.type !== b.type) return false;
  const length = valueEnd(a.raw, a.type, a.start) - a.start;
  if (valueEnd(b.raw, b.type, b.start) - b.start !== length) return false;
  for (let i = 0; i < length; i++) if (a.raw[a.start + i] !== b.raw[b.start + i]) return false;
  return true;
}

export const isMissing = (slice: Slice): boolean => slice.type === Type.missing;

/** The document's _id, as messages name a document. */
export function describeDocument(root: Raw): string {
  return `{${renderField('_id', new RawDocument(root).get('_id'))}}`;
}
