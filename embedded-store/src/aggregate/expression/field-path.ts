import { decodeValue, RawDocument } from '../../bson/decode.ts';
import { cstringEnd, encodeName, findElement, type Raw, readInt32, Type, valueEnd } from '../../bson/element.ts';
import { StoreError } from '../../bson/store-error.ts';
import { fieldOf, isDocument } from '../../bson/value.ts';

/** Checks a field path of an expression or a stage and cuts it into its components. */
export function parseFieldPath(path: string): string[] {
  if (path === '') throw new StoreError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new StoreError(40353, "FieldPath must not end with a '.'.");
  if (path.includes('\0')) throw new StoreError(16411, "FieldPath field names may not contain '\\0'.");
  const parts = path.split('.');
  for (const part of parts) {
    if (part === '') throw new StoreError(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$') && !['$id', '$ref', '$db'].includes(part)) {
      throw new StoreError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
  }
  return parts;
}

/**
 * Reads a path as expressions do: an array on the way becomes the array of what its documents have there,
 * arrays within arrays included; a number is a field name, never a position.
 */
export function compileRawPath(parts: readonly string[]): (raw: Raw, start: number) => unknown {
  const names = parts.map(encodeName);
  const [name] = names;
  if (names.length === 1 && name !== undefined) {
    const { length } = name;
    return (raw, start) => {
      const at = findElement(raw, start, name);
      return at < 0 ? undefined : decodeValue(raw, raw[at]!, at + 1 + length);
    };
  }
  return (raw, start) => readPath(raw, start, names, 0);
}

function readPath(raw: Raw, start: number, names: readonly Uint8Array[], depth: number): unknown {
  let position = start;
  for (let i = depth; ; i++) {
    const name = names[i]!;
    const at = findElement(raw, position, name);
    if (at < 0) return undefined;
    const type = raw[at]!;
    position = at + 1 + name.length;
    if (i === names.length - 1) return decodeValue(raw, type, position);
    if (type === Type.array) return readThroughArray(raw, position, names, i + 1);
    if (type !== Type.object) return undefined;
  }
}

function readThroughArray(raw: Raw, start: number, names: readonly Uint8Array[], depth: number): unknown[] {
  const values: unknown[] = [];
  const end = start + readInt32(raw, start) - 1;
  let at = start + 4;
  while (at < end) {
    const type = raw[at]!;
    const value = cstringEnd(raw, at + 1);
    if (type === Type.object) {
      const found = readPath(raw, value, names, depth);
      if (found !== undefined) values.push(found);
    } else if (type === Type.array) {
      values.push(readThroughArray(raw, value, names, depth));
    }
    at = valueEnd(raw, type, value);
  }
  return values;
}

/** The same over a value in any form, for paths that begin at a variable. */
export function readValuePath(value: unknown, parts: readonly string[], depth = 0): unknown {
  if (depth === parts.length) return value;
  if (value instanceof RawDocument && depth === 0) return readPath(value.raw, value.start, parts.map(encodeName), 0);
  if (isDocument(value)) {
    const child = fieldOf(value, parts[depth]!);
    if (!Array.isArray(child) || depth + 1 === parts.length) return readValuePath(child, parts, depth + 1);
    return mapPath(child, parts, depth + 1);
  }
  return Array.isArray(value) ? mapPath(value, parts, depth) : undefined;
}

function mapPath(values: unknown[], parts: readonly string[], depth: number): unknown[] {
  return values.map((item) => readValuePath(item, parts, depth)).filter((item) => item !== undefined);
}
