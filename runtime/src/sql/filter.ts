import type { Expr, ExprBinary } from 'pgsql-ast-parser';
import {
  literalOf,
  type Predicate,
  readInstant,
  requireType,
  type Scope,
  typed,
  unsupported,
  type Value,
} from './scope.ts';
import { refuse } from './statement-error.ts';
import type { SqlType } from './tables.ts';
import { escapePattern } from '../stores/escape-pattern.ts';

type Operator = '$eq' | '$ne' | '$gt' | '$gte' | '$lt' | '$lte';

const COMPARISONS: Readonly<Record<string, Operator>> = {
  '=': '$eq',
  '!=': '$ne',
  '<>': '$ne',
  '>': '$gt',
  '>=': '$gte',
  '<': '$lt',
  '<=': '$lte',
};
const OPPOSITES: Readonly<Record<Operator, Operator>> = {
  $eq: '$ne',
  $ne: '$eq',
  $gt: '$lte',
  $gte: '$lt',
  $lt: '$gte',
  $lte: '$gt',
};
const MIRRORED: Readonly<Record<Operator, Operator>> = {
  $eq: '$eq',
  $ne: '$ne',
  $gt: '$lt',
  $gte: '$lte',
  $lt: '$gt',
  $lte: '$gte',
};

/**
 * Compiles a condition to where it is true, or with `isWanted` false to where it is false. NULL is neither, so NOT is
 * carried inward instead of being put around: `NOT (age > 30)` leaves out whose age is unknown, as SQL says.
 */
export function compileFilter(node: Expr, scope: Scope, isWanted = true): Predicate {
  if (node.type === 'binary') return compileBinary(node, scope, isWanted);
  if (node.type === 'unary') return compileUnary(node, scope, isWanted);
  if (node.type === 'ternary') {
    const { value, lo, hi } = node;
    const isBetween = (node.op === 'BETWEEN') === isWanted;
    const bounds = [
      compare(value, isBetween ? '$gte' : '$lt', lo, scope),
      compare(value, isBetween ? '$lte' : '$gt', hi, scope),
    ];
    return isBetween ? allOf(bounds) : anyOf(bounds);
  }
  if (node.type === 'boolean') return node.value === isWanted ? ALWAYS : NEVER;
  if (node.type === 'call' && node.function.name.toLowerCase() === 'exists')
    return refuse(
      {
        'en-US': 'EXISTS is not supported; use id IN (SELECT profile_id …).',
        'zh-CN': '不支持 EXISTS，请使用 id IN (SELECT profile_id …)。',
      },
      node,
    );
  const value = scope.value(node);
  requireType(value, 'boolean', node);
  return compareTo(value, '$eq', literalOf(isWanted));
}

const ALWAYS: Predicate = { query: {}, expression: true };
const NEVER: Predicate = { query: { $alwaysFalse: 1 }, expression: false };

export function allOf(parts: readonly Predicate[]): Predicate {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return { query: { $and: parts.map(({ query }) => query) }, expression: { $and: parts.map(expressionOf) } };
}

function anyOf(parts: readonly Predicate[]): Predicate {
  return { query: { $or: parts.map(({ query }) => query) }, expression: { $or: parts.map(expressionOf) } };
}

const expressionOf = ({ expression }: Predicate) => expression;

function compileBinary(node: ExprBinary, scope: Scope, isWanted: boolean): Predicate {
  const { op, left, right } = node;
  if (op === 'AND' || op === 'OR') {
    const parts = [left, right].map((side) => scope.filter(side, isWanted));
    return (op === 'AND') === isWanted ? allOf(parts) : anyOf(parts);
  }
  const comparison = COMPARISONS[op];
  if (comparison) {
    if (right.type === 'call' && right.function.name === 'any') return contains(node, scope, comparison, isWanted);
    return compare(left, isWanted ? comparison : OPPOSITES[comparison], right, scope);
  }
  if (op === 'IN' || op === 'NOT IN') return isIn(node, scope, (op === 'IN') === isWanted);
  if (op === 'LIKE' || op === 'ILIKE' || op === 'NOT LIKE' || op === 'NOT ILIKE')
    return isLike(node, scope, { isWanted: !op.startsWith('NOT') === isWanted, ignoresCase: op.endsWith('ILIKE') });
  return unsupported(node, op);
}

