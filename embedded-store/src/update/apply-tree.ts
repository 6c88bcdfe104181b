import { decodeValue } from '../bson/decode.ts';
import { cstringEnd, type Raw, readInt32, Type, valueEnd } from '../bson/element.ts';
import { BsonWriter } from '../bson/encode.ts';
import { renderField } from '../bson/render.ts';
import { StoreError } from '../bson/store-error.ts';
import { type ModifierCall, REMOVED, type Slice, UNCHANGED } from './modifier.ts';
import { isFilteredPosition, mergeNodes, type UpdateNode } from './update-tree.ts';

/** Tests of array elements by the identifier in `$[identifier]`; the empty one is `$[]`. */
export type ElementFilters = ReadonlyMap<string, (element: Slice) => boolean>;

/** The most nulls that setting an array position beyond the end may add, as in MongoDB. */
const MAX_BACKFILL = 1_500_000;
const EMPTY = new Uint8Array([5, 0, 0, 0, 0]);

/** One for all: no modifier applies another update, and a writer per statement would cost more than the statement. */
const sharedWriter = new BsonWriter();

/** Applies a tree of modifiers to one document at a time. */
export class TreeApplier {
  readonly #writer = sharedWriter;
  readonly #filters: ElementFilters;
  #changed = false;
  #root: Raw = EMPTY;
  #isInsert = false;

  constructor(filters: ElementFilters) {
    this.#filters = filters;
  }

  /** The updated document, or the very same bytes when nothing changed. */
  apply(raw: Raw, tree: UpdateNode, isInsert: boolean): Raw {
    this.#writer.reset();
    this.#changed = false;
    this.#root = raw;
    this.#isInsert = isInsert;
    this.#document(raw, 0, tree, '');
    return this.#changed ? this.#writer.take() : raw;
  }

