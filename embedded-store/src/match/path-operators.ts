import { BSONRegExp, type Binary } from 'bson';
import { Type } from '../bson/element.ts';
import { regexParts } from '../bson/encode.ts';
import { type BsonNumber, isNumber, toBigInt, toDouble, toSafeInteger } from '../bson/number.ts';
import { StoreError } from '../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument, typeOf } from '../bson/value.ts';
import type { BitOperator, ComparisonOperator, FilterNode, Leaf } from './filter-node.ts';
import { compileRegex } from './regex.ts';
import { typesOf } from './type-alias.ts';

export interface OperatorArguments {
  path: string;
  name: string;
  argument: unknown;
  /** All operators of the same document, for $regex and its $options. */
  siblings: ReadonlyMap<string, unknown>;
  parseFilter: (filter: AnyDocument) => FilterNode;
  parseOperators: (path: string, operators: AnyDocument) => FilterNode[];
}

type OperatorParser = (call: OperatorArguments) => FilterNode | undefined;

const bad = (message: string): StoreError => new StoreError(2, message);
const leafAt = (path: string, leaf: Leaf): FilterNode => ({ kind: 'leaf', path, leaf });
const allOf = (children: FilterNode[]): FilterNode => {
  const [only] = children;
  return children.length === 1 && only ? only : { kind: 'and', children };
};
export const isRegex = (value: unknown): value is RegExp | BSONRegExp =>
  value instanceof RegExp || value instanceof BSONRegExp;

/** Whether a value is `{$op: ...}` and not a document to compare with; a DBRef is the latter. */
export function startsWithDollar(value: unknown): value is AnyDocument {
  if (!isDocument(value)) return false;
  for (const [first] of entriesOf(value)) return first.startsWith('$') && !/^\$(ref|id|db)$/.test(first);
  return false;
}

const compare: OperatorParser = ({ path, name, argument }) => {
  if (typeOf(argument) === Type.missing) throw bad('cannot compare to undefined');
  if (isRegex(argument) && name !== '$eq') {
    throw bad(`Can't have RegEx as arg to predicate over field '${path}'.`);
  }
  return leafAt(path, { kind: 'compare', op: name as ComparisonOperator, value: argument });
};

function parseIn({ path, name, argument }: OperatorArguments): FilterNode {
  if (!Array.isArray(argument)) throw bad(`${name} needs an array`);
  const values: unknown[] = [];
  const regexes: { pattern: string; flags: string }[] = [];
  for (const value of argument) {
    if (startsWithDollar(value)) throw bad(`cannot nest $ under ${name}`);
    if (isRegex(value)) regexes.push(regexParts(value));
    else values.push(value === undefined ? null : value);
  }
  return leafAt(path, { kind: 'in', values, regexes });
}

const not: OperatorParser = (call) => {
  const { path, argument } = call;
  if (isRegex(argument)) {
    return { kind: 'not', child: leafAt(path, { kind: 'regex', ...regexParts(argument) }) };
  }
  if (!isDocument(argument)) throw bad('$not needs a regex or a document');
  const children = call.parseOperators(path, argument);
  if (children.length === 0) throw bad('$not cannot be empty');
  return { kind: 'not', child: allOf(children) };
};

const regex: OperatorParser = ({ path, argument, siblings }) => {
  if (!isRegex(argument) && typeof argument !== 'string') throw bad('$regex has to be a string');
  const own = typeof argument === 'string' ? { pattern: argument, flags: '' } : regexParts(argument);
  const options = siblings.get('$options');
  if (options !== undefined && typeof options !== 'string') throw bad('$options has to be a string');
  if (options !== undefined && own.flags !== '') throw new StoreError(51075, 'options set in both $regex and $options');
  const flags = options ?? own.flags;
  compileRegex(own.pattern, flags);
  return leafAt(path, { kind: 'regex', pattern: own.pattern, flags });
};

const options: OperatorParser = ({ siblings }) => {
  if (!siblings.has('$regex')) throw bad('$options needs a $regex');
  return undefined;
};

const all: OperatorParser = (call) => {
  const { path, argument } = call;
  if (!Array.isArray(argument)) throw bad('$all needs an array');
  if (argument.length === 0) return { kind: 'constant', value: false };
  const isElemMatch = (value: unknown): value is AnyDocument =>
    startsWithDollar(value) && [...entriesOf(value)][0]?.[0] === '$elemMatch';
  const elemMatches = argument.filter(isElemMatch).length;
  if (elemMatches > 0 && elemMatches < argument.length) throw bad('no $ expressions in $all');
  return allOf(
    argument.map((value) => {
      if (isElemMatch(value)) return allOf(call.parseOperators(path, value));
      if (startsWithDollar(value)) throw bad('no $ expressions in $all');
      if (isRegex(value)) return leafAt(path, { kind: 'regex', ...regexParts(value) });
      return leafAt(path, { kind: 'compare', op: '$eq', value: value === undefined ? null : value });
    }),
  );
};

