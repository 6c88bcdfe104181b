import type { ModelReport } from '@sluice/shared/http-api';
import type { FeatureSource } from './column.ts';
import { describeFeatures } from './describe-features.ts';
import { encodeRows, type UsedFeature } from './encode-sample.ts';
import { type FeatureCode, fitFeature } from './feature-encoder.ts';
import {
  fitLogistic,
  ROUGH,
  type LabelledRows,
  type LinearModel,
  logLoss,
  predict,
  sumOf,
} from './logistic-regression.ts';
import { areaUnderCurve, bandsOf, errorOfArea, type RankBand } from './rank-metrics.ts';
import type { Sample } from './sample-rows.ts';

/** What scores a profile; plain JSON. */
export interface FittedModel {
  codes: FeatureCode[];
  intercept: number;
  coefficients: number[];
}

export type FittedReport = Omit<ModelReport, 'trainedInMs'>;

/** Why nothing can be learned from the rows. */
export type Unlearnable =
  | { code: 'too-few-profiles'; found: number; needed: number }
  | { code: 'too-few-positives'; found: number; needed: number }
  | { code: 'too-few-negatives'; found: number; needed: number }
  | { code: 'no-features' };

export type FitResult = { isOk: true; model: FittedModel; report: FittedReport } | { isOk: false; reason: Unlearnable };

export const FEWEST_PROFILES = 200;
/** Of either class: fewer cannot both teach and judge. */
export const FEWEST_OF_A_CLASS = 30;
/** From cautious to free. Each start from where the one before ended. */
const PENALTIES = [300, 100, 30, 10, 3, 1];
const DECILES = 10;
const GAIN_POINTS = 100;

/**
 * Learns from the training rows and judges by those held out. The penalty is the one under which rows set aside for that
 * were least surprising; the model is then fitted to all training rows. Pure and deterministic. `onProgress` hears
 * shares of the work done.
 */
export function fitModel(
  sample: Sample,
  sources: readonly FeatureSource[],
  onProgress: (share: number) => void = () => {},
): FitResult {
  const reason = findShortage(sample);
  if (reason) return { isOk: false, reason };
  const rows = splitRows(sample);
  const { features, leftOut, columnCount } = chooseFeatures(sample, sources, rows.training);
  if (features.length === 0) return { isOk: false, reason: { code: 'no-features' } };

  const learning = encodeRows(sample, features, rows.learning);
  const tuning = encodeRows(sample, features, rows.tuning);
  const chosen = choosePenalty(learning, tuning, columnCount, (share) => onProgress(share * 0.6));
  const training = encodeRows(sample, features, rows.training);
  const model = fitLogistic(training, columnCount, chosen.penalty, { from: chosen.model });
  onProgress(0.8);
  const heldOut = encodeRows(sample, features, rows.heldOut);
  const judged = judge(heldOut, predict(model, heldOut.rows));
  const report: FittedReport = {
    profiles: sample.profiles,
    positives: sample.positives,
    trainingRows: training.labels.length,
    trainingPositives: countOnes(training.labels),
    ...judged,
    features: describeFeatures(sample, features, model, rows),
    leftOut,
    penalty: chosen.penalty,
  };
  onProgress(1);
  const codes = features.map(({ code }) => code);
  const { intercept, coefficients } = model;
  return { isOk: true, model: { codes, intercept, coefficients: [...coefficients] }, report };
}

function findShortage({ profiles, positives }: Sample): Unlearnable | undefined {
  if (profiles < FEWEST_PROFILES) return { code: 'too-few-profiles', found: profiles, needed: FEWEST_PROFILES };
  if (positives < FEWEST_OF_A_CLASS) return { code: 'too-few-positives', found: positives, needed: FEWEST_OF_A_CLASS };
  const negatives = profiles - positives;
  if (negatives < FEWEST_OF_A_CLASS) return { code: 'too-few-negatives', found: negatives, needed: FEWEST_OF_A_CLASS };
  return undefined;
}

function splitRows({ labels, isHeldOut, isTuning }: Sample) {
  const all = Array.from(labels, (_, row) => row);
  const training = all.filter((row) => isHeldOut[row] === 0);
  return {
    training,
    learning: training.filter((row) => isTuning[row] === 0),
    tuning: training.filter((row) => isTuning[row] === 1),
    heldOut: all.filter((row) => isHeldOut[row] === 1),
  };
}

function chooseFeatures(sample: Sample, sources: readonly FeatureSource[], training: readonly number[]) {
  const features: UsedFeature[] = [];
  const leftOut: FittedReport['leftOut'] = [];
  let columnCount = 0;
  for (const [index, source] of sources.entries()) {
    const column = sample.columns[index]!;
    const code = fitFeature(source, column, training, columnCount);
    if (typeof code === 'string') leftOut.push({ attribute: source.attribute, reason: code });
    else {
      features.push({ code, column });
      columnCount += code.columnCount;
    }
  }
  return { features, leftOut, columnCount };
}

function choosePenalty(
  learning: LabelledRows,
  tuning: LabelledRows,
  columnCount: number,
  onProgress: (share: number) => void,
): { penalty: number; model: LinearModel } {
  let model: LinearModel | undefined;
  let best: { penalty: number; model: LinearModel; loss: number } | undefined;
  for (const [index, penalty] of PENALTIES.entries()) {
    model = fitLogistic(learning, columnCount, penalty, { from: model, tolerance: ROUGH });
    const loss = logLoss(predict(model, tuning.rows), tuning.labels, tuning.weights);
    if (!best || loss < best.loss) best = { penalty, model, loss };
    onProgress((index + 1) / PENALTIES.length);
    // Freer still would only learn more of the noise.
    if (loss > best.loss * 1.02) break;
  }
  if (!best) throw new Error('There is no penalty to choose from');
  return best;
}

function judge({ labels, weights }: LabelledRows, scores: Float64Array) {
  const ranked = { scores, labels, weights };
  const auc = areaUnderCurve(ranked);
  const heldOutPositives = countOnes(labels);
  const error = 1.96 * errorOfArea(auc, heldOutPositives, labels.length - heldOutPositives);
  const deciles = bandsOf(ranked, DECILES);
  const total = sumOf(weights);
  const positives = deciles.reduce((sum, band) => sum + band.positives, 0);
  return {
    heldOutRows: labels.length,
    heldOutPositives,
    auc,
    aucLow: Math.max(0, auc - error),
    aucHigh: Math.min(1, auc + error),
    calibrationError: deciles.reduce(
      (sum, { profiles, predicted, actual }) => sum + (profiles / total) * Math.abs(predicted - actual),
      0,
    ),
    deciles: deciles.map(({ profiles, positives: found, predicted, actual }) => ({
      profiles: Math.round(profiles),
      positives: Math.round(found),
      predicted,
      actual,
      lift: positives === 0 ? 0 : actual / (positives / total),
    })),
    gains: gainsOf(bandsOf(ranked, GAIN_POINTS), total, positives),
  };
}

function gainsOf(bands: readonly RankBand[], total: number, positives: number): FittedReport['gains'] {
  let profiles = 0;
  let found = 0;
  return bands.map((band) => {
    profiles += band.profiles;
    found += band.positives;
    return {
      share: profiles / total,
      captured: positives === 0 ? 0 : found / positives,
      precision: found / profiles,
      score: band.fromScore,
    };
  });
}

function countOnes(labels: Uint8Array): number {
  return labels.reduce((sum, label) => sum + label, 0);
}
