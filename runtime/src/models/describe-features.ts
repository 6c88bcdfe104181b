import type { FeatureEffect, ModelFeature } from '@sluice/shared/http-api';
import { contributionOf, type UsedFeature } from './encode-sample.ts';
import { binOf, type FeatureCode } from './feature-encoder.ts';
import type { LinearModel } from './logistic-regression.ts';
import { areaUnderCurve } from './rank-metrics.ts';
import type { Sample } from './sample-rows.ts';

/** One attribute alone that tells so much gives the label away. */
const GIVES_AWAY = 0.98;
/** One that tells so much deserves the question whether it is known beforehand. */
const STANDS_OUT = 0.8;
const MOST_EFFECTS = 8;
/** A rise or fall is called one when value and effect go together at least so much. */
const CLEAR = 0.8;
/** Rows that an average is drawn towards the average of all, so that a rare value proves nothing. */
const DRAWN = 10;

/** A part of a feature's values that the model treats alike. */
interface Group {
  value: FeatureEffect['value'];
  /** Orders the groups of a number. */
  middle: number;
}

/**
 * What each feature does to the model, the weightiest first: how much of the spread of the log-odds is its own, how well
 * it would tell alone on the rows held out, and which of its values raise and lower the odds.
 */
export function describeFeatures(
  sample: Sample,
  features: readonly UsedFeature[],
  model: LinearModel,
  rows: { training: readonly number[]; heldOut: readonly number[] },
): ModelFeature[] {
  const described = features.map((feature) => {
    const contribution = contributionOf(feature, model.coefficients);
    const { mean, spread } = spreadOf(sample, rows.training, contribution);
    const aloneAuc = judgeAlone(sample, feature, rows);
    const effects = effectsOf(sample, feature, rows.training, contribution, mean);
    return {
      attribute: feature.code.attribute,
      spread,
      aloneAuc,
      warning: aloneAuc > GIVES_AWAY ? ('gives-away' as const) : aloneAuc > STANDS_OUT ? ('stands-out' as const) : null,
      ...effects,
    };
  });
  const total = described.reduce((sum, { spread }) => sum + spread, 0);
  return described
    .sort((one, other) => other.spread - one.spread)
    .map(({ spread, ...feature }) => ({ ...feature, share: total === 0 ? 0 : spread / total }));
}

/** The better of two readings: the number itself as a score, either way round, and the training average of its group. */
function judgeAlone(
  sample: Sample,
  { code, column }: UsedFeature,
  { training, heldOut }: { training: readonly number[]; heldOut: readonly number[] },
): number {
  const labels = Uint8Array.from(heldOut, (row) => sample.labels[row]!);
  const weights = Float64Array.from(heldOut, (row) => sample.weights[row]!);
  const groups = groupReader(code, column);
  const averages = new Map<string, { weight: number; positives: number }>();
  let base = 0;
  let all = 0;
  for (const row of training) {
    const weight = sample.weights[row]!;
    all += weight;
    base += weight * sample.labels[row]!;
    for (const key of groups(row)) {
      const average = averages.get(key) ?? { weight: 0, positives: 0 };
      average.weight += weight;
      average.positives += weight * sample.labels[row]!;
      averages.set(key, average);
    }
  }
  const prior = all === 0 ? 0 : base / all;
  const scoreOf = (key: string) => {
    const { weight, positives } = averages.get(key) ?? { weight: 0, positives: 0 };
    return (positives + DRAWN * prior) / (weight + DRAWN);
  };
  const scores = Float64Array.from(heldOut, (row) => {
    const keys = groups(row);
    return keys.length === 0 ? prior : Math.max(...keys.map(scoreOf));
  });
  const grouped = areaUnderCurve({ scores, labels, weights });
  if (column.kind !== 'number' || code.kind !== 'number') return grouped;
  const plain = Float64Array.from(heldOut, (row) => {
    const value = column.values[row]!;
    return Number.isNaN(value) ? code.mean : value;
  });
  const area = areaUnderCurve({ scores: plain, labels, weights });
  return Math.max(grouped, area, 1 - area);
}

