import { describeType } from '../aggregate/expression/arguments.ts';
import { compareBy } from '../aggregate/expression/sort-pattern.ts';
import { compareRaw } from '../bson/compare.ts';
import { forEachElement, type Raw, Type, valueEnd } from '../bson/element.ts';
import { BsonWriter } from '../bson/encode.ts';
import { isNumber, toDouble, toSafeInteger } from '../bson/number.ts';
import { StoreError } from '../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument } from '../bson/value.ts';
import { compileFilter } from '../match/compile-filter.ts';
import { isRegex, startsWithDollar } from '../match/path-operators.ts';
import {
  describeDocument,
  isMissing,
  isSameSlice,
  type Modifier,
  type ModifierCall,
  type Slice,
  sliceOf,
  UNCHANGED,
  valueOf,
} from './modifier.ts';

function elementsOf(array: Slice): Slice[] {
  const elements: Slice[] = [];
  forEachElement(array.raw, array.start, (type, _name, start) => {
    elements.push({ raw: array.raw, type, start });
  });
  return elements;
}

const writer = new BsonWriter();

function arrayOf(elements: readonly Slice[]): Slice {
  writer.reset();
  const open = writer.open();
  for (const [i, { raw, type, start }] of elements.entries()) {
    writer.writeIndexHeader(type, i);
    writer.writeBytes(raw, start, valueEnd(raw, type, start));
  }
  writer.close(open);
  return { raw: writer.take(), type: Type.array, start: 0 };
}

const compareSlices = (a: Slice, b: Slice): number => compareRaw(a.raw, a.type, a.start, b.raw, b.type, b.start);

interface Push {
  each: Slice[];
  position: number | undefined;
  slice: number | undefined;
  sort: ((a: unknown, b: unknown) => number) | undefined;
}

function isEach(argument: unknown): argument is AnyDocument {
  return isDocument(argument) && [...entriesOf(argument)].some(([name]) => name === '$each');
}

function readPush(argument: unknown): Push {
  if (!isEach(argument)) return { each: [sliceOf(argument)], position: undefined, slice: undefined, sort: undefined };
  const given = new Map(entriesOf(argument));
  for (const key of given.keys()) {
    if (!['$each', '$slice', '$sort', '$position'].includes(key)) {
      throw new StoreError(2, `Unrecognized clause in $push: ${key}`);
    }
  }
  const each = given.get('$each');
  if (!Array.isArray(each)) {
    throw new StoreError(
      2,
      `The argument to $each in $push must be an array but it was of type: ${describeType(each)}`,
    );
  }
  return {
    each: each.map((value: unknown) => sliceOf(value)),
    position: readInteger(given, '$position'),
    slice: readInteger(given, '$slice'),
    sort: given.has('$sort') ? compareBy(given.get('$sort')) : undefined,
  };
}

function readInteger(given: ReadonlyMap<string, unknown>, key: string): number | undefined {
  if (!given.has(key)) return undefined;
  const number = toSafeInteger(given.get(key));
  if (number === undefined) {
    throw new StoreError(
      2,
      `The value for ${key} must be an integer value but was given type: ${describeType(given.get(key))}`,
    );
  }
  return number;
}

export function push(argument: unknown): Modifier {
  const { each, position, slice, sort } = readPush(argument);
  return {
    createsPath: true,
    apply: (old, call) => {
      let elements = isMissing(old) ? [] : pushTarget(old, call);
      elements.splice(position ?? elements.length, 0, ...each);
      if (sort) elements = sortElements(elements, sort);
      const kept = slice === undefined ? elements : slice < 0 ? elements.slice(slice) : elements.slice(0, slice);
      const result = arrayOf(kept);
      return isSameSlice(old, result) ? UNCHANGED : result;
    },
  };
}

// Each element is decoded once, not at every comparison.
function sortElements(elements: Slice[], compare: (a: unknown, b: unknown) => number): Slice[] {
  return elements
    .map((slice) => ({ slice, value: valueOf(slice) }))
    .sort((a, b) => compare(a.value, b.value))
    .map(({ slice }) => slice);
}

