import type { Scope } from '../../aggregate/expression/context.ts';
import { cstringEnd, type Raw, readInt32, Type, valueEnd } from '../../bson/element.ts';
import type { BsonWriter } from '../../bson/encode.ts';
import { typeOf } from '../../bson/value.ts';
import { childAt, type ProjectionChild, type ProjectionNode } from './projection-tree.ts';

const EMPTY = new Uint8Array([5, 0, 0, 0, 0]);

/**
 * Writes the document at `start` with the computed fields of the tree set: in place where the field exists, else at
 * the end in the order of the tree. A missing value removes the field. On the way to a nested field an array is
 * entered element by element, and whatever is no document becomes one.
 */
export function applyComputed(writer: BsonWriter, raw: Raw, start: number, node: ProjectionNode, scope: Scope): void {
  const open = writer.open();
  const pending = new Set(node.children);
  const end = start + readInt32(raw, start) - 1;
  let at = start + 4;
  while (at < end) {
    const type = raw[at]!;
    const value = cstringEnd(raw, at + 1);
    const next = valueEnd(raw, type, value);
    const child = childAt(node, raw, at + 1);
    if (!child || !isComputed(child)) {
      writer.writeBytes(raw, at, next);
    } else {
      pending.delete(child);
      writeComputed(writer, child, raw, type, value, scope);
    }
    at = next;
  }
  for (const child of pending) {
    if (isComputed(child)) writeComputed(writer, child, EMPTY, Type.missing, 0, scope);
  }
  writer.close(open);
}

function isComputed(child: ProjectionChild): boolean {
  return child.leaf?.kind === 'compute' || child.node?.isComputed === true;
}

function writeComputed(
  writer: BsonWriter,
  child: ProjectionChild,
  raw: Raw,
  type: number,
  start: number,
  scope: Scope,
): void {
  if (child.leaf?.kind === 'compute') {
    const value = child.leaf.evaluate(scope);
    const valueType = typeOf(value);
    if (valueType === Type.missing) return;
    writer.writeHeader(valueType, child.encodedName);
    writer.writeValue(valueType, value);
  } else if (child.node) {
    writer.writeHeader(type === Type.array ? Type.array : Type.object, child.encodedName);
    writeInto(writer, child.node, raw, type, start, scope);
  }
}

function writeInto(
  writer: BsonWriter,
  node: ProjectionNode,
  raw: Raw,
  type: number,
  start: number,
  scope: Scope,
): void {
  if (type === Type.object) return applyComputed(writer, raw, start, node, scope);
  if (type !== Type.array) return applyComputed(writer, EMPTY, 0, node, scope);
  const open = writer.open();
  const end = start + readInt32(raw, start) - 1;
  let at = start + 4;
  for (let index = 0; at < end; index++) {
    const elementType = raw[at]!;
    const value = cstringEnd(raw, at + 1);
    writer.writeIndexHeader(elementType === Type.array ? Type.array : Type.object, index);
    writeInto(writer, node, raw, elementType, value, scope);
    at = valueEnd(raw, elementType, value);
  }
  writer.close(open);
}
