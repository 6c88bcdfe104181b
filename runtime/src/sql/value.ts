import type { Expr } from 'pgsql-ast-parser';
import { compileCall } from './functions.ts';
import {
  literalOf,
  readInstant,
  refuseCondition,
  requireType,
  type Scope,
  typed,
  unsupported,
  type Value,
} from './scope.ts';
import { type Located, refuse } from './statement-error.ts';
import { findColumn } from './tables.ts';

/** Compiles an expression. Refuses what is not supported, and types that do not go together, at their place. */
export function compileValue(node: Expr, scope: Scope): Value {
  const grouped = scope.grouped?.(node);
  if (grouped) return grouped;
  switch (node.type) {
    case 'integer':
    case 'numeric':
      return literalOf(node.value);
    case 'string':
      return literalOf(node.value);
    case 'boolean':
      return literalOf(node.value);
    case 'null':
      return { type: 'any', expression: null, literal: null };
    case 'ref':
      return compileRef(node, scope);
    case 'cast':
      return compileCast(node, scope);
    case 'unary':
      return compileUnary(node, scope);
    case 'binary':
      return compileArithmetic(node, scope);
    case 'case':
      return compileCase(node, scope);
    case 'member':
      return compileMember(node, scope);
    case 'call':
      return compileCall(node, scope);
    case 'keyword':
      if (node.keyword === 'current_timestamp' || node.keyword === 'localtimestamp') return instant(scope.now);
      if (node.keyword === 'current_date') return instant(Math.floor(scope.now / DAY_MS) * DAY_MS);
      return unsupported(node, node.keyword);
    case 'extract':
      return compileCall(node, scope);
    case 'select':
      return refuse(
        {
          'en-US': 'A nested SELECT is only supported behind IN and NOT IN.',
          'zh-CN': '嵌套 SELECT 只能用在 IN 或 NOT IN 之后。',
        },
        node,
      );
    default:
      return unsupported(node, node.type);
  }
}

function instant(at: number): Value {
  return literalOf(new Date(at));
}

const DAY_MS = 86_400_000;

function compileRef(node: Extract<Expr, { type: 'ref' }>, scope: Scope): Value {
  if (node.name === '*') return unsupported(node, '*');
  if (scope.grouped)
    refuse(
      {
        'en-US': `“${node.name}” must be in GROUP BY or inside an aggregate such as max(…).`,
        'zh-CN': `“${node.name}”必须出现在 GROUP BY 中，或放在 max(…) 等聚合函数里。`,
      },
      node,
    );
  const { bound, column } = findColumn(scope, node);
  const path = `${bound.prefix}${column.path}`;
  return {
    type: column.type,
    expression: typed(path, column.type),
    path,
    ...(column.origin && { origin: column.origin }),
  };
}

function compileMember(node: Extract<Expr, { type: 'member' }>, scope: Scope): Value {
  const { operand, member } = node;
  if (operand.type !== 'ref' || operand.name !== 'properties' || typeof member !== 'string')
    return refuse(
      {
        'en-US': "Only properties of events can be taken like this: properties ->> 'name'.",
        'zh-CN': "这种写法只用于事件属性：properties ->> '名称'。",
      },
      node,
    );
  return compileRef({ ...node, type: 'ref', name: member, ...(operand.table && { table: operand.table }) }, scope);
}

function compileUnary(node: Extract<Expr, { type: 'unary' }>, scope: Scope): Value {
  if (node.op === '-' || node.op === '+') {
    const operand = scope.value(node.operand);
    requireType(operand, 'number', node.operand);
    if (typeof operand.literal === 'number') return literalOf(node.op === '-' ? -operand.literal : operand.literal);
    return node.op === '+' ? operand : { type: 'number', expression: { $multiply: [operand.expression, -1] } };
  }
  return refuseCondition(node);
}

const ARITHMETIC: Record<string, string> = {
  '+': '$add',
  '-': '$subtract',
  '*': '$multiply',
  '/': '$divide',
  '%': '$mod',
};

