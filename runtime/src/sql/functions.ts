import type { Expr, ExprCall } from 'pgsql-ast-parser';
import { type CallNode, literalOf, readInstant, requireType, type Scope, type Value } from './scope.ts';
import { refuse } from './statement-error.ts';
import type { SqlType } from './tables.ts';

interface SqlFunction {
  takes: readonly SqlType[];
  gives: SqlType;
  /** Null where an argument is null is seen to by the caller. */
  write: (args: readonly unknown[]) => unknown;
}

const PARTS: Record<string, string> = {
  year: '$year',
  month: '$month',
  day: '$dayOfMonth',
  hour: '$hour',
  minute: '$minute',
  dow: '$isoDayOfWeek',
  doy: '$dayOfYear',
  week: '$isoWeek',
};
const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

/** All functions of one row; aggregates stand in `aggregates.ts`. */
export const FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  lower: { takes: ['string'], gives: 'string', write: ([text]) => ({ $toLower: text }) },
  upper: { takes: ['string'], gives: 'string', write: ([text]) => ({ $toUpper: text }) },
  trim: { takes: ['string'], gives: 'string', write: ([text]) => ({ $trim: { input: text } }) },
  length: { takes: ['string'], gives: 'number', write: ([text]) => ({ $strLenCP: text }) },
  abs: { takes: ['number'], gives: 'number', write: ([number]) => ({ $abs: number }) },
  ceil: { takes: ['number'], gives: 'number', write: ([number]) => ({ $ceil: number }) },
  floor: { takes: ['number'], gives: 'number', write: ([number]) => ({ $floor: number }) },
  round: { takes: ['number'], gives: 'number', write: ([number]) => ({ $round: [number, 0] }) },
  cardinality: { takes: ['list'], gives: 'number', write: ([list]) => ({ $size: list }) },
  days_between: {
    takes: ['date', 'date'],
    gives: 'number',
    write: ([from, to]) => ({ $divide: [{ $subtract: [to, from] }, 86_400_000] }),
  },
};

/** Names offered by the editor. */
export const FUNCTION_NAMES = [...Object.keys(FUNCTIONS), 'coalesce', 'now', 'date_trunc', 'extract'];

export function compileCall(node: CallNode, scope: Scope): Value {
  if (node.type === 'case') return compileCase(node, scope);
  if (node.type === 'extract') return compileExtract(node, scope);
  const name = node.function.name.toLowerCase();
  if (node.over)
    refuse({ 'en-US': 'Window functions (OVER) are not supported.', 'zh-CN': '不支持窗口函数（OVER）。' }, node);
  if (name === 'now') return literalOf(new Date(scope.now));
  if (name === 'coalesce') return compileCoalesce(node, scope);
  if (name === 'date_trunc') return compileTruncation(node, scope);
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!known)
    return refuse(
      {
        'en-US': `There is no function ${name} here. Known: ${FUNCTION_NAMES.join(', ')}, and count, sum, avg, min, max.`,
        'zh-CN': `没有函数 ${name}。可用函数：${FUNCTION_NAMES.join('、')}，以及 count、sum、avg、min、max。`,
      },
      node,
    );
  requireCount(node, known.takes.length);
  const args = node.args.map((arg, index) => {
    const value = scope.value(arg);
    const isInstant = known.takes[index] === 'date' && typeof value.literal === 'string';
    return isInstant ? literalOf(readInstant(String(value.literal), arg)) : value;
  });
  args.forEach((arg, index) => requireType(arg, known.takes[index] ?? 'any', node.args[index] ?? node));
  return { type: known.gives, expression: guarded(args, known) };
}

/** The store fails on a null, or makes an empty text of it; SQL says null. */
function guarded(args: readonly Value[], { takes, write }: SqlFunction): unknown {
  const names = args.map((_, index) => `a${index}`);
  const isWrong = names.map((name, index) => ({ $not: [isOf(`$$${name}`, takes[index] ?? 'any')] }));
  return {
    $let: {
      vars: Object.fromEntries(args.map(({ expression }, index) => [`a${index}`, expression])),
      in: { $cond: [{ $or: isWrong }, null, write(names.map((name) => `$$${name}`))] },
    },
  };
}

function isOf(value: string, type: SqlType): unknown {
  if (type === 'number') return { $isNumber: value };
  if (type === 'list') return { $isArray: [value] };
  return { $eq: [{ $type: value }, type === 'boolean' ? 'bool' : type] };
}

function requireCount(node: ExprCall, count: number): void {
  if (node.args.length !== count || node.distinct)
    refuse(
      {
        'en-US': `${node.function.name} takes ${count} value${count === 1 ? '' : 's'}.`,
        'zh-CN': `${node.function.name} 需要 ${count} 个参数。`,
      },
      node,
    );
}

function compileCoalesce(node: ExprCall, scope: Scope): Value {
  const args = node.args.map((arg) => scope.value(arg));
  const type = commonType(args, node.args);
  return { type, expression: { $ifNull: [...args.map(({ expression }) => expression), null] } };
}

function commonType(values: readonly Value[], nodes: readonly Expr[]): SqlType {
  const type = values.find((value) => value.type !== 'any')?.type ?? 'any';
  values.forEach((value, index) => requireType(value, type, nodes[index] ?? {}));
  return type;
}

function compileTruncation(node: ExprCall, scope: Scope): Value {
  requireCount(node, 2);
  const [unit, from] = node.args;
  const name = unit?.type === 'string' ? unit.value.toLowerCase() : '';
  if (!from || !UNITS.includes(name))
    return refuse(
      {
        'en-US': `date_trunc takes one of ${UNITS.map((each) => `'${each}'`).join(', ')} and an instant.`,
        'zh-CN': `date_trunc 的第一个参数为 ${UNITS.map((each) => `'${each}'`).join('、')} 之一，第二个为时间。`,
      },
      unit ?? node,
    );
  const date = scope.value(from);
  requireType(date, 'date', from);
  // Weeks begin on Monday, as the standard says; by itself the store begins them on Sunday.
  const truncated = {
    $dateTrunc: { date: date.expression, unit: name, ...(name === 'week' && { startOfWeek: 'monday' }) },
  };
  return { type: 'date', expression: truncated };
}

function compileExtract(node: Extract<Expr, { type: 'extract' }>, scope: Scope): Value {
  const operator = PARTS[node.field.name.toLowerCase()];
  if (!operator)
    return refuse(
      {
        'en-US': `extract takes one of ${Object.keys(PARTS).join(', ')}.`,
        'zh-CN': `extract 支持：${Object.keys(PARTS).join('、')}。`,
      },
      node.field,
    );
  const date = scope.value(node.from);
  requireType(date, 'date', node.from);
  return { type: 'number', expression: { [operator]: date.expression } };
}

function compileCase(node: Extract<Expr, { type: 'case' }>, scope: Scope): Value {
  const results = node.whens.map(({ value }) => scope.value(value));
  const otherwise = node.else ? scope.value(node.else) : undefined;
  const nodes = [...node.whens.map(({ value }) => value), ...(node.else ? [node.else] : [])];
  const type = commonType([...results, ...(otherwise ? [otherwise] : [])], nodes);
  const branches = node.whens.map(({ when }, index) => ({
    case: scope.filter(when).expression,
    // oxlint-disable-next-line unicorn/no-thenable -- a part of the store's language
    then: results[index]?.expression ?? null,
  }));
  return { type, expression: { $switch: { branches, default: otherwise?.expression ?? null } } };
}
