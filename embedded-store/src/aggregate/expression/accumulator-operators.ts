import type { Accumulator } from '../accumulators/accumulator.ts';
import { Extreme } from '../accumulators/choice.ts';
import { Average, Deviation, Sum } from '../accumulators/sum.ts';
import { compileList } from './arguments.ts';
import type { OperatorCompiler, OperatorTable } from './context.ts';

// One argument that is an array stands for its elements; of several, arrays count as values that are no numbers.
function over(create: () => Accumulator): OperatorCompiler {
  return (argument, context) => {
    const list = compileList(argument, context);
    return (scope) => {
      const values = list.map((evaluate) => evaluate(scope));
      const accumulator = create();
      const [only] = values;
      for (const value of values.length === 1 && Array.isArray(only) ? only : values) accumulator.add(value);
      return accumulator.result();
    };
  };
}

/** Accumulators over the values at hand instead of over documents. */
export const accumulatorOperators: OperatorTable = {
  $sum: over(() => new Sum()),
  $avg: over(() => new Average()),
  $min: over(() => new Extreme(-1)),
  $max: over(() => new Extreme(1)),
  $stdDevPop: over(() => new Deviation(false)),
  $stdDevSamp: over(() => new Deviation(true)),
};
