import { createBucket } from '@sluice/shared/node-contract';
import { describe, expect, it } from 'vitest';
import type { StoredValue } from '../profiles/profile-record.ts';
import type { FeatureSource } from './column.ts';
import { fitModel } from './fit-model.ts';
import { areaUnderCurve } from './rank-metrics.ts';
import { createSampler, type LabelledProfile } from './sample-rows.ts';
import { createScorer } from './score-profile.ts';
import { drawProfiles, type DrawnProfile, SOURCES } from './known-truth.fixture.ts';

const NOW = Date.UTC(2026, 10, 22);
const bucket = await createBucket();

const toLabelled = (
  { id, isPositive, attributes }: DrawnProfile,
  sources: readonly FeatureSource[],
): LabelledProfile => ({
  id,
  isPositive,
  values: sources.map(({ attribute }) => attributes[attribute]),
});

function sampleOf(
  drawn: readonly DrawnProfile[],
  { seed = 7, mostRows, sources = SOURCES }: { seed?: number; mostRows?: number; sources?: FeatureSource[] } = {},
) {
  const sampler = createSampler(sources, { seed, now: NOW, bucket, ...(mostRows !== undefined && { mostRows }) });
  sampler.add(drawn.map((profile) => toLabelled(profile, sources)));
  return sampler.build();
}

function fitted(drawn: readonly DrawnProfile[], options?: Parameters<typeof sampleOf>[1]) {
  const result = fitModel(sampleOf(drawn, options), options?.sources ?? SOURCES);
  if (!result.isOk) throw new Error(JSON.stringify(result.reason));
  return result;
}

const drawn = drawProfiles(12_000, 1);
const { model, report } = fitted(drawn);