function compileArithmetic(node: Extract<Expr, { type: 'binary' }>, scope: Scope): Value {
  const { op } = node;
  if (op === '||') {
    const sides = [node.left, node.right].map((side) => scope.value(side));
    sides.forEach((side, index) => requireType(side, 'string', index === 0 ? node.left : node.right));
    return { type: 'string', expression: { $concat: sides.map(({ expression }) => expression) } };
  }
  const operator = ARITHMETIC[op];
  if (!operator) return refuseCondition(node);
  const left = scope.value(node.left);
  const right = scope.value(node.right);
  if (right.type === 'interval' && (op === '+' || op === '-'))
    return shift(left, (op === '+' ? 1 : -1) * (right.ms ?? 0), node.left);
  if (left.type === 'date' && right.type === 'date' && op === '-')
    return refuse(
      {
        'en-US': 'The difference of two instants is taken by days_between(from, to).',
        'zh-CN': '两个时间之差请用 days_between(起, 止)。',
      },
      node,
    );
  requireType(left, 'number', node.left);
  requireType(right, 'number', node.right);
  const operation = { [operator]: [left.expression, right.expression] };
  if (op !== '/' && op !== '%') return { type: 'number', expression: operation };
  // A division by zero is no value rather than the end of the whole statement.
  const isUndefined = { $in: [right.expression, [0, null]] };
  return { type: 'number', expression: { $cond: [isUndefined, null, operation] } };
}

function shift(from: Value, ms: number, node: Located): Value {
  requireType(from, 'date', node);
  if (from.literal instanceof Date) return instant(from.literal.getTime() + ms);
  return { type: 'date', expression: { $add: [from.expression, { $literal: ms }] } };
}

function compileCase(node: Extract<Expr, { type: 'case' }>, scope: Scope): Value {
  if (node.value) return unsupported(node.value, 'CASE value WHEN');
  return compileCall(node, scope);
}

const INTERVAL_MS: Record<string, number> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
};

function compileCast(node: Extract<Expr, { type: 'cast' }>, scope: Scope): Value {
  const to = 'name' in node.to ? node.to.name.toLowerCase() : '';
  const text = node.operand.type === 'string' ? node.operand.value : undefined;
  if (to === 'interval' && text !== undefined)
    return { type: 'interval', expression: null, ms: readInterval(text, node) };
  if (to === 'date' || to.startsWith('timestamp')) {
    if (text !== undefined) return literalOf(readInstant(text, node));
    const operand = scope.value(node.operand);
    if (operand.type === 'date') return operand;
    return {
      type: 'date',
      expression: { $convert: { input: operand.expression, to: 'date', onError: null, onNull: null } },
    };
  }
  const operand = scope.value(node.operand);
  if (to === 'text' || to === 'varchar')
    return {
      type: 'string',
      expression: { $convert: { input: operand.expression, to: 'string', onError: null, onNull: null } },
    };
  if (['int', 'integer', 'bigint', 'numeric', 'float', 'real', 'double precision', 'decimal'].includes(to)) {
    const number = { $convert: { input: operand.expression, to: 'double', onError: null, onNull: null } };
    const isWhole = to.includes('int');
    return { type: 'number', expression: isWhole ? { $round: [number, 0] } : number };
  }
  return unsupported(node, to || 'CAST');
}

function readInterval(text: string, node: Located): number {
  const [, amount, unit] = /^\s*(-?\d+)\s*(second|minute|hour|day|week)s?\s*$/i.exec(text) ?? [];
  const ms = INTERVAL_MS[(unit ?? '').toLowerCase()];
  if (ms === undefined)
    return refuse(
      {
        'en-US': "An interval is a number of seconds, minutes, hours, days or weeks: interval '30 days'.",
        'zh-CN': "时间间隔为若干 seconds、minutes、hours、days 或 weeks，例如 interval '30 days'。",
      },
      node,
    );
  return Number(amount) * ms;
}
