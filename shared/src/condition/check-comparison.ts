import type { Problem } from '../graph/graph.ts';
import type { ValueType } from '../model/attribute.ts';
import type { Comparison, ComparisonOperator } from './ast.ts';
import { isDateOperand, isRelativeDate, type Operand, toDateSpan } from './date-span.ts';
import { arityOf } from './operators.ts';
import { compilePattern } from './pattern.ts';

/** The place a comparison stands in: what it compares, and what may be compared there. */
export interface ComparisonPlace {
  name: string;
  /** JSON pointer of the comparison. */
  at: string;
  /** Absent for a name the dictionary has not seen: then only the operands themselves are checked. */
  type: ValueType | undefined;
  offered: readonly ComparisonOperator[] | undefined;
}

/** COND-2: refuses an operator that the value type does not have, and operands it cannot be compared with. */
export function checkComparison(is: Comparison, place: ComparisonPlace): Problem[] {
  const { operator } = is;
  const { name, type } = place;
  if (type && place.offered && !place.offered.includes(operator))
    return [problem(place, 'condition:operator-type', { name, type, operator })];
  const operands = operandsOf(is);
  if (!operands) return [problem(place, `condition:operands-${arityOf(operator)}`, { name, operator })];
  // Every text contains the empty one: a forgotten field, never a wish. Being equal to an empty text is one.
  if (operator !== 'equals' && operator !== 'notEquals' && operands.includes(''))
    return [problem(place, 'condition:operand-empty', { name, operator })];
  if (operator === 'matches') {
    const [pattern] = operands;
    if (typeof pattern !== 'string' || !compilePattern(pattern))
      return [problem(place, 'condition:pattern-invalid', { name, pattern: String(pattern) })];
    return [];
  }
  const wanted = operandTypeOf(operator, type);
  const wrong = operands.find((operand) => !isOfType(operand, wanted));
  if (wrong !== undefined)
    return [problem(place, `condition:operand-${wanted}`, { name, operator, value: spell(wrong) })];
  return checkOrder(operator, operands, place);
}

type OperandType = 'text' | 'number' | 'date' | 'ordered' | 'scalar';

/** The operands as a list, undefined when their number is not what the operator takes. */
function operandsOf({ operator, value }: Comparison): unknown[] | undefined {
  switch (arityOf(operator)) {
    case 'none':
      return value === undefined ? [] : undefined;
    case 'one':
      return value === undefined || value === null || Array.isArray(value) ? undefined : [value];
    case 'pair':
      return Array.isArray(value) && value.length === 2 ? value : undefined;
    case 'many':
      return Array.isArray(value) && value.length > 0 ? value : undefined;
  }
}

function operandTypeOf(operator: ComparisonOperator, type: ValueType | undefined): OperandType {
  if (operator === 'startsWith' || operator === 'endsWith') return 'text';
  if (operator === 'before' || operator === 'after') return 'date';
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'date') return type;
  const isOrdering = ['greaterThan', 'atLeast', 'lessThan', 'atMost', 'between'].includes(operator);
  return isOrdering ? 'ordered' : 'scalar';
}

function isOfType(operand: unknown, wanted: OperandType): boolean {
  const isNumber = typeof operand === 'number' && Number.isFinite(operand);
  const isDate = isDateOperand(operand as Comparison['value']);
  if (wanted === 'text') return typeof operand === 'string';
  if (wanted === 'number') return isNumber;
  if (wanted === 'date') return isDate;
  if (wanted === 'ordered') return isNumber || isDate;
  return isNumber || isDate || typeof operand === 'string' || typeof operand === 'boolean';
}

// Two fixed ends or two relative ones are ordered whatever the clock says; a mixed pair is not.
function checkOrder(operator: ComparisonOperator, operands: unknown[], place: ComparisonPlace): Problem[] {
  if (operator !== 'between') return [];
  const [low, high] = operands;
  const isWrongPair = (typeof low === 'number') !== (typeof high === 'number');
  if (isWrongPair) return [problem(place, 'condition:between-mixed', { name: place.name })];
  const isReversed =
    typeof low === 'number' && typeof high === 'number'
      ? low > high
      : (startOf(low) ?? '') > (startOf(high) ?? '') &&
        isRelativeDate(low as Operand) === isRelativeDate(high as Operand);
  return isReversed
    ? [problem(place, 'condition:between-reversed', { name: place.name, low: spell(low), high: spell(high) })]
    : [];
}

function startOf(operand: unknown): string | undefined {
  return toDateSpan(operand as Operand, { now: 0, timeZone: 'UTC' })?.from;
}

function spell(operand: unknown): string {
  if (isRelativeDate(operand as Comparison['value'])) return JSON.stringify(operand);
  return typeof operand === 'string' ? operand : JSON.stringify(operand);
}

function problem(place: ComparisonPlace, code: string, values: Problem['values']): Problem {
  return { code, severity: 'error', param: place.at, values };
}
