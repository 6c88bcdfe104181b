import { createBucket, type WinnerRule } from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { checkGraph, type Measurement } from '@sluice/shared/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manifests } from '../../manifests.ts';
import { abSplitHandler } from './ab-split.handler.ts';
import { abSplit } from './ab-split.node.ts';

type Variants = (typeof abSplit.defaults)['variants'];

const facts = { attributes: new Map<string, string>(), events: new Set<string>() };
const variants: Variants = [
  { key: 'mens', name: 'Mens', weight: 45, isHoldOut: false },
  { key: 'womens', name: 'Womens', weight: 45, isHoldOut: false },
  { key: 'control', name: 'Control', weight: 10, isHoldOut: true },
];
const deal = (bucket: number, dealt: Variants = variants) =>
  abSplitHandler.enter(fakeStepContext({ params: { variants: dealt }, bucket, nodeId: 'split' }));

test('the shares are cut from the bucket in the order of the variants', () => {
  expect(deal(0)).toMatchObject({ port: 'mens' });
  expect(deal(0.4499)).toMatchObject({ port: 'mens' });
  expect(deal(0.45)).toMatchObject({ port: 'womens' });
  expect(deal(0.9)).toMatchObject({ port: 'control' });
  expect(deal(1 - Number.EPSILON)).toMatchObject({ port: 'control' });
});

test('a variant of no share gets nobody', () => {
  const [mens, womens] = variants;
  if (mens === undefined || womens === undefined) throw new Error('two variants');
  expect(
    deal(0, [
      { ...mens, weight: 0 },
      { ...womens, weight: 100 },
    ]),
  ).toMatchObject({ port: 'womens' });
});

test('every variant records its exposure, the hold-out as one', () => {
  expect(deal(0)).toMatchObject({
    effects: [{ kind: 'record-exposure', experiment: 'split', variant: 'mens', isHoldOut: false }],
    variant: { experiment: 'split', variant: 'mens' },
    reason: { code: 'ab-split:dealt', values: { name: 'Mens' } },
  });
  expect(deal(0.95)).toMatchObject({
    effects: [{ kind: 'record-exposure', variant: 'control', isHoldOut: true }],
    reason: { code: 'ab-split:held-out' },
  });
});

test('[RUN-7] with the real hash the shares come out as set, and the same profile always gets the same variant', async () => {
  const bucket = await createBucket();
  const counts = new Map<string, number>();
  const size = 20_000;
  for (let i = 0; i < size; i += 1) {
    const context = {
      ...fakeStepContext({ params: { variants }, nodeId: 'split' }),
      bucket: (salt: string) => bucket('flow', 'split', `profile-${i}`, salt),
    };
    const outcome = abSplitHandler.enter(context);
    expect(abSplitHandler.enter(context)).toEqual(outcome);
    if (!('port' in outcome)) throw new Error('a split always advances');
    counts.set(outcome.port, (counts.get(outcome.port) ?? 0) + 1);
  }
  for (const { key, weight } of variants) {
    const share = weight / 100;
    const fiveDeviations = 5 * Math.sqrt(size * share * (1 - share));
    expect(Math.abs((counts.get(key) ?? 0) - size * share)).toBeLessThan(fiveDeviations);
  }
});

