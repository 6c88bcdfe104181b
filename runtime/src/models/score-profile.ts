import type { StoredValue } from '../profiles/profile-record.ts';
import { toNumber, toTexts } from './column.ts';
import { createTextEncoder, type EmitColumn, encodeNumber, type FeatureCode } from './feature-encoder.ts';
import type { FittedModel } from './fit-model.ts';
import { sigmoid } from './logistic-regression.ts';

export type Scorer = (attributes: Readonly<Record<string, StoredValue>>) => number;

/** The probability that a model gives a profile. Dates count from `now` (Unix milliseconds). Pure. */
export function createScorer({ codes, intercept, coefficients }: FittedModel, now: number): Scorer {
  const encoders = codes.map((code) => attributeEncoder(code, now));
  return (attributes) => {
    let odds = intercept;
    const emit: EmitColumn = (column, value) => {
      odds += value * (coefficients[column] ?? 0);
    };
    for (const encode of encoders) encode(attributes, emit);
    return sigmoid(odds);
  };
}

function attributeEncoder(
  code: FeatureCode,
  now: number,
): (attributes: Readonly<Record<string, StoredValue>>, emit: EmitColumn) => void {
  const { attribute, type } = code;
  const valueIn = (attributes: Readonly<Record<string, StoredValue>>) =>
    Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  if (code.kind === 'number')
    return (attributes, emit) => encodeNumber(code, toNumber(valueIn(attributes), type, now), emit);
  const encode = createTextEncoder(code);
  return (attributes, emit) => encode(toTexts(valueIn(attributes), type), emit);
}
