import { serialize, type Document } from 'bson';
import { describe, expect, it } from 'vitest';
import { decodeField, indexKeys, RawDocument, StoreError } from './index.ts';

function keysOf(document: Document, paths: string[], sparse = false): unknown[][] {
  const fields = paths.map((path) => [path, 1] as const);
  const { keys } = indexKeys(serialize(document), { fields, sparse });
  return keys.map((key) =>
    key.map((value) => (value instanceof RawDocument ? Object.fromEntries(value.entries()) : value)),
  );
}

describe('indexKeys', () => {
  it.each<[string, Document, string[], unknown[][]]>([
    ['takes a top-level value', { a: 1 }, ['a'], [[1]]],
    ['takes null for a missing field', { b: 1 }, ['a'], [[null]]],
    ['follows a dotted path', { a: { b: 2 } }, ['a.b'], [[2]]],
    ['takes null where the path meets a scalar', { a: 5 }, ['a.b'], [[null]]],
    ['has one entry per array element', { a: [1, 2] }, ['a'], [[1], [2]]],
    ['drops equal entries', { a: [1, 1, 2] }, ['a'], [[1], [2]]],
    ['indexes an empty array as undefined', { a: [] }, ['a'], [[undefined]]],
    ['indexes a path below an empty array as null', { a: [] }, ['a.b'], [[null]]],
    ['expands an array of documents', { a: [{ b: 1 }, { b: 2 }, 3] }, ['a.b'], [[1], [2], [null]]],
    ['keeps a nested array whole', { a: [[1, 2], 3] }, ['a'], [[[1, 2]], [3]]],
    [
      'pairs fields of the same array element',
      { a: [{ b: 1, c: 2 }, { b: 3 }] },
      ['a.b', 'a.c'],
      [
        [1, 2],
        [3, null],
      ],
    ],
    [
      'combines an array with a scalar',
      { a: [1, 2], b: 9 },
      ['a', 'b'],
      [
        [1, 9],
        [2, 9],
      ],
    ],
    ['expands arrays within arrays of documents', { a: [{ b: [1, 2] }, { b: 3 }] }, ['a.b'], [[1], [2], [3]]],
    ['follows an array position', { a: [7, 8] }, ['a.1'], [[8]]],
  ])('%s', (_name, document, paths, expected) => {
    expect(keysOf(document, paths)).toEqual(expected);
  });

  it('has no entry in a sparse index when every field is missing, and one when any is there', () => {
    expect(keysOf({ x: 1 }, ['a', 'b'], true)).toEqual([]);
    expect(keysOf({ a: null }, ['a', 'b'], true)).toEqual([[null, null]]);
  });

  it('refuses parallel arrays with 171', () => {
    const act = () => keysOf({ a: [1], b: [2] }, ['a', 'b']);
    expect(act).toThrow(StoreError);
    expect(act).toThrow(/cannot index parallel arrays \[b\] \[a\]/);
  });
});

describe('decodeField', () => {
  it('follows documents and positions, and is undefined elsewhere', () => {
    const raw = serialize({ a: [{ b: 'x' }] });
    expect(decodeField(raw, 'a.0.b')).toBe('x');
    expect(decodeField(raw, 'a.b')).toBeUndefined();
    expect(decodeField(raw, 'z')).toBeUndefined();
  });
});
