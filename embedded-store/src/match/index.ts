export { compileFilter, type Filter, type FilterOptions } from './compile-filter.ts';
export { compileProjection, type ProjectionOptions } from './projection/compile-projection.ts';
export { compileSort, type Sort } from './compile-sort.ts';
export { describeFilter, type FilterDescription, type Sargable } from './describe-filter.ts';
export { LOGICAL_OPERATORS } from './parse-filter.ts';
export { pathOperators } from './path-operators.ts';