  #document(raw: Raw, start: number, node: UpdateNode, path: string): void {
    const writer = this.#writer;
    const { order } = node;
    const open = writer.open();
    // Bit i says that order[i] was met; more than 30 children fall back to a set.
    let met = 0;
    const metMany = order.length > 30 ? new Set<number>() : undefined;
    const end = start + readInt32(raw, start) - 1;
    let copied = start + 4;
    let at = copied;
    while (at < end) {
      const type = raw[at]!;
      const value = cstringEnd(raw, at + 1);
      const next = valueEnd(raw, type, value);
      const index = childAt(order, raw, at + 1);
      if (index >= 0) {
        // What lies between touched elements is copied in one piece.
        writer.writeBytes(raw, copied, at);
        copied = next;
        if (metMany) metMany.add(index);
        else met |= 1 << index;
        const { name, node: child } = order[index]!;
        this.#element(raw, at, value, next, child, path === '' ? name : `${path}.${name}`);
      }
      at = next;
    }
    writer.writeBytes(raw, copied, end);
    for (let i = 0; i < order.length; i++) {
      if (metMany ? metMany.has(i) : (met & (1 << i)) !== 0) continue;
      const { name, bytes, node: child } = order[i]!;
      this.#missing(bytes, child, path === '' ? name : `${path}.${name}`);
    }
    writer.close(open);
  }

  #call(path: string): ModifierCall {
    return { root: this.#root, path, isInsert: this.#isInsert };
  }

  // An element of a document that the tree has something for.
  #element(raw: Raw, at: number, value: number, next: number, node: UpdateNode, path: string): void {
    const type = raw[at]!;
    const writer = this.#writer;
    if (node.modifier) {
      const result = node.modifier.apply({ raw, type, start: value }, this.#call(path));
      if (result === UNCHANGED) return writer.writeBytes(raw, at, next);
      this.#changed = true;
      if (result === REMOVED) return;
      writer.writeByte(result.type);
      writer.writeBytes(raw, at + 1, value);
      writer.writeBytes(result.raw, result.start, valueEnd(result.raw, result.type, result.start));
      return;
    }
    writer.writeBytes(raw, at, value);
    this.#inner(raw, type, value, next, node, path);
  }

  // The value of an element that holds what is to be modified; its header is written already.
  #inner(raw: Raw, type: number, value: number, next: number, node: UpdateNode, path: string): void {
    if (type === Type.array) return this.#array(raw, value, node, path);
    if (hasFilteredChild(node)) {
      const shown = renderField(lastPart(path), decodeValue(raw, type, value));
      throw new StoreError(2, `Cannot apply array updates to non-array element ${shown}`);
    }
    if (type === Type.object) return this.#document(raw, value, node, path);
    if (this.#willCreate(node)) {
      const shown = renderField(lastPart(path), decodeValue(raw, type, value));
      throw new StoreError(28, `Cannot create field '${node.order[0]!.name}' in element {${shown}}`);
    }
    this.#writer.writeBytes(raw, value, next);
  }

  #missing(bytes: Uint8Array, node: UpdateNode, path: string): void {
    const writer = this.#writer;
    if (node.modifier) {
      const result = node.modifier.apply({ raw: EMPTY, type: Type.missing, start: 0 }, this.#call(path));
      if (result === UNCHANGED || result === REMOVED) return;
      this.#changed = true;
      writer.copyElement(bytes, result.raw, result.type, result.start);
      return;
    }
    if (hasFilteredChild(node)) {
      throw new StoreError(2, `The path '${path}' must exist in the document in order to apply array updates.`);
    }
    if (!this.#willCreate(node)) return;
    writer.writeHeader(Type.object, bytes);
    this.#document(EMPTY, 0, node, path);
  }

  // $setOnInsert makes nothing in an update, so neither may it make the documents around it.
  #willCreate(node: UpdateNode): boolean {
    if (!node.modifier) return node.order.some(({ node: child }) => this.#willCreate(child));
    if (!node.modifier.createsPath) return false;
    const result = node.modifier.apply({ raw: EMPTY, type: Type.missing, start: 0 }, this.#call(''));
    return result !== UNCHANGED && result !== REMOVED;
  }

  #array(raw: Raw, start: number, node: UpdateNode, path: string): void {
    const isFiltered = hasFilteredChild(node);
    if (!isFiltered) this.#assertPositions(raw, start, node, path);
    const writer = this.#writer;
    const open = writer.open();
    const end = start + readInt32(raw, start) - 1;
    let at = start + 4;
    let length = 0;
    for (; at < end; length++) {
      const type = raw[at]!;
      const value = cstringEnd(raw, at + 1);
      const next = valueEnd(raw, type, value);
      const slice = { raw, type, start: value };
      const child = isFiltered ? this.#selected(slice, node, `${path}.${length}`) : node.children.get(String(length));
      if (child) this.#arrayElement(slice, next, child, length, `${path}.${length}`);
      else writer.writeBytes(raw, at, next);
      at = next;
    }
    if (!isFiltered) this.#append(node, length, path);
    writer.close(open);
  }

  #assertPositions(raw: Raw, start: number, node: UpdateNode, path: string): void {
    const wrong = node.order.find(({ name, node: child }) => !/^\d+$/.test(name) && this.#willCreate(child));
    if (!wrong) return;
    const shown = renderField(lastPart(path), decodeValue(raw, Type.array, start));
    throw new StoreError(28, `Cannot create field '${wrong.name}' in element {${shown}}`);
  }

  #selected(element: Slice, node: UpdateNode, path: string): UpdateNode | undefined {
    const nodes = node.order.filter(({ name }) => this.#isSelected(name, element)).map(({ node: child }) => child);
    return nodes.length === 0 ? undefined : mergeNodes(nodes, path);
  }

  #isSelected(name: string, element: Slice): boolean {
    const identifier = name.slice(2, -1);
    return identifier === '' || (this.#filters.get(identifier)?.(element) ?? false);
  }

  #arrayElement(slice: Slice, next: number, node: UpdateNode, index: number, path: string): void {
    const writer = this.#writer;
    const { raw, type, start } = slice;
    if (!node.modifier) {
      writer.writeIndexHeader(type, index);
      return this.#inner(raw, type, start, next, node, path);
    }
    const result = node.modifier.apply(slice, this.#call(path));
    if (result === UNCHANGED) {
      writer.writeIndexHeader(type, index);
      return writer.writeBytes(raw, start, next);
    }
    this.#changed = true;
    // A position cannot be taken out of an array without moving the rest: it becomes null.
    if (result === REMOVED) return writer.writeIndexHeader(Type.null, index);
    writer.writeIndexHeader(result.type, index);
    writer.writeBytes(result.raw, result.start, valueEnd(result.raw, result.type, result.start));
  }

  #append(node: UpdateNode, length: number, path: string): void {
    const writer = this.#writer;
    let index = length;
    for (const { name, bytes, node: child } of node.order) {
      const position = /^\d+$/.test(name) ? Number(name) : -1;
      if (position < length || !this.#willCreate(child)) continue;
      if (position - index > MAX_BACKFILL) {
        throw new StoreError(
          2,
          `cannot backfill array to larger than ${MAX_BACKFILL} elements (path '${path}.${name}')`,
        );
      }
      while (index < position) writer.writeIndexHeader(Type.null, index++);
      this.#missing(bytes, child, `${path}.${name}`);
      index = position + 1;
    }
  }
}

function hasFilteredChild(node: UpdateNode): boolean {
  const [first] = node.order;
  return first !== undefined && isFilteredPosition(first.name);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function childAt(order: UpdateNode['order'], raw: Raw, at: number): number {
  for (let i = 0; i < order.length; i++) {
    const { bytes } = order[i]!;
    let k = 0;
    while (k < bytes.length && raw[at + k] === bytes[k]) k++;
    if (k === bytes.length) return i;
  }
  return -1;
}
