import { encodeName, findElement, type Raw, readInt32, Type, cstringEnd, valueEnd } from '../bson/element.ts';

/** Answers for one element; `type` 0 stands for a missing one. */
export type ElementTest = (raw: Raw, type: number, start: number) => boolean;
/** Answers for the document that starts at an offset. */
export type DocumentTest = (raw: Raw, start: number) => boolean;

/** A dotted path, cut up and encoded once. */
export interface Path {
  names: Uint8Array[];
  /** Each component as an array position, or -1. */
  indexes: number[];
  last: number;
}

const INDEX = /^(0|[1-9]\d{0,8})$/;

export function compilePath(path: string): Path {
  const parts = path.split('.');
  return {
    names: parts.map(encodeName),
    indexes: parts.map((part) => (INDEX.test(part) ? Number(part) : -1)),
    last: parts.length - 1,
  };
}

/*
 * MongoDB's rules for following a path (its manual: "Query an Array", "Query an Array of Embedded Documents"):
 * an array on the way is entered element by element, but only elements that are documents are looked into;
 * a component that is a number also means the position; at the end an array counts as each of its elements and as
 * itself. A path that ends nowhere in a document yields "missing"; one that ends among scalars in an array yields
 * nothing at all. The walk stops at the first element that passes.
 */

/** A test of a document out of a test of what its path leads to. */
export function testAtPath(path: Path, test: ElementTest, intoArrays: boolean): DocumentTest {
  const [name] = path.names;
  if (path.last > 0 || name === undefined) return (raw, start) => walk(raw, start, path, 0, test, intoArrays);
  const nameLength = name.length;
  return (raw, start) => {
    const at = findElement(raw, start, name);
    if (at < 0) return test(raw, Type.missing, 0);
    const type = raw[at]!;
    if (type === Type.array && intoArrays) return walkArray(raw, at + 1 + nameLength, path, 0, test, true);
    return test(raw, type, at + 1 + nameLength);
  };
}

function walk(raw: Raw, start: number, path: Path, depth: number, test: ElementTest, intoArrays: boolean): boolean {
  let position = start;
  for (let i = depth; ; i++) {
    const name = path.names[i]!;
    const at = findElement(raw, position, name);
    if (at < 0) return test(raw, Type.missing, 0);
    const type = raw[at]!;
    position = at + 1 + name.length;
    if (type === Type.array) return walkArray(raw, position, path, i, test, intoArrays);
    if (i === path.last) return test(raw, type, position);
    if (type !== Type.object) return test(raw, Type.missing, 0);
  }
}

function walkArray(
  raw: Raw,
  start: number,
  path: Path,
  depth: number,
  test: ElementTest,
  intoArrays: boolean,
): boolean {
  const isLast = depth === path.last;
  if (isLast && !intoArrays) return test(raw, Type.array, start);
  const end = start + readInt32(raw, start) - 1;
  let at = start + 4;
  for (let index = 0; at < end; index++) {
    const type = raw[at]!;
    const value = cstringEnd(raw, at + 1);
    if (isLast ? test(raw, type, value) : walkElement(raw, type, value, index, path, depth, test, intoArrays)) {
      return true;
    }
    at = valueEnd(raw, type, value);
  }
  return isLast && test(raw, Type.array, start);
}

function walkElement(
  raw: Raw,
  type: number,
  start: number,
  index: number,
  path: Path,
  depth: number,
  test: ElementTest,
  intoArrays: boolean,
): boolean {
  if (type === Type.object && walk(raw, start, path, depth + 1, test, intoArrays)) return true;
  if (index !== path.indexes[depth + 1]) return false;
  if (depth + 1 === path.last) return test(raw, type, start);
  if (type === Type.object) return walk(raw, start, path, depth + 2, test, intoArrays);
  return type === Type.array && walkArray(raw, start, path, depth + 1, test, intoArrays);
}

/** No element passed. */
export const NO_MATCH = -2;
/** An element passed, and no array was entered on the way to it. */
export const NO_ARRAY = -1;

/** The position in the outermost array on the way to the first element that passes, or NO_ARRAY or NO_MATCH. */
export function findArrayIndex(raw: Raw, start: number, path: Path, test: ElementTest, intoArrays: boolean): number {
  let position = start;
  for (let i = 0; ; i++) {
    const name = path.names[i]!;
    const at = findElement(raw, position, name);
    if (at < 0) return test(raw, Type.missing, 0) ? NO_ARRAY : NO_MATCH;
    const type = raw[at]!;
    position = at + 1 + name.length;
    if (type === Type.array) return findInArray(raw, position, path, i, test, intoArrays);
    if (i === path.last) return test(raw, type, position) ? NO_ARRAY : NO_MATCH;
    if (type !== Type.object) return test(raw, Type.missing, 0) ? NO_ARRAY : NO_MATCH;
  }
}

function findInArray(raw: Raw, start: number, path: Path, depth: number, test: ElementTest, into: boolean): number {
  const isLast = depth === path.last;
  if (!isLast || into) {
    const end = start + readInt32(raw, start) - 1;
    let at = start + 4;
    for (let index = 0; at < end; index++) {
      const type = raw[at]!;
      const value = cstringEnd(raw, at + 1);
      if (isLast ? test(raw, type, value) : walkElement(raw, type, value, index, path, depth, test, into)) return index;
      at = valueEnd(raw, type, value);
    }
  }
  return isLast && test(raw, Type.array, start) ? NO_ARRAY : NO_MATCH;
}
