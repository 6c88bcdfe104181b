import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { audienceMembershipHandler } from './audience-membership.handler.ts';
import { audienceMembership } from './audience-membership.node.ts';

const check = (audience: string, known = {}) =>
  audienceMembership
    .check?.({ change: 'add', audience }, { attributes: new Map(), events: new Set(), ...known })
    .map(({ code }) => code);

test('a step changes the membership of the person in the audience', () => {
  const outcome = audienceMembershipHandler.enter(fakeStepContext({ params: { change: 'remove', audience: 'a1' } }));
  expect(outcome).toMatchObject({
    kind: 'advance',
    port: 'next',
    effects: [{ kind: 'change-membership', audience: 'a1', change: 'remove' }],
  });
});

test('an audience that is not chosen, gone, or follows a condition is an error', () => {
  const known = {
    audiences: new Map([
      ['a1', 'VIP'],
      ['a2', 'Rich'],
    ]),
    manualAudiences: new Set(['a1']),
  };
  expect(check('')).toEqual(['audience-membership:audience-missing']);
  expect(check('a3', known)).toEqual(['audience-membership:audience-unknown']);
  expect(check('a2', known)).toEqual(['audience-membership:audience-not-manual']);
  expect(check('a1', known)).toEqual([]);
  expect(check('a1')).toEqual([]);
});
