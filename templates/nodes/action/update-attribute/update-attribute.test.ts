import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { updateAttributeHandler } from './update-attribute.handler.ts';
import { updateAttribute } from './update-attribute.node.ts';

type Changes = (typeof updateAttribute.defaults)['changes'];

const step = (changes: Changes) => updateAttributeHandler.enter(fakeStepContext({ params: { changes } }));
const check = (changes: Changes, types: [string, string][] = []) =>
  updateAttribute
    .check?.({ changes }, { attributes: new Map(types), events: new Set() })
    .map(({ code, param }) => [code, param]);

test('all changes of a step are one effect', () => {
  const outcome = step([
    { attribute: 'stage', action: 'set', value: 'won back' },
    { attribute: 'mails', action: 'increment', value: 2 },
    { attribute: 'balance', action: 'increment', value: -1 },
    { attribute: 'coupon', action: 'unset' },
  ]);
  expect(outcome).toMatchObject({
    kind: 'advance',
    port: 'next',
    effects: [
      {
        kind: 'update-profile',
        set: { stage: 'won back' },
        increment: { mails: 2, balance: -1 },
        unset: ['coupon'],
      },
    ],
  });
});

test('false, zero and the empty text are values like any other', () => {
  const changes: Changes = [
    { attribute: 'a', action: 'set', value: false },
    { attribute: 'b', action: 'set', value: 0 },
    { attribute: 'c', action: 'set', value: '' },
  ];
  expect(check(changes)).toEqual([]);
  expect(step(changes)).toMatchObject({ effects: [{ set: { a: false, b: 0, c: '' } }] });
});

test('a set without a value, a count without a number and an attribute changed twice are errors', () => {
  expect(check([{ attribute: 'a', action: 'set' }])).toEqual([['update-attribute:value-missing', '/changes/0/value']]);
  expect(check([{ attribute: 'a', action: 'increment', value: '2' }])).toEqual([
    ['update-attribute:step-missing', '/changes/0/value'],
  ]);
  expect(
    check([
      { attribute: 'a', action: 'unset' },
      { attribute: 'a', action: 'set', value: 1 },
    ]),
  ).toEqual([['update-attribute:attribute-twice', '/changes/1/attribute']]);
});

test('an attribute that is known to be no number cannot be counted', () => {
  const changes: Changes = [{ attribute: 'city', action: 'increment', value: 1 }];
  expect(check(changes, [['city', 'string']])).toEqual([['update-attribute:not-a-number', '/changes/0/attribute']]);
  expect(check(changes, [['city', 'number']])).toEqual([]);
  expect(check(changes)).toEqual([]);
});
