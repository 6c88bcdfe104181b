import type { AttributeValue } from '@sluice/shared/model';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { attributeSplitHandler } from './attribute-split.handler.ts';
import { attributeSplit } from './attribute-split.node.ts';

const params = {
  attribute: 'segment',
  variants: [
    { key: 'mens', name: 'Mens', values: ['Mens E-Mail', 'Men'], isHoldOut: false },
    { key: 'control', name: 'Control', values: ['No E-Mail', '0', 'false'], isHoldOut: true },
  ],
};
const split = (segment?: AttributeValue) =>
  attributeSplitHandler.enter(
    fakeStepContext({ params, nodeId: 'arms', ...(segment !== undefined && { attributes: { segment } }) }),
  );

test('the variant is the one that names the value, and is recorded as exposed', () => {
  expect(split('Men')).toMatchObject({
    kind: 'advance',
    port: 'mens',
    variant: { experiment: 'arms', variant: 'mens' },
    effects: [{ kind: 'record-exposure', experiment: 'arms', variant: 'mens', isHoldOut: false }],
  });
  expect(split('No E-Mail')).toMatchObject({
    port: 'control',
    effects: [{ kind: 'record-exposure', isHoldOut: true }],
    reason: { code: 'attribute-split:held-out', values: { name: 'Control' } },
  });
});

test('numbers and booleans count by the way they are written, a list by any of its items', () => {
  expect(split(0)).toMatchObject({ port: 'control' });
  expect(split(false)).toMatchObject({ port: 'control' });
  expect(split(['x', 'Men'])).toMatchObject({ port: 'mens' });
});

test('no value, or one that no variant names, leaves by other and counts for no variant', () => {
  for (const value of [undefined, null, 'men', '', []]) {
    const outcome = split(value);
    expect(outcome).toMatchObject({ kind: 'advance', port: 'other' });
    expect(outcome).not.toHaveProperty('variant');
    expect(outcome).not.toHaveProperty('effects');
  }
});

test('a key or a value that stands twice and the reserved key are errors', () => {
  const [mens, control] = params.variants;
  if (mens === undefined || control === undefined) throw new Error('two variants');
  const facts = { attributes: new Map([['segment', 'string']]), events: new Set<string>() };
  const check = (...variants: (typeof mens)[]) =>
    attributeSplit.check?.({ attribute: 'segment', variants }, facts)?.map(({ code, param }) => [code, param]);
  expect(check(mens, control)).toEqual([]);
  expect(check(mens, { ...control, key: 'mens' })).toEqual([['attribute-split:key-twice', '/variants/1/key']]);
  expect(check({ ...mens, key: 'other' })).toEqual([['attribute-split:key-reserved', '/variants/0/key']]);
  expect(check(mens, { ...control, values: ['x', 'Men'] })).toEqual([
    ['attribute-split:value-twice', '/variants/1/values'],
  ]);
});

test('an attribute that nobody has is worth a warning once there is any data', () => {
  const check = (names: string[]) =>
    attributeSplit.check?.(params, { attributes: new Map(names.map((name) => [name, 'string'])), events: new Set() });
  expect(check(['city'])).toMatchObject([{ code: 'attribute-split:attribute-unseen', severity: 'warning' }]);
  expect(check([])).toEqual([]);
});
