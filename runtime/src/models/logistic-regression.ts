import { minimise } from './minimise.ts';
import { dotRow, type SparseRows } from './sparse-rows.ts';

export interface LabelledRows {
  rows: SparseRows;
  /** 0 or 1 per row. */
  labels: Uint8Array;
  /** How many profiles a row stands for. */
  weights: Float64Array;
}

/** Log-odds = intercept + row · coefficients. */
export interface LinearModel {
  intercept: number;
  coefficients: Float64Array;
}

/** How far the slope must have fallen: for a model that is kept, and for one that only has to be compared. */
export const FINE = 1e-5;
export const ROUGH = 5e-5;
const MOST_STEPS = 300;

/**
 * Logistic regression with half the squared coefficients times `penalty` added to the loss; the intercept is free. Row
 * weights are scaled to average one, so that the penalty means the same whether or not the rows are a sample. Starts at
 * `from`. Pure and deterministic.
 */
export function fitLogistic(
  { rows, labels, weights }: LabelledRows,
  columnCount: number,
  penalty: number,
  { from, tolerance = FINE }: { from?: LinearModel | undefined; tolerance?: number } = {},
): LinearModel {
  const count = labels.length;
  const scale = count / Math.max(sumOf(weights), Number.MIN_VALUE);
  const start = new Float64Array(columnCount + 1);
  if (from) {
    start.set(from.coefficients);
    start[columnCount] = from.intercept;
  }
  const { starts, columns, values } = rows;
  const loss = (point: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let total = 0;
    for (let row = 0; row < count; row += 1) {
      const odds = dotRow(rows, row, point) + point[columnCount]!;
      const weight = weights[row]! * scale;
      const isPositive = labels[row] === 1;
      total += weight * softPlus(isPositive ? -odds : odds);
      const error = weight * (sigmoid(odds) - (isPositive ? 1 : 0));
      for (let at = starts[row]!; at < starts[row + 1]!; at += 1) gradient[columns[at]!]! += error * values[at]!;
      gradient[columnCount]! += error;
    }
    for (let column = 0; column < columnCount; column += 1) {
      total += (penalty / 2) * point[column]! ** 2;
      gradient[column]! += penalty * point[column]!;
    }
    return total;
  };
  const found = minimise(loss, start, {
    tolerance: tolerance * Math.sqrt(count),
    mostSteps: MOST_STEPS,
  });
  return { intercept: found[columnCount]!, coefficients: found.slice(0, columnCount) };
}

/** Probabilities of the rows. */
export function predict({ intercept, coefficients }: LinearModel, rows: SparseRows): Float64Array {
  const predicted = new Float64Array(rows.starts.length - 1);
  for (let row = 0; row < predicted.length; row += 1)
    predicted[row] = sigmoid(intercept + dotRow(rows, row, coefficients));
  return predicted;
}

/** Mean surprise per profile, in nats. */
export function logLoss(predicted: Float64Array, labels: Uint8Array, weights: Float64Array): number {
  let total = 0;
  for (let row = 0; row < predicted.length; row += 1) {
    const likely = labels[row] === 1 ? predicted[row]! : 1 - predicted[row]!;
    total -= weights[row]! * Math.log(Math.max(likely, 1e-15));
  }
  return total / Math.max(sumOf(weights), Number.MIN_VALUE);
}

export function sigmoid(odds: number): number {
  return odds >= 0 ? 1 / (1 + Math.exp(-odds)) : Math.exp(odds) / (1 + Math.exp(odds));
}

/** ln(1 + e^x) that neither overflows nor loses small values. */
function softPlus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