function pushTarget(old: Slice, call: ModifierCall): Slice[] {
  if (old.type === Type.array) return elementsOf(old);
  throw new StoreError(
    2,
    `The field '${call.path}' must be an array but is of type ${describeType(valueOf(old))} in document ${describeDocument(call.root)}`,
  );
}

export function addToSet(argument: unknown): Modifier {
  let values: unknown[] = [argument];
  if (isEach(argument)) {
    const given = new Map(entriesOf(argument));
    const each = given.get('$each');
    const [other] = [...given.keys()].filter((key) => key !== '$each');
    if (other !== undefined) throw new StoreError(2, `Found unexpected fields after $each in $addToSet: ${other}`);
    if (!Array.isArray(each)) {
      throw new StoreError(
        14,
        `The argument to $each in $addToSet must be an array but it was of type ${describeType(each)}`,
      );
    }
    values = each;
  }
  const slices = values.map(sliceOf);
  return {
    createsPath: true,
    apply: (old, call) => {
      if (!isMissing(old) && old.type !== Type.array) {
        throw new StoreError(
          2,
          `Cannot apply $addToSet to non-array field. Field named '${lastPart(call.path)}' has non-array type ${describeType(valueOf(old))}`,
        );
      }
      const elements = isMissing(old) ? [] : elementsOf(old);
      const before = elements.length;
      for (const slice of slices) {
        if (!elements.some((known) => compareSlices(known, slice) === 0)) elements.push(slice);
      }
      return elements.length === before && !isMissing(old) ? UNCHANGED : arrayOf(elements);
    },
  };
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

export function pop(argument: unknown): Modifier {
  const end = isNumber(argument) ? toDouble(argument) : undefined;
  if (end !== 1 && end !== -1) throw new StoreError(9, `$pop expects 1 or -1, found: ${end ?? describeType(argument)}`);
  return {
    createsPath: false,
    apply: (old, call) => {
      if (isMissing(old)) return UNCHANGED;
      if (old.type !== Type.array) {
        throw new StoreError(
          14,
          `Path '${call.path}' contains an element of non-array type '${describeType(valueOf(old))}'`,
        );
      }
      const elements = elementsOf(old);
      if (elements.length === 0) return UNCHANGED;
      return arrayOf(end === 1 ? elements.slice(0, -1) : elements.slice(1));
    },
  };
}

function removing(name: string, isUnwanted: (element: Slice) => boolean): Modifier {
  return {
    createsPath: false,
    apply: (old) => {
      if (isMissing(old)) return UNCHANGED;
      if (old.type !== Type.array) throw new StoreError(2, `Cannot apply ${name} to a non-array value`);
      const elements = elementsOf(old);
      const kept = elements.filter((element) => !isUnwanted(element));
      return kept.length === elements.length ? UNCHANGED : arrayOf(kept);
    },
  };
}

export function pullAll(argument: unknown): Modifier {
  if (!Array.isArray(argument)) {
    throw new StoreError(2, `$pullAll requires an array argument but was given a ${describeType(argument)}`);
  }
  const unwanted = argument.map((value: unknown) => sliceOf(value));
  return removing('$pullAll', (element) => unwanted.some((value) => compareSlices(value, element) === 0));
}

export function pull(argument: unknown): Modifier {
  if (isDocument(argument) && !startsWithDollar(argument)) {
    const { test } = compileFilter(argument);
    return removing('$pull', ({ raw, type, start }) => type === Type.object && test(raw.subarray(start)));
  }
  if (startsWithDollar(argument) || isRegex(argument)) {
    const test = compileWrapped('element', { element: argument });
    return removing('$pull', test);
  }
  const value = sliceOf(argument);
  return removing('$pull', (element) => compareSlices(value, element) === 0);
}

/** A filter over single values: each is tested as the field `name` of a document of its own. */
export function compileWrapped(name: string, filter: AnyDocument): (element: Slice) => boolean {
  const { test } = compileFilter(filter);
  const wrapper = new BsonWriter();
  const encodedName = new Uint8Array(Buffer.from(`${name}\0`));
  return ({ raw, type, start }) => {
    wrapper.reset();
    const open = wrapper.open();
    wrapper.copyElement(encodedName, raw, type, start);
    wrapper.close(open);
    const document: Raw = wrapper.take();
    return test(document);
  };
}
