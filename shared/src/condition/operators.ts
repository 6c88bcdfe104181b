import type { ValueType } from '../model/attribute.ts';
import type { ComparisonOperator } from './ast.ts';

const EXISTENCE = ['exists', 'missing'] as const;

/** Which comparisons each value type of the dictionary offers, in the order a picker shows them (COND-2). */
export const OPERATORS_BY_TYPE: Readonly<Record<ValueType, readonly ComparisonOperator[]>> = {
  string: [
    'equals',
    'notEquals',
    'in',
    'notIn',
    'contains',
    'notContains',
    'startsWith',
    'endsWith',
    'matches',
    ...EXISTENCE,
  ],
  number: [
    'equals',
    'notEquals',
    'greaterThan',
    'atLeast',
    'lessThan',
    'atMost',
    'between',
    'in',
    'notIn',
    ...EXISTENCE,
  ],
  boolean: ['isTrue', 'isFalse', ...EXISTENCE],
  date: ['before', 'after', 'between', 'equals', 'notEquals', 'atLeast', 'atMost', ...EXISTENCE],
  list: ['contains', 'notContains', ...EXISTENCE],
};

/** Comparisons of an event count or sum, which always is a number. */
export const MEASURE_OPERATORS: readonly ComparisonOperator[] = [
  'atLeast',
  'greaterThan',
  'equals',
  'notEquals',
  'lessThan',
  'atMost',
  'between',
];

/** The comparisons an attribute or an event property of this type offers; patterns run on attributes alone. */
export function operatorsOf(type: ValueType, place: 'attribute' | 'property'): readonly ComparisonOperator[] {
  const operators = OPERATORS_BY_TYPE[type];
  return place === 'attribute' ? operators : operators.filter((operator) => operator !== 'matches');
}

/** How many operands a comparison takes. */
export function arityOf(operator: ComparisonOperator): 'none' | 'one' | 'pair' | 'many' {
  switch (operator) {
    case 'exists':
    case 'missing':
    case 'isTrue':
    case 'isFalse':
      return 'none';
    case 'between':
      return 'pair';
    case 'in':
    case 'notIn':
      return 'many';
    default:
      return 'one';
  }
}

const COMPLEMENTS: Partial<Record<ComparisonOperator, ComparisonOperator>> = {
  equals: 'notEquals',
  notEquals: 'equals',
  in: 'notIn',
  notIn: 'in',
  contains: 'notContains',
  notContains: 'contains',
  exists: 'missing',
  missing: 'exists',
};

/** The operator that holds exactly when this one does not, where there is one. */
export function complementOf(operator: ComparisonOperator): ComparisonOperator | undefined {
  return COMPLEMENTS[operator];
}
