import type { Document } from 'bson';
import { isDocument, StoreError, typeOf, Type } from '../bson/index.ts';
import type { Engine } from '../server/engine.ts';

/** One command on its way through the dispatcher. */
export interface CommandRequest {
  engine: Engine;
  db: string;
  name: string;
  fields: Record<string, unknown>;
  connectionId: number;
}

/** A document to which the dispatcher adds `ok: 1`, or a whole reply as BSON bytes. */
export type CommandReply = Document | Buffer;
export type CommandHandler = (request: CommandRequest) => CommandReply | Promise<CommandReply>;

/** The collection a command names in its first field. */
export function collectionNameOf({ name, fields, db }: CommandRequest): string {
  const value = fields[name];
  if (typeof value !== 'string') {
    throw new StoreError(73, `collection name has invalid type ${typeof value}`);
  }
  if (value === '' || value.includes('\0')) throw new StoreError(73, `Invalid namespace specified '${db}.${value}'`);
  return value;
}

export function optionalDocument(fields: Record<string, unknown>, name: string): Document | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (!isDocument(value)) throw wrongType(name, value, 'object');
  return value as Document;
}

export function optionalNumber(fields: Record<string, unknown>, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  const type = typeOf(value);
  if (type !== Type.int32 && type !== Type.double && type !== Type.int64 && type !== Type.decimal) {
    throw wrongType(name, value, 'number');
  }
  return Number(String(value));
}

/** A number that must not be negative, such as a skip. */
export function optionalCount(fields: Record<string, unknown>, name: string): number | undefined {
  const value = optionalNumber(fields, name);
  if (value === undefined) return undefined;
  if (value < 0) throw new StoreError(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`);
  return Math.trunc(value);
}

export function booleanOf(fields: Record<string, unknown>, name: string, fallback = false): boolean {
  const value = fields[name];
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'boolean') return value;
  const number = Number(String(value));
  if (Number.isNaN(number)) throw wrongType(name, value, 'bool');
  return number !== 0;
}

export function optionalArray(fields: Record<string, unknown>, name: string): unknown[] | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, value, 'array');
  return value;
}

/** The raw documents of a write command's list. */
export function rawList(fields: Record<string, unknown>, name: string): Uint8Array[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new StoreError(40414, `BSON field '${name}' is missing but a required field`);
  return value as Uint8Array[];
}

export function wrongType(name: string, value: unknown, wanted: string): StoreError {
  return new StoreError(14, `BSON field '${name}' is the wrong type '${typeNameOf(value)}', expected type '${wanted}'`);
}

function typeNameOf(value: unknown): string {
  const names: Record<number, string> = {
    [Type.double]: 'double',
    [Type.string]: 'string',
    [Type.object]: 'object',
    [Type.array]: 'array',
    [Type.binary]: 'binData',
    [Type.objectId]: 'objectId',
    [Type.boolean]: 'bool',
    [Type.date]: 'date',
    [Type.null]: 'null',
    [Type.regex]: 'regex',
    [Type.int32]: 'int',
    [Type.int64]: 'long',
    [Type.decimal]: 'decimal',
  };
  return names[typeOf(value)] ?? 'unknown';
}
