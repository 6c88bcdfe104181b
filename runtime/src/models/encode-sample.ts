import { createTextEncoder, encodeNumber, type EmitColumn, type FeatureCode } from './feature-encoder.ts';
import type { LabelledRows } from './logistic-regression.ts';
import type { Column } from './column.ts';
import type { Sample } from './sample-rows.ts';
import { createSparseRowsBuilder } from './sparse-rows.ts';

/** A feature that the model uses, with the column of the sample it reads. */
export interface UsedFeature {
  code: FeatureCode;
  column: Column;
}

/** The rows as the regression takes them, in the order given. */
export function encodeRows(
  sample: Pick<Sample, 'labels' | 'weights'>,
  features: readonly UsedFeature[],
  rows: readonly number[],
): LabelledRows {
  const builder = createSparseRowsBuilder();
  const encoders = features.map(rowEncoder);
  for (const row of rows) {
    for (const encode of encoders) encode(row, builder.add);
    builder.endRow();
  }
  return {
    rows: builder.build(),
    labels: Uint8Array.from(rows, (row) => sample.labels[row]!),
    weights: Float64Array.from(rows, (row) => sample.weights[row]!),
  };
}

/** What one feature adds to the log-odds of a row. */
export function contributionOf(feature: UsedFeature, coefficients: Float64Array): (row: number) => number {
  const encode = rowEncoder(feature);
  return (row) => {
    let sum = 0;
    encode(row, (column, value) => {
      sum += value * coefficients[column]!;
    });
    return sum;
  };
}

function rowEncoder({ code, column }: UsedFeature): (row: number, emit: EmitColumn) => void {
  if (code.kind === 'number' && column.kind === 'number')
    return (row, emit) => encodeNumber(code, column.values[row]!, emit);
  if (code.kind === 'texts' && column.kind === 'texts') {
    const encode = createTextEncoder(code);
    return (row, emit) => encode(column.values[row], emit);
  }
  throw new Error(`The code of ${code.attribute} does not fit its column`);
}
