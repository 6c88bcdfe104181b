import { arityOf, type Comparison, type ComparisonOperator } from '@sluice/shared/condition';

type Value = Comparison['value'];
/** One value to compare with. */
export type Operand = Exclude<Value, undefined | readonly unknown[]>;

/** The operands in order; none where nothing is filled in. */
export function operandsOf({ value }: Comparison): Operand[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as Operand[];
}

/** Another operator with as much of the value as fits it: "is 3" becomes "is one of 3". */
export function changeOperator(is: Comparison, operator: ComparisonOperator): Comparison {
  const operands = operandsOf(is);
  const [first] = operands;
  switch (arityOf(operator)) {
    case 'none':
      return { operator };
    case 'one':
      return first === undefined ? { operator } : { operator, value: first };
    case 'many':
      return { operator, value: operands };
    case 'pair':
      return { operator, value: operands.length === 2 ? operands : [] };
  }
}

/** A comparison with its only operand set, or emptied. */
export function withOperand(is: Comparison, operand: Operand | undefined): Comparison {
  return operand === undefined ? { operator: is.operator } : { operator: is.operator, value: operand };
}
