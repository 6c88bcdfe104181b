import { HOUR_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { tallies } from '../analytics/tally.ts';
import { memberships, membershipIdOf } from '../audiences/membership-record.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';

let app: TestApp;
let operator: Record<string, string>;
let administrator: Record<string, string>;
let writer: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
  administrator = await app.signInAs('administrator');
  writer = await app.withWriteKey();
});
afterAll(() => app.close());

let serial = 0;
let device = '';
let user = '';
let deviceId = '';
let userId = '';
beforeEach(() => {
  serial += 1;
  device = `device-${serial}`;
  user = `user-${serial}`;
  deviceId = profileIdOf({ anonymousId: device });
  userId = profileIdOf({ userId: user });
});

const send = (batch: object[]) => app.call('POST', '/v1/batch', { headers: writer, body: { batch } });
const merge = (from: string, into: string) =>
  app.call('POST', '/api/profiles/merge', { headers: operator, body: { from, into } });
const profileOf = (id: string) => app.database.collection(profiles).findOne({ _id: id });
const runsOf = (flowId: string) => app.database.collection(runs).find({ flowId }).sort({ _id: 1 }).toArray();
const start = (flowId: string, body: object) =>
  app.call('POST', `/v1/flows/${flowId}/trigger`, { headers: writer, body });
const tallyOf = async (flowId: string) =>
  (await app.database.collection(tallies).find({ flowId }).toArray()).map((tally) => ({ ...tally, batches: [] }));

