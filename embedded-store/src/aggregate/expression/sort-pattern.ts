import { compareBson } from '../../bson/compare.ts';
import { encodeDocument } from '../../bson/encode.ts';
import { isNumber, toDouble } from '../../bson/number.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument } from '../../bson/value.ts';
import { compileSort } from '../../match/compile-sort.ts';

/** The order that `$sortArray` and `$push` with `$sort` ask for: 1 or -1 for whole values, or fields of documents. */
export function compareBy(pattern: unknown): (a: unknown, b: unknown) => number {
  if (isNumber(pattern)) {
    const direction = toDouble(pattern);
    if (direction !== 1 && direction !== -1) throw new StoreError(2, 'The $sort element value must be either 1 or -1');
    return (a, b) => direction * compareBson(a, b);
  }
  if (!isDocument(pattern))
    throw new StoreError(
      2,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const { key } = compileSort(Object.fromEntries(entriesOf(pattern)));
  const keys = new Map<unknown, Buffer>();
  // Elements that are no documents have none of the fields, and keep their order among themselves.
  const keyOf = (value: unknown): Buffer => {
    let found = keys.get(value);
    if (!found) {
      found = key(encodeDocument(isDocument(value) ? value : {}));
      keys.set(value, found);
    }
    return found;
  };
  return (a, b) => Buffer.compare(keyOf(a), keyOf(b));
}