function compileUnary(node: Extract<Expr, { type: 'unary' }>, scope: Scope, isWanted: boolean): Predicate {
  const { op, operand } = node;
  if (op === 'NOT') return scope.filter(operand, !isWanted);
  if (op === 'IS NULL' || op === 'IS NOT NULL') {
    const isNull = (op === 'IS NULL') === isWanted;
    const { path, type, expression } = scope.value(operand);
    return { query: nullQuery(path, type, expression, isNull), expression: nullTest(expression, isNull) };
  }
  if (op === 'IS TRUE' || op === 'IS FALSE') {
    const isTrue = scope.filter(operand, op === 'IS TRUE');
    if (isWanted) return isTrue;
    return { query: { $nor: [isTrue.query] }, expression: { $not: [isTrue.expression] } };
  }
  if (op === 'IS NOT TRUE' || op === 'IS NOT FALSE') {
    const is = scope.filter(operand, op === 'IS NOT TRUE');
    if (!isWanted) return is;
    return { query: { $nor: [is.query] }, expression: { $not: [is.expression] } };
  }
  return unsupported(node, op);
}

function nullQuery(path: string | undefined, type: SqlType, expression: unknown, isNull: boolean) {
  if (path === undefined) return { $expr: nullTest(expression, isNull) };
  const stored = type === 'list' ? 'array' : BSON_TYPES[type];
  // A value of another type is none, as it is in every other reading.
  if (stored !== undefined) return { [path]: isNull ? { $not: { $type: stored } } : { $type: stored } };
  return { [path]: isNull ? null : { $ne: null } };
}

function nullTest(expression: unknown, isNull: boolean): unknown {
  return { [isNull ? '$eq' : '$ne']: [expression, null] };
}

function compare(left: Expr, operator: Operator, right: Expr, scope: Scope): Predicate {
  const one = scope.value(left);
  const other = scope.value(right);
  if (one.literal === null || other.literal === null)
    return refuse(
      {
        'en-US': 'Nothing equals NULL; write IS NULL or IS NOT NULL.',
        'zh-CN': '任何值都不等于 NULL，请写 IS NULL 或 IS NOT NULL。',
      },
      one.literal === null ? left : right,
    );
  const named = nameAudience(one, other, operator, right, scope) ?? nameAudience(other, one, operator, left, scope);
  if (named) return named;
  const [first, second] = unify(one, other, left, right);
  if (first.literal !== undefined && second.literal === undefined) return compareTo(second, MIRRORED[operator], first);
  return compareTo(first, operator, second);
}

/** Reads a text as an instant beside an instant, and what may be anything as what stands beside it. */
function unify(one: Value, other: Value, left: Expr, right: Expr): [Value, Value] {
  if (one.type === 'date' && typeof other.literal === 'string')
    return [one, literalOf(readInstant(other.literal, right))];
  if (other.type === 'date' && typeof one.literal === 'string')
    return [literalOf(readInstant(one.literal, left)), other];
  if (one.type === 'any' && other.type !== 'any') return [readAs(one, other), other];
  if (other.type === 'any' && one.type !== 'any') return [one, readAs(other, one)];
  if (one.type === 'list') requireType(one, 'string', left);
  requireType(other, one.type, right);
  return [one, other];
}

function readAs(value: Value, { type }: Value): Value {
  return value.path === undefined ? value : { ...value, type, expression: typed(value.path, type) };
}

/** A comparison with a literal keeps to values of its type in both forms: the store brackets filters by type. */
function compareTo(value: Value, operator: Operator, other: Value): Predicate {
  const isGuarded = [value, other].filter(({ literal }) => literal === undefined);
  const expression = {
    $and: [
      ...isGuarded.map((each) => nullTest(each.expression, false)),
      { [operator]: [value.expression, other.expression] },
    ],
  };
  if (value.path === undefined || other.literal === undefined || value.type === 'list')
    return { query: { $expr: expression }, expression };
  const query = { [value.path]: { [operator]: other.literal } };
  if (operator !== '$ne') return { query, expression };
  return { query: { $and: [query, { [value.path]: { $type: BSON_TYPES[value.type] ?? 'string' } }] }, expression };
}

const BSON_TYPES: Readonly<Record<string, string>> = {
  number: 'number',
  boolean: 'bool',
  date: 'date',
  string: 'string',
};

function isIn({ left, right }: ExprBinary, scope: Scope, isWanted: boolean): Predicate {
  const value = scope.value(left);
  const found = right.type === 'select' ? [...scope.nested(right)] : literalsOf(right, value, scope);
  const values =
    value.origin === 'audience-id' && right.type !== 'select'
      ? found.map((name) => audienceIdOf(String(name), right, scope))
      : found;
  const among = { $in: [value.expression, { $literal: values }] };
  const expression = { $and: [nullTest(value.expression, false), isWanted ? among : { $not: [among] }] };
  if (value.path === undefined) return { query: { $expr: expression }, expression };
  const query = isWanted
    ? { [value.path]: { $in: values } }
    : { $and: [{ [value.path]: { $nin: values } }, { [value.path]: { $ne: null } }] };
  return { query, expression };
}