/** A flow for people who are named by calls, in which they wait for an order. */
async function publish(params: object = {}): Promise<string> {
  const graph = graphOf(
    [
      ['start', 'call-trigger', { audience: { op: 'all', of: [] }, reentry: 'unlimited', ...params }],
      [
        'wait',
        'wait-for-event',
        { events: [{ key: 'a', name: 'A', on: { event: 'Ordered' } }], need: 'any', since: 'now', timeoutMs: HOUR_MS },
      ],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>wait', 'wait:a>end', 'wait:timeout>end'],
  );
  const { body: flow } = await app.call('POST', '/api/flows', { headers: operator, body: { name: 'Flow', graph } });
  const { status, body } = await app.call('POST', `/api/flows/${flow.id}/publish`, {
    headers: operator,
    body: { baseRevision: flow.revision, note: '' },
  });
  expect([status, body]).toEqual([200, { version: 1 }]);
  return flow.id;
}

describe('a merge', () => {
  it('[RUN-11] keeps where a run stands and what is counted, and an event of the other identity wakes it', async () => {
    const flowId = await publish();
    await send([{ type: 'identify', userId: user, traits: { city: 'Graz' } }]);
    await start(flowId, { anonymousId: device });
    const [before] = await runsOf(flowId);
    const counts = await tallyOf(flowId);
    const { status, body } = await merge(deviceId, userId);
    expect([status, body]).toMatchObject([200, { from: deviceId, into: userId, status: 'done' }]);
    expect(await runsOf(flowId)).toEqual([{ ...before, profileId: userId, mergedFrom: [deviceId] }]);
    expect(await tallyOf(flowId)).toEqual(counts);
    await send([{ type: 'track', userId: user, event: 'Ordered' }]);
    await expect.poll(async () => (await runsOf(flowId))[0]).toMatchObject({ status: 'ended', node: 'end' });
    expect(await runsOf(flowId)).toHaveLength(1);
  });

  it('[RUN-11] lets what is sent about the absorbed identity reach the profile that goes on, also in a chain', async () => {
    const flowId = await publish();
    await send([
      { type: 'identify', userId: user, traits: {} },
      { type: 'identify', anonymousId: device, traits: {} },
      { type: 'identify', userId: `${user}-main`, traits: {} },
    ]);
    const main = profileIdOf({ userId: `${user}-main` });
    await start(flowId, { userId: `${user}-main` });
    await merge(deviceId, userId);
    await merge(userId, main);
    await send([
      { type: 'identify', anonymousId: device, traits: { plan: 'pro' } },
      { type: 'track', anonymousId: device, event: 'Ordered' },
    ]);
    await expect.poll(async () => (await runsOf(flowId))[0]?.status).toBe('ended');
    expect((await profileOf(main))?.attributes).toEqual({ plan: 'pro' });
    expect([await profileOf(deviceId), await profileOf(userId)]).toEqual([null, null]);
    expect((await app.call('GET', `/api/profiles/${deviceId}`, { headers: operator })).body.id).toBe(main);
  });

  it('takes over attributes that are missing, leaves those there are, and lets the later call win', async () => {
    const said = (at: string, who: object, traits: object) => ({ type: 'identify', ...who, traits, timestamp: at });
    await send([
      said('2026-01-01T00:00:00Z', { userId: user }, { city: 'Graz', plan: 'free' }),
      said('2026-02-01T00:00:00Z', { anonymousId: device }, { plan: 'pro', age: 30 }),
    ]);
    await app.database.collection(profiles).updateOne({ _id: userId }, { $set: { 'attributes.vip': true } });
    await app.database.collection(profiles).updateOne({ _id: deviceId }, { $set: { 'attributes.vip': false } });
    await merge(deviceId, userId);
    expect(await profileOf(userId)).toMatchObject({
      userId: user,
      anonymousIds: [device],
      attributes: { city: 'Graz', plan: 'pro', age: 30, vip: true },
    });
  });

  it('asked for again is the same, and into itself, in a circle, or twice elsewhere it is refused', async () => {
    await send([user, `${user}b`, `${user}c`].map((id) => ({ type: 'identify', userId: id, traits: {} })));
    const [second, third] = [`${user}b`, `${user}c`].map((id) => profileIdOf({ userId: id })) as [string, string];
    const first = await merge(userId, second);
    expect((await merge(userId, second)).body).toEqual(first.body);
    for (const [from, into] of [
      [second, second],
      [second, userId],
      [userId, third],
    ] as const)
      expect([(await merge(from, into)).body.code, from, into]).toEqual(['merge-refused', from, into]);
    expect((await merge('nobody', second)).status).toBe(404);
  });

  it('of two that would close a circle at once lets at most one through', async () => {
    await send([user, `${user}b`].map((id) => ({ type: 'identify', userId: id, traits: { [id]: 1 } })));
    const other = profileIdOf({ userId: `${user}b` });
    const answers = await Promise.all([merge(userId, other), merge(other, userId)]);
    const done = answers.filter(({ status }) => status === 200).length;
    expect(done).toBeLessThanOrEqual(1);
    const left = (await Promise.all([profileOf(userId), profileOf(other)])).filter((profile) => profile !== null);
    expect(left).toHaveLength(2 - done);
  });

  it('is undone: what came with the absorbed profile goes back, what came since stays', async () => {
    const flowId = await publish();
    await send([
      { type: 'identify', userId: user, traits: { city: 'Graz' } },
      { type: 'identify', anonymousId: device, traits: { plan: 'pro' } },
      { type: 'track', anonymousId: device, event: 'Visited' },
    ]);
    await start(flowId, { anonymousId: device });
    const [before, other] = await Promise.all([profileOf(deviceId), profileOf(userId)]);
    const { body } = await merge(deviceId, userId);
    await send([{ type: 'track', anonymousId: device, event: 'Visited' }]);
    const undone = await app.call('POST', `/api/merges/${body.id}/undo`, { headers: operator });
    expect(undone.body).toMatchObject({ status: 'undone' });
    expect(await profileOf(deviceId)).toMatchObject({ attributes: before?.attributes, anonymousIds: [device] });
    expect((await profileOf(userId))?.attributes).toEqual(other?.attributes);
    expect((await profileOf(userId))?.anonymousIds).toEqual([]);
    expect((await runsOf(flowId)).map(({ profileId }) => profileId)).toEqual([deviceId]);
    const counts = [deviceId, userId].map((profileId) => app.database.collection(events).countDocuments({ profileId }));
    expect(await Promise.all(counts)).toEqual([1, 1]);
    await send([{ type: 'track', anonymousId: device, event: 'Ordered' }]);
    await expect.poll(async () => (await runsOf(flowId))[0]?.status).toBe('ended');
    const { body: history } = await app.call('GET', `/api/profiles/${userId}/merges`, { headers: operator });
    expect(history.items).toMatchObject([{ id: body.id, status: 'undone' }]);
  });

  it('that was built upon is undone only behind the later one', async () => {
    await send([user, `${user}b`, `${user}c`].map((id) => ({ type: 'identify', userId: id, traits: { id } })));
    const [second, third] = [`${user}b`, `${user}c`].map((id) => profileIdOf({ userId: id })) as [string, string];
    const { body: first } = await merge(userId, second);
    const { body: later } = await merge(second, third);
    const undo = (id: string) => app.call('POST', `/api/merges/${id}/undo`, { headers: operator });
    expect((await undo(first.id)).body.code).toBe('merge-refused');
    expect((await undo(later.id)).body.status).toBe('undone');
    expect((await undo(first.id)).body.status).toBe('undone');
    expect((await profileOf(userId))?.attributes).toEqual({ id: user });
    expect((await profileOf(second))?.attributes).toEqual({ id: `${user}b` });
  });

  it('carries memberships of manual audiences over without anybody entering', async () => {
    await send([user, `${user}b`].map((id) => ({ type: 'identify', userId: id, traits: {} })));
    const other = profileIdOf({ userId: `${user}b` });
    const { body: audience } = await app.call('POST', '/api/audiences', {
      headers: operator,
      body: { name: `Guests ${serial}`, kind: 'manual' },
    });
    await app.call('POST', `/api/audiences/${audience.id}/members`, {
      headers: operator,
      body: { change: 'add', userIds: [user] },
    });
    await merge(userId, other);
    const stored = app.database.collection(memberships);
    expect(await stored.findOne({ _id: membershipIdOf(audience.id, userId) })).toBeNull();
    const joined = await stored.findOne({ _id: membershipIdOf(audience.id, other) });
    expect(joined).toMatchObject({ isMember: true });
    expect(joined).not.toHaveProperty('isUntold');
    const { body: after } = await app.call('GET', `/api/audiences/${audience.id}`, { headers: operator });
    expect(after.size).toBe(1);
  });
});

describe('a visitor whose anonymous id a call names beside a user id', () => {
  const visit = () => ({ type: 'track', anonymousId: device, event: 'Visited' });
  const signIn = (id = user) => ({ type: 'identify', userId: id, anonymousId: device, traits: { name: id } });
  const visitsOf = (profileId: string) => app.database.collection(events).countDocuments({ profileId });
  const historyOf = async (id: string) =>
    (await app.call('GET', `/api/profiles/${id}/merges`, { headers: operator })).body.items;
  /** Once its history is written, nothing of it is left to do. */
  const isJoined = () => expect.poll(() => historyOf(userId)).toMatchObject([{ from: deviceId, status: 'done' }]);

  it('[ID-1] becomes part of that user by itself, with what was done before and what is done later', async () => {
    await send([{ type: 'identify', anonymousId: device, traits: { campaign: 'spring' } }, visit()]);
    await send([signIn()]);
    await isJoined();
    expect(await visitsOf(userId)).toBe(1);
    expect(await profileOf(deviceId)).toBeNull();
    expect((await profileOf(userId))?.attributes).toEqual({ campaign: 'spring', name: user });
    expect(await historyOf(userId)).toMatchObject([{ by: null }]);
    await send([visit()]);
    expect(await visitsOf(userId)).toBe(2);
  });

  it.each([
    ['an alias call', () => ({ type: 'alias', userId: user, previousId: device })],
    ['an event', () => ({ type: 'track', userId: user, anonymousId: device, event: 'Ordered' })],
  ])('[ID-1] does so by %s, also in the batch of the first visit', async (_call, name) => {
    await send([visit(), name()]);
    await isJoined();
    expect(await visitsOf(deviceId)).toBe(0);
    expect(await profileOf(deviceId)).toBeNull();
  });

  it('[ID-1] stays with the first who signed in when another does on the same device', async () => {
    await send([visit(), signIn()]);
    await isJoined();
    await send([signIn(`${user}-other`)]);
    expect((await profileOf(profileIdOf({ userId: `${user}-other` })))?.attributes).toEqual({ name: `${user}-other` });
    expect((await profileOf(userId))?.attributes).toEqual({ name: user });
    expect(await visitsOf(userId)).toBe(1);
  });

  it('[ID-2] is not joined again once somebody has parted them', async () => {
    await send([visit(), signIn()]);
    await isJoined();
    const [{ id }] = await historyOf(userId);
    await app.call('POST', `/api/merges/${id}/undo`, { headers: operator });
    await send([signIn(), visit()]);
    expect(await historyOf(userId)).toMatchObject([{ id, status: 'undone' }]);
    expect([await visitsOf(userId), await visitsOf(deviceId)]).toEqual([0, 2]);
  });

  it('[ID-3] never joins two known users, whatever a call says', async () => {
    await send([{ type: 'identify', userId: user, traits: { a: 1 } }]);
    await send([
      { type: 'alias', userId: `${user}-thief`, previousId: user },
      { type: 'identify', userId: `${user}-thief`, anonymousId: user, traits: {} },
    ]);
    expect(await historyOf(profileIdOf({ userId: `${user}-thief` }))).toEqual([]);
    expect((await profileOf(userId))?.attributes).toEqual({ a: 1 });
  });
});

it('[ID-4] who wrote an attribute last is noted once the dictionary has an order of its sources', async () => {
  await send([{ type: 'identify', userId: user, traits: { phone: '1', tier: 'a' } }]);
  await app.call('GET', '/api/attributes', { headers: administrator });
  const order = (onMerge: unknown) =>
    app.call('PUT', '/api/attributes/tier', { headers: administrator, body: { sensitivity: 'internal', onMerge } });
  // The dictionary writes down what it has seen a while later.
  await expect.poll(async () => (await order(['import', 'flow', 'api'])).status).toBe(200);
  expect((await order(['import', 'import'])).status).toBe(400);
  const fromOf = async () => (await profileOf(userId))?.attributesFrom;
  await send([{ type: 'identify', userId: user, traits: { phone: '2', tier: 'b' } }]);
  expect(await fromOf()).toEqual({ tier: 'api' });
});

describe('re-entry after a merge', () => {
  const refusal = async (flowId: string, body: object) => (await start(flowId, body)).body.results[0].refusal;

  it.each(['once', 'key', 'period', 'after-exit'])(
    '[RUN-11] holds for the person under the rule %s',
    async (reentry) => {
      const flowId = await publish({ reentry, reentryMs: HOUR_MS, cap: 'ever', capMax: 5 });
      await send([{ type: 'identify', userId: user, traits: {} }]);
      const call = { key: 'k', messageId: `${flowId}-1` };
      const first = await start(flowId, { anonymousId: device, ...call });
      await merge(deviceId, userId);
      const refused = {
        once: 'already-entered',
        key: 'already-entered',
        period: 'in-period',
        'after-exit': 'still-inside',
      };
      expect(await refusal(flowId, { userId: user, key: 'k' })).toBe(refused[reentry as keyof typeof refused]);
      expect(await refusal(flowId, { anonymousId: device, key: 'k' })).toBe(refused[reentry as keyof typeof refused]);
      const again = await start(flowId, { userId: user, ...call });
      expect(again.body.results).toEqual([{ ...first.body.results[0], isStarted: false }]);
      expect(await runsOf(flowId)).toHaveLength(1);
    },
  );

  it('[RUN-11] starts a new run per occasion where that is the rule, and none for an occasion that had its run', async () => {
    const flowId = await publish({ reentry: 'unlimited' });
    await send([{ type: 'identify', userId: user, traits: {} }]);
    await start(flowId, { anonymousId: device, messageId: `${flowId}-1` });
    await merge(deviceId, userId);
    await start(flowId, { userId: user, messageId: `${flowId}-1` });
    expect(await runsOf(flowId)).toHaveLength(1);
    await start(flowId, { userId: user, messageId: `${flowId}-2` });
    expect(await runsOf(flowId)).toHaveLength(2);
  });

  it('[RUN-11] counts a place of a person once', async () => {
    const flowId = await publish({ reentry: 'once', cap: 'ever', capMax: 2 });
    await send([{ type: 'identify', userId: user, traits: {} }]);
    await start(flowId, { anonymousId: device });
    await merge(deviceId, userId);
    await start(flowId, { userId: user });
    expect(await refusal(flowId, { userId: `${user}-next` })).toBeNull();
    expect(await refusal(flowId, { userId: `${user}-last` })).toBe('cap-reached');
  });
});

describe('deleting a profile', () => {
  it('[RUN-10] ends its runs, deletes what is known of it, and answers how much that was', async () => {
    const flowId = await publish();
    await send([
      { type: 'identify', userId: user, traits: { city: 'Graz' } },
      { type: 'track', userId: user, event: 'Visited' },
    ]);
    await start(flowId, { userId: user });
    const path = `/api/profiles/${userId}`;
    const belongings = { events: 1, rows: 0, audiences: 0, runs: 1 };
    expect((await app.call('GET', `${path}/belongings`, { headers: operator })).body).toEqual(belongings);
    expect((await app.call('DELETE', path, { headers: operator })).status).toBe(403);
    const { status, body } = await app.call('DELETE', path, { headers: administrator });
    expect([status, body]).toEqual([200, belongings]);
    expect((await runsOf(flowId))[0]).toMatchObject({ status: 'ended', endReason: { code: 'profile-gone' } });
    expect(await profileOf(userId)).toBeNull();
    expect(await app.database.collection(events).countDocuments({ profileId: userId })).toBe(0);
    expect((await app.call('DELETE', path, { headers: administrator })).status).toBe(404);
  });

  it('frees the ids that it had absorbed', async () => {
    await send([user, `${user}b`].map((id) => ({ type: 'identify', userId: id, traits: { id } })));
    const other = profileIdOf({ userId: `${user}b` });
    await merge(userId, other);
    await app.call('DELETE', `/api/profiles/${other}`, { headers: administrator });
    await send([{ type: 'identify', userId: user, traits: { isNew: true } }]);
    expect((await profileOf(userId))?.attributes).toEqual({ isNew: true });
    expect(await profileOf(other)).toBeNull();
  });
});
