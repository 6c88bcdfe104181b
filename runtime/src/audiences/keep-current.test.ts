import type { Condition } from '@sluice/shared/condition';
import { DAY_MS } from '@sluice/shared/time';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { openAudiences, START } from './audiences.fixture.ts';

let here: Awaited<ReturnType<typeof openAudiences>>;
beforeEach(async () => {
  here = await openAudiences();
});
afterEach(() => here.close());

const u1 = profileIdOf({ userId: 'u1' });
const u2 = profileIdOf({ userId: 'u2' });
const rich: Condition = { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } };
const ordered = (value: number, ms?: number): Condition => ({
  op: 'event',
  name: 'Order',
  measure: { kind: 'count' },
  window: ms === undefined ? { kind: 'ever' } : { kind: 'last', ms },
  is: { operator: value === 0 ? 'equals' : 'atLeast', value },
});
const identify = (userId: string, traits: object) => ({ type: 'identify', userId, traits });
const order = (userId: string, at = START) => ({
  type: 'track',
  userId,
  event: 'Order',
  timestamp: new Date(at).toISOString(),
});
const changesOf = (audience: string) =>
  here.told.filter((fact) => fact.audience === audience).map(({ profileId, change }) => [profileId, change]);

describe('[AUD-2] a dynamic audience follows', () => {
  test('an attribute that arrives, in and out', async () => {
    const audience = await here.create('Rich', rich);
    await here.ingest.accept([identify('u1', { history: 150 }), identify('u2', { history: 50 })]);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([u1]);
    await here.ingest.accept([identify('u1', { history: 90 }), identify('u2', { history: 200 })]);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([u2]);
    expect(changesOf(audience)).toEqual([
      [u1, 'entered'],
      ...[
        [u1, 'left'],
        [u2, 'entered'],
      ].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ]);
    expect(await here.saved.audiences.get(audience)).toMatchObject({ size: 1 });
    expect(await here.database.collection(profiles).countDocuments({ unsettled: { $exists: true } })).toBe(0);
  });

  test('an event that arrives', async () => {
    const audience = await here.create('Regulars', ordered(2));
    await here.ingest.accept([order('u1')]);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([]);
    await here.ingest.accept([order('u1')]);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([u1]);
  });

  test('a profile that is made, by an event that says nothing about it', async () => {
    const audience = await here.create('No orders', { op: 'all', of: [ordered(0)] });
    await here.ingest.accept([{ type: 'track', userId: 'u1', event: 'Page Viewed' }]);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([u1]);
  });

  test('time: 30 days after the last order, with nobody doing anything', async () => {
    const audience = await here.create('Gone quiet', ordered(0, 30 * DAY_MS));
    await here.ingest.accept([order('u1', START - DAY_MS)]);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([]);
    here.passTime(28 * DAY_MS);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([]);
    here.passTime(DAY_MS);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([u1]);
    expect(changesOf(audience)).toEqual([[u1, 'entered']]);
  });

  test('a sequence, and the end of the time in which its last step could have come', async () => {
    const audience = await here.create('Abandoned carts', {
      op: 'event',
      name: 'Cart',
      followedBy: [{ is: 'didNot', name: 'Order', ms: DAY_MS }],
      measure: { kind: 'count' },
      window: { kind: 'last', ms: 30 * DAY_MS },
      is: { operator: 'atLeast', value: 1 },
    });
    await here.ingest.accept([
      { ...order('u1'), event: 'Cart' },
      { ...order('u2'), event: 'Cart' },
    ]);
    here.passTime(DAY_MS / 2);
    await here.ingest.accept([order('u2', START + DAY_MS / 2)]);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([]);
    here.passTime(DAY_MS / 2);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([u1]);
    here.passTime(30 * DAY_MS);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([]);
  });

  test('time, also for those whom the first extraction found outside', async () => {
    await here.ingest.accept([order('u1', START - DAY_MS), order('u2', START - 40 * DAY_MS)]);
    const audience = await here.create('Gone quiet', ordered(0, 30 * DAY_MS));
    expect(await here.membersOf(audience)).toEqual([u2]);
    here.passTime(29 * DAY_MS);
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([u1, u2].sort());
  });

  test('another audience that it contains, through two steps', async () => {
    const inner = await here.create('Rich', rich);
    const outer = await here.create('Not rich', { op: 'audience', audience: inner, is: 'notMember' });
    const outmost = await here.create('Not not rich', { op: 'audience', audience: outer, is: 'notMember' });
    await here.ingest.accept([identify('u1', { history: 150 }), identify('u2', { history: 50 })]);
    await here.settle();
    expect(await here.membersOf(inner)).toEqual([u1]);
    expect(await here.membersOf(outer)).toEqual([u2]);
    expect(await here.membersOf(outmost)).toEqual([u1]);
  });
});

test('[AUD-3] an event is asked only of the audiences that read it', async () => {
  const audience = await here.create('Regulars', ordered(1));
  for (let index = 0; index < 20; index += 1)
    await here.create(`Other ${index}`, {
      op: 'event',
      name: `Event ${index}`,
      measure: { kind: 'count' },
      window: { kind: 'ever' },
      is: { operator: 'atLeast', value: 1 },
    });
  await here.ingest.accept([order('u1')]);
  here.asked.length = 0;
  await here.settle();
  expect(here.asked).toEqual([u1]);
  expect(await here.membersOf(audience)).toEqual([u1]);
});

test('[AUD-4] what a process that died had not looked at, another one finds', async () => {
  const audience = await here.create('Rich', rich);
  // As if killed between the write and the look: nobody is woken.
  await here.saved.upkeep.stop();
  await here.ingest.accept([identify('u1', { history: 150 })]);
  const another = here.composeAnother();
  another.upkeep.wake();
  await another.idle();
  expect(await here.membersOf(audience)).toEqual([u1]);
  await another.stop();
});

test('a profile that is deleted leaves the audiences that look at it again', async () => {
  const audience = await here.create('Quiet', ordered(0, DAY_MS));
  await here.ingest.accept([order('u1')]);
  await here.settle();
  await here.database.collection(profiles).deleteOne({ _id: u1 });
  here.passTime(2 * DAY_MS);
  await here.settle();
  expect(await here.membersOf(audience)).toEqual([]);
});
