import type { Expr, ExprCall } from 'pgsql-ast-parser';
import { requireType, type Scope, unsupported, type Value } from './scope.ts';
import { refuse } from './statement-error.ts';
import type { SqlType } from './tables.ts';

export const AGGREGATE_NAMES = ['count', 'sum', 'avg', 'min', 'max'];

/** An aggregate: what a group collects, and what is made of it afterwards. */
export interface Aggregate {
  accumulators: Record<string, unknown>;
  /** What they hold where there is no row. */
  none: Record<string, unknown>;
  value: Value;
}

export function isAggregate(node: Expr): node is ExprCall {
  return node.type === 'call' && AGGREGATE_NAMES.includes(node.function.name.toLowerCase());
}

/** Compiles an aggregate whose fields in the group begin with `key`. Inside it, names mean the rows before grouping. */
export function compileAggregate(node: ExprCall, key: string, scope: Scope): Aggregate {
  const name = node.function.name.toLowerCase();
  if (node.over || node.filter || node.orderBy) return unsupported(node, `${name} with OVER, FILTER or ORDER BY`);
  const [arg] = node.args;
  if (node.args.length > 1 || !arg)
    return refuse({ 'en-US': `${name} takes one value.`, 'zh-CN': `${name} 需要一个参数。` }, node);
  const field = `$${key}`;
  if (name === 'count' && arg.type === 'ref' && arg.name === '*')
    return { accumulators: { [key]: { $sum: 1 } }, none: { [key]: 0 }, value: { type: 'number', expression: field } };
  const value = scope.value(arg);
  const isThere = { $ne: [value.expression, null] };
  if (name === 'count' && node.distinct) {
    const different = { $size: { $setDifference: [field, [null]] } };
    return {
      accumulators: { [key]: { $addToSet: value.expression } },
      none: { [key]: [] },
      value: { type: 'number', expression: different },
    };
  }
  if (node.distinct) return unsupported(node, `${name}(DISTINCT)`);
  if (name === 'count') {
    const counted = { $sum: { $cond: [isThere, 1, 0] } };
    return { accumulators: { [key]: counted }, none: { [key]: 0 }, value: { type: 'number', expression: field } };
  }
  if (name === 'sum' || name === 'avg') requireType(value, 'number', arg);
  const accumulators = { [key]: { [`$${name}`]: value.expression } };
  const type: SqlType = name === 'sum' || name === 'avg' ? 'number' : value.type;
  if (name !== 'sum')
    return { accumulators, none: { [key]: null }, value: { type, expression: { $ifNull: [field, null] } } };
  // The sum of no values is NULL in SQL, and zero in the store.
  const seen = `${key}_n`;
  return {
    accumulators: { ...accumulators, [seen]: { $sum: { $cond: [isThere, 1, 0] } } },
    none: { [key]: 0, [seen]: 0 },
    value: { type, expression: { $cond: [{ $eq: [`$${seen}`, 0] }, null, field] } },
  };
}
