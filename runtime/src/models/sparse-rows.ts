/** A matrix of which most entries are zero, by rows: those of row i stand from `starts[i]` to `starts[i + 1]`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

export interface SparseRowsBuilder {
  add(column: number, value: number): void;
  endRow(): void;
  build(): SparseRows;
}

const FIRST_SIZE = 1024;

export function createSparseRowsBuilder(): SparseRowsBuilder {
  const starts = [0];
  let columns = new Int32Array(FIRST_SIZE);
  let values = new Float64Array(FIRST_SIZE);
  let size = 0;
  return {
    add(column, value) {
      if (size === columns.length) {
        columns = grow(columns, new Int32Array(size * 2));
        values = grow(values, new Float64Array(size * 2));
      }
      columns[size] = column;
      values[size] = value;
      size += 1;
    },
    endRow: () => void starts.push(size),
    build: () => ({
      starts: Int32Array.from(starts),
      columns: columns.slice(0, size),
      values: values.slice(0, size),
    }),
  };
}

export function dotRow({ starts, columns, values }: SparseRows, row: number, weights: Float64Array): number {
  let sum = 0;
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) sum += values[at]! * weights[columns[at]!]!;
  return sum;
}

function grow<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}
