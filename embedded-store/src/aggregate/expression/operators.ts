import { accumulatorOperators } from './accumulator-operators.ts';
import { arrayOperators } from './array-operators.ts';
import type { OperatorTable } from './context.ts';
import { convertOperators } from './convert-operators.ts';
import { dateOperators } from './date-operators.ts';
import { logicOperators } from './logic-operators.ts';
import { numericOperators } from './numeric-operators.ts';
import { objectOperators } from './object-operators.ts';
import { scopeOperators } from './scope-operators.ts';
import { setOperators } from './set-operators.ts';
import { stringOperators } from './string-operators.ts';

/** Every expression that exists. */
export const operators: OperatorTable = {
  ...accumulatorOperators,
  ...numericOperators,
  ...logicOperators,
  ...objectOperators,
  ...stringOperators,
  ...arrayOperators,
  ...setOperators,
  ...scopeOperators,
  ...dateOperators,
  ...convertOperators,
};

/** Expressions that MongoDB has and this store refuses. */
export const REFUSED_EXPRESSIONS: ReadonlySet<string> = new Set([
  '$accumulator',
  '$function',
  '$meta',
  '$toHashedIndexKey',
  '$tsSecond',
  '$tsIncrement',
  '$asinh',
  '$acosh',
  '$atanh',
  '$sinh',
  '$cosh',
  '$tanh',
  '$atan2',
  '$bitNot',
  '$binarySize',
  '$bsonSize',
  '$percentile',
  '$median',
  '$sampleRate',
  '$substr',
  '$substrBytes',
  '$strLenBytes',
  '$indexOfBytes',
]);
