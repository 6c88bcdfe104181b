import { isInstantText } from '../time/instant.ts';
import type { Comparison } from './ast.ts';
import { type DateSpan, type EvaluationInstant, type Operand, toDateSpan } from './date-span.ts';
import { compilePattern } from './pattern.ts';

export type ValueTest = (value: unknown) => boolean;

const NEVER: ValueTest = () => false;
const isMissing: ValueTest = (value) => value === undefined || value === null;
const not =
  (test: ValueTest): ValueTest =>
  (value) =>
    !test(value);

/**
 * A comparison as a function of a value in its fact form (instants are texts in their one spelling). Total and typed by
 * the values themselves, never by the dictionary: a number is only compared with a number, text with text, an instant
 * with a date; any other pairing is false. The negated operators are exact complements, so a missing value is `notEquals`
 * to everything. The store's reading is written against these same rules (COND-1).
 */
export function compileComparison(is: Comparison, instant: EvaluationInstant): ValueTest {
  switch (is.operator) {
    case 'exists':
      return not(isMissing);
    case 'missing':
      return isMissing;
    case 'isTrue':
      return (value) => value === true;
    case 'isFalse':
      return (value) => value === false;
    case 'equals':
      return isEqualTo(is.value, instant);
    case 'notEquals':
      return not(isEqualTo(is.value, instant));
    case 'in':
      return isAmong(is.value, instant);
    case 'notIn':
      return not(isAmong(is.value, instant));
    case 'contains':
      return contains(is.value);
    case 'notContains':
      return not(contains(is.value));
    case 'startsWith':
      return onText(is.value, (text, part) => text.startsWith(part));
    case 'endsWith':
      return onText(is.value, (text, part) => text.endsWith(part));
    case 'matches':
      return matches(is.value);
    case 'greaterThan':
    case 'after':
      return isInOrder(is.value, instant, {
        number: (value, bound) => value > bound,
        date: (value, span) => value >= span.until,
      });
    case 'atLeast':
      return isInOrder(is.value, instant, {
        number: (value, bound) => value >= bound,
        date: (value, span) => value >= span.from,
      });
    case 'lessThan':
    case 'before':
      return isInOrder(is.value, instant, {
        number: (value, bound) => value < bound,
        date: (value, span) => value < span.from,
      });
    case 'atMost':
      return isInOrder(is.value, instant, {
        number: (value, bound) => value <= bound,
        date: (value, span) => value < span.until,
      });
    case 'between':
      return isBetween(is.value, instant);
  }
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && isInstantText(value);
}

function isEqualTo(operand: Comparison['value'], instant: EvaluationInstant): ValueTest {
  if (typeof operand === 'number' || typeof operand === 'boolean') return (value) => value === operand;
  const span = toDateSpan(operand as Operand, instant);
  if (span) return (value) => value === operand || (isInstant(value) && value >= span.from && value < span.until);
  return typeof operand === 'string' ? (value) => value === operand : NEVER;
}

function isAmong(operand: Comparison['value'], instant: EvaluationInstant): ValueTest {
  if (!Array.isArray(operand)) return NEVER;
  const tests = operand.map((each) => isEqualTo(each, instant));
  return (value) => tests.some((test) => test(value));
}

function contains(operand: Comparison['value']): ValueTest {
  if (typeof operand === 'string')
    return (value) =>
      Array.isArray(value)
        ? value.includes(operand)
        : typeof value === 'string' && !isInstantText(value) && value.includes(operand);
  if (typeof operand === 'number' || typeof operand === 'boolean')
    return (value) => Array.isArray(value) && value.includes(operand);
  return NEVER;
}

function onText(operand: Comparison['value'], holds: (text: string, part: string) => boolean): ValueTest {
  if (typeof operand !== 'string') return NEVER;
  return (value) => typeof value === 'string' && !isInstantText(value) && holds(value, operand);
}

function matches(operand: Comparison['value']): ValueTest {
  const test = typeof operand === 'string' ? compilePattern(operand) : undefined;
  if (!test) return NEVER;
  return (value) => typeof value === 'string' && !isInstantText(value) && test(value);
}

function isInOrder(
  operand: Comparison['value'],
  instant: EvaluationInstant,
  holds: { number: (value: number, bound: number) => boolean; date: (value: string, span: DateSpan) => boolean },
): ValueTest {
  if (typeof operand === 'number') return (value) => typeof value === 'number' && holds.number(value, operand);
  const span = toDateSpan(operand as Operand, instant);
  return span ? (value) => isInstant(value) && holds.date(value, span) : NEVER;
}

function isBetween(operand: Comparison['value'], instant: EvaluationInstant): ValueTest {
  if (!Array.isArray(operand) || operand.length !== 2) return NEVER;
  const [low, high] = operand;
  if (typeof low === 'number' && typeof high === 'number')
    return (value) => typeof value === 'number' && value >= low && value <= high;
  const from = toDateSpan(low as Operand, instant);
  const until = toDateSpan(high as Operand, instant);
  return from && until ? (value) => isInstant(value) && value >= from.from && value < until.until : NEVER;
}
