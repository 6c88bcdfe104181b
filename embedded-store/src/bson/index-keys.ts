import type { Raw } from './element.ts';
import { encodeKey } from './key.ts';
import { decodeValue, RawDocument } from './decode.ts';
import { encodeName, findElement, forEachElement, Type } from './element.ts';
import { StoreError } from './store-error.ts';

export type IndexFields = readonly (readonly [path: string, direction: 1 | -1])[];

/** What a path finds when it is followed through objects, up to the first array. */
type Found =
  | { kind: 'missing' }
  | { kind: 'value'; type: number; raw: Raw; start: number }
  | { kind: 'array'; raw: Raw; start: number; prefix: string; rest: readonly string[] };

/** One field while keys are expanded: settled on a value, or still to be followed from somewhere. */
type Cursor = { kind: 'settled'; value: unknown } | { kind: 'open'; found: Found };

const INDEX = /^(0|[1-9]\d*)$/;

function follow(raw: Raw, start: number, parts: readonly string[], prefix: string): Found {
  let position = start;
  let walked = prefix;
  for (let i = 0; i < parts.length; i++) {
    const name = encodeName(parts[i]!);
    const at = findElement(raw, position, name);
    if (at < 0) return { kind: 'missing' };
    walked += `.${parts[i]!}`;
    const type = raw[at]!;
    const valueStart = at + 1 + name.length;
    const rest = parts.slice(i + 1);
    if (type === Type.array) {
      const isPositional = rest.length > 0 && INDEX.test(rest[0]!);
      if (!isPositional) return { kind: 'array', raw, start: valueStart, prefix: walked, rest };
    } else if (rest.length === 0) {
      return { kind: 'value', type, raw, start: valueStart };
    } else if (type !== Type.object) {
      return { kind: 'missing' };
    }
    position = valueStart;
  }
  return { kind: 'missing' };
}

/**
 * The index entries of one document: the values of the indexed fields, one tuple per entry.
 * Missing is null and an empty array is `undefined`, which sorts below null. At most one array may be expanded at a
 * level; two that run in parallel are error 171. A sparse index has no entry for a document with none of the fields.
 */
export function indexKeys(
  raw: Raw,
  spec: { fields: IndexFields; sparse?: boolean },
): { keys: unknown[][]; isMultikey: boolean } {
  const found = spec.fields.map(([path]) => follow(raw, 0, path.split('.'), ''));
  if (spec.sparse && found.every((field) => field.kind === 'missing')) return { keys: [], isMultikey: false };
  if (found.every((field) => field.kind !== 'array')) return { keys: [found.map(valueOf)], isMultikey: false };
  const keys: unknown[][] = [];
  expand(
    found.map((field): Cursor => ({ kind: 'open', found: field })),
    keys,
  );
  return { keys: removeDuplicates(keys), isMultikey: true };
}

function valueOf(found: Found): unknown {
  // The deprecated BSON undefined is found by queries for null, so it is indexed as null.
  return found.kind === 'value' ? (decodeValue(found.raw, found.type, found.start) ?? null) : null;
}

function expand(cursors: readonly Cursor[], keys: unknown[][]): void {
  const arrays = cursors.flatMap((cursor) =>
    cursor.kind === 'open' && cursor.found.kind === 'array' ? [cursor.found] : [],
  );
  const first = arrays[0];
  if (first === undefined) {
    keys.push(cursors.map((cursor) => (cursor.kind === 'settled' ? cursor.value : valueOf(cursor.found))));
    return;
  }
  const parallel = arrays.find((array) => array.start !== first.start);
  if (parallel !== undefined) {
    throw new StoreError(
      171,
      `cannot index parallel arrays [${lastPart(parallel.prefix)}] [${lastPart(first.prefix)}]: ` +
        'at most one field of a compound index may be an array.',
    );
  }
  let isEmpty = true;
  forEachElement(first.raw, first.start, (type, _name, start) => {
    isEmpty = false;
    expand(
      cursors.map((cursor) => step(cursor, first.start, type, start)),
      keys,
    );
  });
  if (isEmpty) expand(cursors.map(settleEmpty), keys);
}

// Moves a cursor that waits at the array on to one of its elements.
function step(cursor: Cursor, arrayStart: number, type: number, start: number): Cursor {
  if (cursor.kind !== 'open' || cursor.found.kind !== 'array' || cursor.found.start !== arrayStart) return cursor;
  const { raw, rest, prefix } = cursor.found;
  if (rest.length === 0) return { kind: 'settled', value: decodeValue(raw, type, start) ?? null };
  if (type !== Type.object) return { kind: 'settled', value: null };
  return { kind: 'open', found: follow(raw, start, rest, prefix) };
}

function settleEmpty(cursor: Cursor): Cursor {
  if (cursor.kind !== 'open' || cursor.found.kind !== 'array') return cursor;
  return { kind: 'settled', value: cursor.found.rest.length === 0 ? undefined : null };
}

function lastPart(prefix: string): string {
  return prefix.slice(prefix.lastIndexOf('.') + 1);
}

function removeDuplicates(keys: unknown[][]): unknown[][] {
  const seen = new Set<string>();
  return keys.filter((key) => {
    const text = encodeKey(key).toString('latin1');
    return seen.has(text) ? false : seen.add(text);
  });
}

/** The value at a dotted path through documents and array positions, without fanning out over arrays. */
export function decodeField(raw: Raw, path: string): unknown {
  let value: unknown = new RawDocument(raw);
  for (const part of path.split('.')) {
    if (value instanceof RawDocument) value = value.get(part);
    else if (Array.isArray(value) && INDEX.test(part)) value = value[Number(part)];
    else return undefined;
  }
  return value;
}