describe('a model of profiles whose true chances are known', () => {
  it('[MOD-1] ranks profiles it has never seen nearly as well as the truth itself does', () => {
    const fresh = drawProfiles(8000, 2);
    const labels = Uint8Array.from(fresh, ({ isPositive }) => Number(isPositive));
    const weights = new Float64Array(fresh.length).fill(1);
    const score = createScorer(model, NOW);
    const found = Float64Array.from(fresh, ({ attributes }) => score(attributes));
    const truth = Float64Array.from(fresh, ({ chance }) => chance);
    const best = areaUnderCurve({ scores: truth, labels, weights });
    const reached = areaUnderCurve({ scores: found, labels, weights });
    expect(best).toBeGreaterThan(0.75);
    expect(reached).toBeGreaterThan(best - 0.01);
    const off = fresh.reduce((sum, { chance }, row) => sum + Math.abs(chance - found[row]!) / fresh.length, 0);
    expect(off).toBeLessThan(0.03);
  });

  it('[MOD-1] reports the AUC of those held out with an interval that holds the truth, and predicts their shares', () => {
    expect(report.auc).toBeGreaterThan(0.72);
    expect(report.aucLow).toBeLessThan(report.auc);
    expect(report.heldOutRows + report.trainingRows).toBe(drawn.length);
    expect(report.calibrationError).toBeLessThan(0.04);
    expect(report.deciles).toHaveLength(10);
    expect(report.deciles[0]!.lift).toBeGreaterThan(2);
    expect(report.deciles.at(-1)!.lift).toBeLessThan(0.5);
    expect(report.gains.at(-1)).toMatchObject({ share: 1, captured: 1 });
  });

  it('[MOD-4] says which way a feature turns the scores, and that noise hardly does', () => {
    const of = (attribute: string) => report.features.find((feature) => feature.attribute === attribute)!;
    expect(of('visits').direction).toBe('rises');
    expect(of('age').direction).toBe('falls');
    expect(of('channel').effects[0]).toMatchObject({ value: { kind: 'text', text: 'app' } });
    expect(of('channel').effects[0]!.oddsFactor).toBeGreaterThan(1.5);
    expect(of('noise').share).toBeLessThan(0.08);
    expect(report.features.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
    expect(report.features[0]!.warning).toBeNull();
  });

  it('[MOD-2] comes out the same whatever the order of the profiles, and other splits come of another seed', () => {
    expect(fitted(drawn.toReversed())).toEqual({ isOk: true, model, report });
    expect(fitted(drawn, { seed: 8 }).report.heldOutPositives).not.toBe(report.heldOutPositives);
  });

  it('[MOD-3] keeps a bounded sample whose weights stand for everybody, so that scores stay chances', () => {
    const sample = sampleOf(drawn, { mostRows: 3000 });
    expect(sample.labels.length).toBeLessThanOrEqual(3000);
    const total = sample.weights.reduce((sum, weight) => sum + weight, 0);
    expect(Math.abs(total / drawn.length - 1)).toBeLessThan(0.06);
    const few = fitted(drawn, { mostRows: 3000 });
    expect(few.report.auc).toBeGreaterThan(report.auc - 0.05);
    const score = createScorer(few.model, NOW);
    const expected = drawn.reduce((sum, { attributes }) => sum + score(attributes), 0);
    const positives = drawn.filter(({ isPositive }) => isPositive).length;
    expect(Math.abs(expected / positives - 1)).toBeLessThan(0.1);
  });
});

describe('what a model cannot or should not learn from', () => {
  const withAttribute = (name: string, valueOf: (profile: DrawnProfile, index: number) => StoredValue) =>
    drawn.map((profile, index) => ({
      ...profile,
      attributes: { ...profile.attributes, [name]: valueOf(profile, index) },
    }));

  it('[MOD-4] warns of a feature that gives the label away, as a number, a rare mark or a text', () => {
    for (const [type, valueOf] of [
      ['number', ({ isPositive }: DrawnProfile, index: number) => (isPositive ? 1000 + (index % 7) : index % 900)],
      ['boolean', ({ isPositive }: DrawnProfile) => isPositive],
      ['string', ({ isPositive }: DrawnProfile, index: number) => `${isPositive ? 'won' : 'lost'} ${index % 9}`],
    ] as const) {
      const sources = [...SOURCES, { attribute: 'result', type }];
      const [first] = fitted(withAttribute('result', valueOf), { sources }).report.features;
      expect(first).toMatchObject({ attribute: 'result', warning: 'gives-away' });
      expect(first!.aloneAuc).toBeGreaterThan(0.98);
    }
  });

  it('[MOD-4] leaves out what names the profile, never changes or was never seen', () => {
    const sources: FeatureSource[] = [
      ...SOURCES,
      { attribute: 'email', type: 'string' },
      { attribute: 'site', type: 'string' },
      { attribute: 'gone', type: 'number' },
    ];
    const told = withAttribute('email', (_, index) => `user-${index}@example.test`).map((profile) => ({
      ...profile,
      attributes: { ...profile.attributes, site: 'shop' },
    }));
    expect(fitted(told, { sources }).report.leftOut).toEqual([
      { attribute: 'email', reason: 'identifier' },
      { attribute: 'site', reason: 'constant' },
      { attribute: 'gone', reason: 'unseen' },
    ]);
  });

  it('[MOD-5] refuses one class, too few profiles and no features, with the numbers', () => {
    const refuse = (profiles: readonly DrawnProfile[], sources = SOURCES) => {
      const result = fitModel(sampleOf(profiles, { sources }), sources);
      return result.isOk ? undefined : result.reason;
    };
    expect(refuse(drawn.map((profile) => ({ ...profile, isPositive: false })))).toEqual({
      code: 'too-few-positives',
      found: 0,
      needed: 30,
    });
    expect(refuse(drawn.map((profile) => ({ ...profile, isPositive: true })))).toMatchObject({
      code: 'too-few-negatives',
    });
    expect(refuse(drawn.slice(0, 150))).toMatchObject({ code: 'too-few-profiles', found: 150 });
    expect(refuse(drawn, [])).toEqual({ code: 'no-features' });
  });

  it('scores a profile that lacks everything or holds other types than the dictionary says', () => {
    const score = createScorer(model, NOW);
    const base = report.positives / report.profiles;
    for (const attributes of [{}, { age: 'forty', channel: 3, visits: null }]) {
      expect(score(attributes as Record<string, StoredValue>)).toBeGreaterThan(base / 10);
      expect(score(attributes as Record<string, StoredValue>)).toBeLessThan(1 - base / 10);
    }
  });
});
