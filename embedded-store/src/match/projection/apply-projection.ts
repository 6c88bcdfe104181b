import { cstringEnd, type Raw, readInt32, Type, valueEnd } from '../../bson/element.ts';
import type { BsonWriter } from '../../bson/encode.ts';
import { StoreError } from '../../bson/store-error.ts';
import { childAt, type ProjectionLeaf, type ProjectionNode } from './projection-tree.ts';

/** What one document's projection needs besides its bytes. */
export interface ProjectionRun {
  writer: BsonWriter;
  isInclusion: boolean;
  /** Where the filter matched in an array, for `path.$`. */
  arrayIndex: () => number | undefined;
}

/** Writes the document at `start` with the fields that the tree keeps; computed ones are left to applyComputed. */
export function projectDocument(run: ProjectionRun, raw: Raw, start: number, node: ProjectionNode): void {
  const { writer } = run;
  const open = writer.open();
  const end = start + readInt32(raw, start) - 1;
  let at = start + 4;
  while (at < end) {
    const type = raw[at]!;
    const value = cstringEnd(raw, at + 1);
    const next = valueEnd(raw, type, value);
    const child = childAt(node, raw, at + 1);
    if (!child) {
      if (!run.isInclusion) writer.writeBytes(raw, at, next);
    } else if (child.leaf) {
      projectLeaf(run, child.leaf, raw, at, value, next);
    } else if (child.node) {
      projectNested(run, raw, at, value, next, child.node);
    }
    at = next;
  }
  writer.close(open);
}

function projectNested(
  run: ProjectionRun,
  raw: Raw,
  at: number,
  value: number,
  next: number,
  node: ProjectionNode,
): void {
  const type = raw[at]!;
  const { writer } = run;
  if (type !== Type.object && type !== Type.array) {
    if (!run.isInclusion) writer.writeBytes(raw, at, next);
    return;
  }
  writer.writeBytes(raw, at, value);
  if (type === Type.object) projectDocument(run, raw, value, node);
  else if (isPositional(node)) projectMatchedElement(run, raw, value, node);
  else projectArray(run, raw, value, node);
}

function projectArray(run: ProjectionRun, raw: Raw, start: number, node: ProjectionNode): void {
  const { writer } = run;
  const open = writer.open();
  const end = start + readInt32(raw, start) - 1;
  let index = 0;
  let at = start + 4;
  while (at < end) {
    const type = raw[at]!;
    const value = cstringEnd(raw, at + 1);
    const next = valueEnd(raw, type, value);
    if (type === Type.object || type === Type.array) {
      writer.writeIndexHeader(type, index++);
      if (type === Type.object) projectDocument(run, raw, value, node);
      else projectArray(run, raw, value, node);
    } else if (!run.isInclusion) {
      writer.writeIndexHeader(type, index++);
      writer.writeBytes(raw, value, next);
    }
    at = next;
  }
  writer.close(open);
}

function projectLeaf(
  run: ProjectionRun,
  leaf: ProjectionLeaf,
  raw: Raw,
  at: number,
  value: number,
  next: number,
): void {
  const { writer } = run;
  const isArray = raw[at] === Type.array;
  switch (leaf.kind) {
    case 'include':
      return writer.writeBytes(raw, at, next);
    case 'slice':
      if (!isArray) return writer.writeBytes(raw, at, next);
      return copyElements(writer, raw, at, value, sliceRange(countElements(raw, value), leaf));
    case 'elem-match': {
      const index = isArray ? leaf.find(raw, value) : -1;
      if (index >= 0) copyElements(writer, raw, at, value, [index, index + 1]);
      return;
    }
    case 'positional': {
      if (!isArray) return writer.writeBytes(raw, at, next);
      const index = matchedIndex(run);
      return copyElements(writer, raw, at, value, [index, index + 1]);
    }
    default:
      return undefined;
  }
}

function isPositional(node: ProjectionNode): boolean {
  return node.children.some((child) => child.leaf?.kind === 'positional' || (child.node && isPositional(child.node)));
}

// `a.b.$` where `a` is the array: its matched element is kept, with what the projection says of `b`.
function projectMatchedElement(run: ProjectionRun, raw: Raw, start: number, node: ProjectionNode): void {
  const wanted = matchedIndex(run);
  const inclusive = { ...run, arrayIndex: () => 0 };
  const { writer } = run;
  const open = writer.open();
  forElement(raw, start, wanted, (type, value) => {
    if (type !== Type.object) return;
    writer.writeIndexHeader(type, 0);
    projectDocument(inclusive, raw, value, node);
  });
  writer.close(open);
}

function matchedIndex(run: ProjectionRun): number {
  const index = run.arrayIndex();
  if (index === undefined) {
    throw new StoreError(51246, "positional operator '.$' couldn't find a matching element in the array");
  }
  return index;
}

function forElement(raw: Raw, start: number, wanted: number, visit: (type: number, value: number) => void): void {
  const end = start + readInt32(raw, start) - 1;
  let at = start + 4;
  for (let index = 0; at < end; index++) {
    const value = cstringEnd(raw, at + 1);
    if (index === wanted) return visit(raw[at]!, value);
    at = valueEnd(raw, raw[at]!, value);
  }
}

function countElements(raw: Raw, start: number): number {
  const end = start + readInt32(raw, start) - 1;
  let count = 0;
  for (let at = start + 4; at < end; count++) at = valueEnd(raw, raw[at]!, cstringEnd(raw, at + 1));
  return count;
}

function sliceRange(length: number, { skip, limit }: { skip: number; limit: number }): [number, number] {
  const from = skip < 0 ? Math.max(0, length + skip) : Math.min(skip, length);
  return [from, Math.min(length, from + limit)];
}

function copyElements(writer: BsonWriter, raw: Raw, at: number, start: number, [from, to]: [number, number]): void {
  writer.writeBytes(raw, at, start);
  const open = writer.open();
  const end = start + readInt32(raw, start) - 1;
  let element = start + 4;
  for (let index = 0; element < end && index < to; index++) {
    const type = raw[element]!;
    const value = cstringEnd(raw, element + 1);
    const next = valueEnd(raw, type, value);
    if (index >= from) {
      writer.writeIndexHeader(type, index - from);
      writer.writeBytes(raw, value, next);
    }
    element = next;
  }
  writer.close(open);
}