const elemMatch: OperatorParser = (call) => {
  const { path, argument } = call;
  if (!isDocument(argument)) throw bad('$elemMatch needs an Object');
  const isOnElement =
    startsWithDollar(argument) && !['$and', '$or', '$nor', '$expr'].includes([...entriesOf(argument)][0]![0]);
  if (isOnElement) {
    return leafAt(path, { kind: 'element-test', test: allOf(call.parseOperators('', argument)) });
  }
  return leafAt(path, { kind: 'element-filter', filter: call.parseFilter(argument) });
};

const size: OperatorParser = ({ path, argument }) => {
  const count = toSafeInteger(argument);
  if (count === undefined) throw new StoreError(9, 'Failed to parse $size. Expected an integer in $size.');
  if (count < 0) throw new StoreError(9, `Failed to parse $size. Expected a non-negative number in: $size: ${count}`);
  return leafAt(path, { kind: 'size', size: count });
};

const mod: OperatorParser = ({ path, argument }) => {
  if (!Array.isArray(argument)) throw bad('malformed mod, needs to be an array');
  if (argument.length < 2) throw bad('malformed mod, not enough elements');
  if (argument.length > 2) throw bad('malformed mod, too many elements');
  const [divisor, remainder] = argument.map((value: unknown, position) => {
    const role = position === 0 ? 'divisor' : 'remainder';
    if (!isNumber(value)) throw bad(`malformed mod, ${role} not a number`);
    if (!Number.isFinite(toDouble(value)) || Math.abs(toDouble(value)) >= 2 ** 63) {
      throw bad(`malformed mod, ${role} value is invalid :: caused by :: Unable to coerce NaN/Inf to integral type`);
    }
    return toBigInt(value);
  });
  if (divisor === 0n) throw bad('divisor cannot be 0');
  return leafAt(path, { kind: 'mod', divisor: divisor ?? 1n, remainder: remainder ?? 0n });
};

const bits: OperatorParser = ({ path, name, argument }) =>
  leafAt(path, { kind: 'bits', op: name as BitOperator, positions: bitPositions(name, argument) });

function bitPositions(name: string, argument: unknown): number[] {
  if (Array.isArray(argument)) {
    return argument.map((value) => {
      const position = toSafeInteger(value);
      if (position === undefined) throw bad(`bit positions must be an integer but got: ${String(value)}`);
      if (position < 0) throw bad(`bit positions must be >= 0 but got: ${position}`);
      return position;
    });
  }
  if (typeOf(argument) === Type.binary) {
    const bytes = argument instanceof Uint8Array ? argument : (argument as Binary).buffer;
    return [...bytes].flatMap((byte, i) =>
      [0, 1, 2, 3, 4, 5, 6, 7].filter((b) => byte & (1 << b)).map((b) => i * 8 + b),
    );
  }
  if (!isNumber(argument)) throw bad(`value takes an Array, a number, or a BinData but received: ${name}`);
  if (!Number.isInteger(toDouble(argument))) throw new StoreError(9, `Expected an integer: ${name}`);
  const mask = toBigInt(argument as BsonNumber);
  if (mask < 0n) throw new StoreError(9, `Expected a non-negative number in: ${name}: ${mask}`);
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => (mask >> BigInt(bit)) & 1n);
}

/** Every operator that may stand under a path, with how it is read. */
export const pathOperators: Readonly<Record<string, OperatorParser>> = {
  $eq: compare,
  $gt: compare,
  $gte: compare,
  $lt: compare,
  $lte: compare,
  $ne: (call) => {
    if (isRegex(call.argument)) throw bad("Can't have regex as arg to $ne.");
    const child = compare({ ...call, name: '$eq' });
    return child && { kind: 'not', child };
  },
  $in: parseIn,
  $nin: (call) => ({ kind: 'not', child: parseIn(call) }),
  $not: not,
  $exists: ({ path, argument }) => {
    const exists = leafAt(path, { kind: 'exists' });
    const isWanted = isNumber(argument) ? toDouble(argument) !== 0 : argument !== false && argument !== null;
    return isWanted ? exists : { kind: 'not', child: exists };
  },
  $type: ({ path, argument }) => leafAt(path, { kind: 'type', types: typesOf(argument) }),
  $regex: regex,
  $options: options,
  $mod: mod,
  $all: all,
  $elemMatch: elemMatch,
  $size: size,
  $bitsAllSet: bits,
  $bitsAllClear: bits,
  $bitsAnySet: bits,
  $bitsAnyClear: bits,
  $comment: () => undefined,
};