function effectsOf(
  sample: Sample,
  { code, column }: UsedFeature,
  training: readonly number[],
  contribution: (row: number) => number,
  mean: number,
): Pick<ModelFeature, 'direction' | 'effects'> {
  const groups = groupReader(code, column);
  const sums = new Map<string, { weight: number; total: number }>();
  for (const row of training)
    for (const key of groups(row)) {
      const sum = sums.get(key) ?? { weight: 0, total: 0 };
      sum.weight += sample.weights[row]!;
      sum.total += sample.weights[row]! * contribution(row);
      sums.set(key, sum);
    }
  const found = [...sums].map(([key, { weight, total }]) => {
    const { value, middle } = nameGroup(code, key);
    return { value, middle, profiles: Math.round(weight), oddsFactor: Math.exp(total / weight - mean) };
  });
  return {
    direction: code.kind === 'number' ? directionOf(found) : 'mixed',
    effects: found
      .sort((one, other) => strength(other) - strength(one))
      .slice(0, MOST_EFFECTS)
      .sort((one, other) => (code.kind === 'number' ? one.middle - other.middle : other.oddsFactor - one.oddsFactor))
      .map(({ value, profiles, oddsFactor }) => ({ value, profiles, oddsFactor })),
  };
}

/** Rare values move few people: what counts is how far times how many. */
function strength({ oddsFactor, profiles }: { oddsFactor: number; profiles: number }): number {
  return Math.abs(Math.log(oddsFactor)) * Math.sqrt(profiles);
}

function directionOf(groups: readonly (Group & { profiles: number; oddsFactor: number })[]): ModelFeature['direction'] {
  const present = groups.filter(({ value }) => value.kind !== 'missing').sort((a, b) => a.middle - b.middle);
  const all = present.reduce((sum, { profiles }) => sum + profiles, 0);
  if (present.length < 2 || all === 0) return 'mixed';
  const points = present.map(({ profiles, oddsFactor }, place) => ({ profiles, place, effect: Math.log(oddsFactor) }));
  const meanPlace = points.reduce((sum, { profiles, place }) => sum + (profiles * place) / all, 0);
  const meanEffect = points.reduce((sum, { profiles, effect }) => sum + (profiles * effect) / all, 0);
  let together = 0;
  let places = 0;
  let effects = 0;
  for (const { profiles, place, effect } of points) {
    together += profiles * (place - meanPlace) * (effect - meanEffect);
    places += profiles * (place - meanPlace) ** 2;
    effects += profiles * (effect - meanEffect) ** 2;
  }
  const correlation = places * effects === 0 ? 0 : together / Math.sqrt(places * effects);
  return correlation > CLEAR ? 'rises' : correlation < -CLEAR ? 'falls' : 'mixed';
}

const MISSING = 'm';
const RARE = 'r';

/** The groups a row belongs to: one bin, or one text each. */
function groupReader(code: FeatureCode, column: UsedFeature['column']): (row: number) => string[] {
  if (code.kind === 'number' && column.kind === 'number')
    return (row) => {
      const value = column.values[row]!;
      return [Number.isNaN(value) ? MISSING : String(binOf(code, value))];
    };
  if (code.kind !== 'texts' || column.kind !== 'texts') throw new Error('The code does not fit its column');
  const places = new Map(code.texts.map((text, index) => [text, String(index)]));
  return (row) => {
    const texts = column.values[row];
    return texts ? [...new Set(texts.map((text) => places.get(text) ?? RARE))] : [MISSING];
  };
}

function nameGroup(code: FeatureCode, key: string): Group {
  if (key === MISSING) return { value: { kind: 'missing' }, middle: Number.POSITIVE_INFINITY };
  if (key === RARE) return { value: { kind: 'other' }, middle: 0 };
  const place = Number(key);
  if (code.kind === 'texts') return { value: { kind: 'text', text: code.texts[place] ?? '' }, middle: place };
  const { edges, type } = code;
  if (type === 'boolean')
    return { value: { kind: 'boolean', isTrue: edges.length === 0 ? code.mean > 0.5 : place > 0 }, middle: place };
  const value = { kind: 'range' as const, above: edges[place - 1] ?? null, upTo: edges[place] ?? null };
  return { value, middle: place };
}

function spreadOf(sample: Sample, rows: readonly number[], contribution: (row: number) => number) {
  let weight = 0;
  let total = 0;
  let squares = 0;
  for (const row of rows) {
    const value = contribution(row);
    weight += sample.weights[row]!;
    total += sample.weights[row]! * value;
    squares += sample.weights[row]! * value * value;
  }
  const mean = weight === 0 ? 0 : total / weight;
  return { mean, spread: weight === 0 ? 0 : Math.sqrt(Math.max(0, squares / weight - mean * mean)) };
}
