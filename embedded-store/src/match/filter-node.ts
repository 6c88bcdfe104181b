export type ComparisonOperator = '$eq' | '$gt' | '$gte' | '$lt' | '$lte';
export type BitOperator = '$bitsAllSet' | '$bitsAllClear' | '$bitsAnySet' | '$bitsAnyClear';

/** What is asked of one element. */
export type Leaf =
  | { kind: 'compare'; op: ComparisonOperator; value: unknown }
  | { kind: 'in'; values: unknown[]; regexes: { pattern: string; flags: string }[] }
  | { kind: 'regex'; pattern: string; flags: string }
  | { kind: 'exists' }
  | { kind: 'type'; types: ReadonlySet<number> }
  | { kind: 'mod'; divisor: bigint; remainder: bigint }
  | { kind: 'size'; size: number }
  | { kind: 'bits'; op: BitOperator; positions: readonly number[] }
  | { kind: 'element-filter'; filter: FilterNode }
  | { kind: 'element-test'; test: FilterNode };

/** A parsed filter. A leaf with an empty path stands inside `$elemMatch` and asks about the element itself. */
export type FilterNode =
  | { kind: 'and' | 'or' | 'nor'; children: FilterNode[] }
  | { kind: 'not'; child: FilterNode }
  | { kind: 'leaf'; path: string; leaf: Leaf }
  | { kind: 'constant'; value: boolean }
  | { kind: 'expression'; expression: unknown };

/** Whether a leaf looks at the elements of an array at the end of its path, besides the array itself. */
export function looksIntoArrays(leaf: Leaf): boolean {
  return leaf.kind !== 'size' && leaf.kind !== 'element-filter' && leaf.kind !== 'element-test';
}
