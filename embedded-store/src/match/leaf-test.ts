import { decodeString, decodeUtf8, decodeValue } from '../bson/decode.ts';
import { cstringEnd, forEachElement, type Raw, readInt32, Type, valueEnd } from '../bson/element.ts';
import { encodeRawKey, encodeKey } from '../bson/key.ts';
import { type BsonNumber, isNumberType, toBigInt, toDouble, toSafeInteger } from '../bson/number.ts';
import { compileComparison } from './comparison.ts';
import type { BitOperator, FilterNode, Leaf } from './filter-node.ts';
import type { DocumentTest, ElementTest } from './path-walk.ts';
import { compileRegex } from './regex.ts';

/** From how many values on `$in` looks a key up instead of comparing one by one. */
const SET_THRESHOLD = 8;

/** How the nodes inside `$elemMatch` are compiled; passed in, since they hold leaves in turn. */
export interface NodeCompiler {
  document: (node: FilterNode) => DocumentTest;
  element: (node: FilterNode) => ElementTest;
}

export function compileLeaf(leaf: Leaf, nodes: NodeCompiler): ElementTest {
  switch (leaf.kind) {
    case 'compare':
      return compileComparison(leaf.op, leaf.value);
    case 'in':
      return compileIn(leaf.values, leaf.regexes);
    case 'regex':
      return compileRegexTest(leaf.pattern, leaf.flags);
    case 'exists':
      return (_raw, type) => type !== Type.missing;
    case 'type':
      return (_raw, type) => leaf.types.has(type);
    case 'mod':
      return compileMod(leaf.divisor, leaf.remainder);
    case 'size':
      return (raw, type, start) => type === Type.array && countElements(raw, start, leaf.size) === leaf.size;
    case 'bits':
      return compileBits(leaf.op, leaf.positions);
    case 'element-filter':
    case 'element-test': {
      const find = compileElementSearch(leaf, nodes);
      return (raw, type, start) => type === Type.array && find(raw, start) >= 0;
    }
  }
}

/** The position of the first element of the array at `start` that `$elemMatch` accepts, or -1. */
export function compileElementSearch(
  leaf: Extract<Leaf, { kind: 'element-filter' | 'element-test' }>,
  nodes: NodeCompiler,
): (raw: Raw, start: number) => number {
  const test = leaf.kind === 'element-test' ? nodes.element(leaf.test) : filterElement(nodes.document(leaf.filter));
  return (raw, start) => {
    const end = start + readInt32(raw, start) - 1;
    let at = start + 4;
    for (let index = 0; at < end; index++) {
      const type = raw[at]!;
      const value = cstringEnd(raw, at + 1);
      if (test(raw, type, value)) return index;
      at = valueEnd(raw, type, value);
    }
    return -1;
  };
}

// An array within an array is looked into as a document whose fields are its positions.
function filterElement(test: DocumentTest): ElementTest {
  return (raw, type, start) => (type === Type.object || type === Type.array) && test(raw, start);
}

function countElements(raw: Raw, start: number, limit: number): number {
  let count = 0;
  forEachElement(raw, start, () => ++count <= limit);
  return count;
}

function compileIn(values: unknown[], regexes: { pattern: string; flags: string }[]): ElementTest {
  const patterns = regexes.map(({ pattern, flags }) => compileRegexTest(pattern, flags));
  const equal = values.length < SET_THRESHOLD ? anyOf(values.map((v) => compileComparison('$eq', v))) : inSet(values);
  if (patterns.length === 0) return equal;
  const anyPattern = anyOf(patterns);
  return (raw, type, start) => equal(raw, type, start) || anyPattern(raw, type, start);
}

function anyOf(tests: ElementTest[]): ElementTest {
  const [first, second] = tests;
  if (first === undefined) return () => false;
  if (second === undefined) return first;
  return (raw, type, start) => {
    for (let i = 0; i < tests.length; i++) if (tests[i]!(raw, type, start)) return true;
    return false;
  };
}

function inSet(values: unknown[]): ElementTest {
  const strings = new Set<string>();
  const keys = new Set<string>();
  let hasNull = false;
  for (const value of values) {
    if (typeof value === 'string') strings.add(value);
    else if (value === null || value === undefined) hasNull = true;
    else keys.add(encodeKey([value]).toString('latin1'));
  }
  return (raw, type, start) => {
    if (type === Type.string || type === Type.symbol) return strings.has(decodeString(raw, start));
    if (type === Type.missing || type === Type.null || type === Type.undefined) return hasNull;
    return keys.size > 0 && keys.has(encodeRawKey(raw, type, start).toString('latin1'));
  };
}

function compileRegexTest(pattern: string, flags: string): ElementTest {
  const regex = compileRegex(pattern, flags);
  return (raw, type, start) => {
    if (type === Type.string || type === Type.symbol) return regex.test(decodeString(raw, start));
    if (type !== Type.regex) return false;
    // A stored regular expression matches when it is the very same.
    const next = cstringEnd(raw, start);
    return decodeUtf8(raw, start, next - 1) === pattern && decodeUtf8(raw, next, cstringEnd(raw, next) - 1) === flags;
  };
}

function compileMod(divisor: bigint, remainder: bigint): ElementTest {
  return (raw, type, start) => {
    if (!isNumberType(type)) return false;
    const value = decodeValue(raw, type, start) as BsonNumber;
    const number = toDouble(value);
    if (!Number.isFinite(number) || Math.abs(number) >= 2 ** 63) return false;
    return toBigInt(value) % divisor === remainder;
  };
}

function compileBits(op: BitOperator, positions: readonly number[]): ElementTest {
  const wanted = op === '$bitsAllSet' || op === '$bitsAnySet';
  const isAll = op === '$bitsAllSet' || op === '$bitsAllClear';
  return (raw, type, start) => {
    const isSet = bitReader(raw, type, start);
    if (isSet === undefined) return false;
    for (const position of positions) if ((isSet(position) === wanted) !== isAll) return !isAll;
    return isAll;
  };
}

function bitReader(raw: Raw, type: number, start: number): ((position: number) => boolean) | undefined {
  if (type === Type.binary) {
    const length = readInt32(raw, start);
    return (bit) => bit >> 3 < length && (raw[start + 5 + (bit >> 3)]! & (1 << (bit & 7))) !== 0;
  }
  if (!isNumberType(type)) return undefined;
  const value = decodeValue(raw, type, start) as BsonNumber;
  // A fraction or a number beyond 64 bits has no bits.
  if (type !== Type.int64 && toSafeInteger(value) === undefined && !isWholeInt64(toDouble(value))) return undefined;
  const bits = toBigInt(value);
  // Two's complement: past the 64th bit the sign goes on.
  return (bit) => ((bits >> BigInt(Math.min(bit, 63))) & 1n) === 1n;
}

function isWholeInt64(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63;
}