describe('a split that chooses its winner', () => {
  const winner: WinnerRule = {
    metric: 'click',
    everyMs: 86_400_000,
    looks: 3,
    minimumPerArm: 1000,
    confidence: 0.95,
    afterwards: 'all-to-winner',
  };
  const enter = (bucket: number, decision?: string, rule = winner, has: Record<string, string> = {}) => {
    const context = fakeStepContext({
      params: { variants, winner: rule },
      bucket,
      nodeId: 'split',
      ...(decision !== undefined && { decision }),
    });
    return abSplitHandler.enter({ ...context, run: { ...context.run, variants: has } });
  };

  test('deals as set until it is decided', async () => {
    expect(await enter(0)).toMatchObject({ port: 'mens', reason: { code: 'ab-split:dealt' } });
    expect(await enter(0.5)).toMatchObject({ port: 'womens', reason: { code: 'ab-split:dealt' } });
  });

  test('sends everyone to the winner once it is decided, and records the exposure as of that', async () => {
    expect(await enter(0, 'womens')).toEqual({
      kind: 'advance',
      port: 'womens',
      effects: [{ kind: 'record-exposure', experiment: 'split', variant: 'womens', isHoldOut: false }],
      variant: { experiment: 'split', variant: 'womens' },
      reason: { code: 'ab-split:decided', values: { name: 'Womens' } },
    });
  });

  test('leaves the hold-out its share', async () => {
    expect(await enter(0.95, 'womens')).toMatchObject({ port: 'control', reason: { code: 'ab-split:held-out' } });
  });

  test('leaves a run that comes back the variant it has', async () => {
    expect(await enter(0, 'womens', winner, { split: 'mens' })).toMatchObject({ port: 'mens' });
    expect(await enter(0, 'womens', winner, { split: 'gone' })).toMatchObject({ port: 'womens' });
  });

  test('keeps the shares where that was asked for', async () => {
    expect(await enter(0, 'womens', { ...winner, afterwards: 'keep' })).toMatchObject({ port: 'mens' });
  });

  test('cannot compare by conversions in a flow that counts none', () => {
    const position = { x: 0, y: 0 };
    const node = (metric: WinnerRule['metric']) => ({
      id: 'split',
      kind: 'ab-split',
      kindVersion: 1,
      params: { variants, winner: { ...winner, metric } },
      position,
    });
    const codes = (metric: WinnerRule['metric'], measurement?: Measurement) =>
      checkGraph({ schema: 1, nodes: [node(metric)], edges: [], ...(measurement && { measurement }) }, manifests, facts)
        .map(({ code }) => code)
        .filter((code) => code === 'winner-without-conversion');
    const day = 86_400_000;
    expect(codes('conversion')).toEqual(['winner-without-conversion']);
    expect(codes('conversion', { windowMs: day })).toEqual(['winner-without-conversion']);
    expect(codes('conversion', { windowMs: day, conversionEvent: 'Order Paid' })).toEqual([]);
    expect(codes('click')).toEqual([]);
  });

  test('needs two variants that could win', () => {
    const [mens, womens, control] = variants;
    if (mens === undefined || womens === undefined || control === undefined) throw new Error('three variants');
    const alone = [{ ...mens, weight: 90 }, { ...womens, weight: 0 }, control];
    expect(abSplit.check?.({ variants: alone, winner }, facts)).toEqual([
      { code: 'ab-split:winner-alone', severity: 'error', param: '/winner' },
    ]);
    expect(abSplit.check?.({ variants, winner }, facts)).toEqual([]);
  });
});

test('shares that do not add up to 100 % and keys that stand twice are errors', () => {
  const [mens, womens] = variants;
  if (mens === undefined || womens === undefined) throw new Error('two variants');
  expect(abSplit.check?.({ variants: [mens, { ...womens, key: 'mens', weight: 50 }] }, facts)).toEqual([
    { code: 'ab-split:weights-sum', severity: 'error', param: '/variants', values: { sum: 95 } },
    { code: 'ab-split:key-twice', severity: 'error', param: '/variants/1/key', values: { key: 'mens' } },
  ]);
  expect(abSplit.check?.({ variants }, facts)).toEqual([]);
});

test('whatever the weights, if they pass the check everyone gets a variant that has a share', () => {
  const weights = fc
    .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 9 })
    .map((cuts) => [0, ...cuts, 100].sort((a, b) => a - b))
    .map((cuts) => cuts.slice(1).map((cut, i) => cut - (cuts[i] ?? 0)));
  fc.assert(
    fc.property(weights, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (shares, bucket) => {
      const dealt = shares.map((weight, i) => ({ key: `v${i}`, name: `V${i}`, weight, isHoldOut: false }));
      expect(abSplit.check?.({ variants: dealt }, facts)).toEqual([]);
      const outcome = deal(bucket, dealt);
      const chosen = dealt.find(({ key }) => 'port' in outcome && key === outcome.port);
      expect(chosen?.weight).toBeGreaterThan(0);
    }),
  );
});