function literalsOf(node: Expr, beside: Value, scope: Scope): (string | number | boolean | Date)[] {
  // One value in parentheses is no list to the parser.
  const items = node.type === 'list' ? node.expressions : [node];
  return items.map((each) => {
    const { literal } = scope.value(each);
    if (literal === undefined || literal === null)
      return refuse(
        {
          'en-US': 'A list behind IN holds values only, and no NULL.',
          'zh-CN': 'IN 之后的列表只能包含具体的值，且不能有 NULL。',
        },
        each,
      );
    if (beside.type === 'date' && typeof literal === 'string') return readInstant(literal, each);
    requireType(literalOf(literal), beside.type, each);
    return literal;
  });
}

/** `'x' = ANY (tags)`. */
function contains(node: ExprBinary, scope: Scope, operator: Operator, isWanted: boolean): Predicate {
  const { left, right } = node;
  const [of] = right.type === 'call' ? right.args : [];
  if (operator !== '$eq' || !of) return unsupported(node, `${node.op} ANY`);
  const item = scope.value(left);
  const list = scope.value(of);
  requireType(list, 'list', of);
  if (item.literal === undefined || item.literal === null)
    return refuse(
      { 'en-US': 'Only a value can be looked for in a list.', 'zh-CN': '只能在列表中查找具体的值。' },
      left,
    );
  const has = { $in: [item.expression, { $ifNull: [list.expression, []] }] };
  const expression = { $and: [nullTest(list.expression, false), isWanted ? has : { $not: [has] }] };
  if (list.path === undefined || !isWanted) return { query: { $expr: expression }, expression };
  return { query: { [list.path]: item.literal }, expression };
}

const MOST_WILDCARDS = 5;

function isLike(
  node: ExprBinary,
  scope: Scope,
  { isWanted, ignoresCase }: { isWanted: boolean; ignoresCase: boolean },
): Predicate {
  const { left, right } = node;
  const value = scope.value(left);
  const pattern = scope.value(right).literal;
  requireType(value, 'string', left);
  if (typeof pattern !== 'string')
    return refuse({ 'en-US': 'LIKE takes a pattern in quotes.', 'zh-CN': 'LIKE 需要用引号写出模式。' }, right);
  // Each wildcard multiplies the ways in which the store may try a long text.
  if ((pattern.match(/%/g)?.length ?? 0) > MOST_WILDCARDS)
    return refuse(
      {
        'en-US': `A pattern may hold ${MOST_WILDCARDS} % at most.`,
        'zh-CN': `模式中最多可以有 ${MOST_WILDCARDS} 个 %。`,
      },
      right,
    );
  const regex = toRegex(pattern);
  // A dot is a line break, too.
  const options = ignoresCase ? 'si' : 's';
  if (value.origin === 'audience-id') {
    const test = new RegExp(regex, options);
    const ids = [...scope.schema.audiences].flatMap(([name, id]) => (test.test(name) === isWanted ? [id] : []));
    return allOf([
      { query: { [value.path ?? '']: { $in: ids } }, expression: { $in: [value.expression, { $literal: ids }] } },
    ]);
  }
  const matches = { $regexMatch: { input: { $ifNull: [value.expression, ''] }, regex, options } };
  const expression = { $and: [nullTest(value.expression, false), isWanted ? matches : { $not: [matches] }] };
  if (value.path === undefined || !isWanted) return { query: { $expr: expression }, expression };
  return { query: { [value.path]: { $regex: regex, $options: options } }, expression };
}

/** % is any text, _ one character; a backslash takes either as it is. */
function toRegex(pattern: string): string {
  const parts = pattern.matchAll(/\\([\s\S])|(%)|(_)|([\s\S])/gu);
  const body = [...parts].map(([, escaped, many, one, plain]) => {
    if (many) return '.*';
    return one ? '.' : escapePattern(escaped ?? plain ?? '');
  });
  return `^${body.join('')}$`;
}

/** Memberships hold ids, and statements the names that people know. */
function nameAudience(
  column: Value,
  other: Value,
  operator: Operator,
  node: Expr,
  scope: Scope,
): Predicate | undefined {
  if (column.origin !== 'audience-id') return undefined;
  if (typeof other.literal !== 'string' || (operator !== '$eq' && operator !== '$ne'))
    return refuse(
      {
        'en-US': "An audience is compared with its name: audience = '…', IN or LIKE.",
        'zh-CN': "人群请与名称比较：audience = '…'、IN 或 LIKE。",
      },
      node,
    );
  return compareTo(column, operator, literalOf(audienceIdOf(other.literal, node, scope)));
}

function audienceIdOf(name: string, node: Expr, { schema }: Scope): string {
  const id = schema.audiences.get(name);
  if (id !== undefined) return id;
  return refuse({ 'en-US': `There is no audience “${name}”.`, 'zh-CN': `没有名为“${name}”的人群。` }, node);
}

/** The parts that must all hold. */
export function conjunctsOf(node: Expr): Expr[] {
  return node.type === 'binary' && node.op === 'AND' ? [...conjunctsOf(node.left), ...conjunctsOf(node.right)] : [node];
}
