import { DAY_MS, HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runs } from '../executor/run-record.ts';
import { type EntryBench, eventOf, flowWith, openEntryBench, START } from './enrolment.fixture.ts';

let bench: EntryBench;
beforeAll(async () => {
  bench = await openEntryBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.clear();
  await bench.addProfiles({ _id: 'ann', attributes: { city: 'Basel' } }, { _id: 'bob', attributes: { city: 'Bern' } });
});

const trigger = (params: object = {}, options?: { waitMs?: number }) =>
  flowWith('event-trigger', { event: 'Order Completed', reentry: 'unlimited', ...params }, options);
const event = (profileId: string, more?: Parameters<typeof eventOf>[2]) => eventOf(bench.clock, profileId, more);

async function countsOf(flowId = 'flow') {
  const process = await bench.process();
  return Object.assign({}, ...(await process.refusals.of(flowId)).map(({ counts }) => counts));
}

describe('starting runs on events', () => {
  it('lets in whoever the event is of, with the event in hand', async () => {
    await bench.publish('flow', trigger());
    const { events } = await bench.process();
    await events.consume([event('ann', { properties: { orderId: 'A1' } }), event('bob', { name: 'Order Cancelled' })]);
    const entered = await bench.database.collection(runs).find({}).toArray();
    expect(entered.map(({ profileId }) => profileId)).toEqual(['ann']);
    expect(entered[0]?.event).toMatchObject({ name: 'Order Completed', properties: { orderId: 'A1' } });
  });

  it('asks the filters of the properties and the condition of the trigger', async () => {
    const where = [{ property: 'amount', is: { operator: 'atLeast', value: 100 } }];
    const audience = { op: 'attribute', name: 'city', is: { operator: 'equals', value: 'Basel' } };
    await bench.publish('flow', trigger({ where, audience }));
    const { events } = await bench.process();
    await events.consume([
      event('ann', { properties: { amount: 99 } }),
      event('ann', { properties: { amount: 100 } }),
      event('bob', { properties: { amount: 500 } }),
    ]);
    expect(await bench.runCount()).toBe(1);
    expect(await countsOf()).toEqual({ 'outside-audience': 1 });
  });

  it('[ENT-1] starts one run per key, and none for an event without one', async () => {
    await bench.publish('flow', trigger({ key: 'orderId', reentry: 'key' }));
    const { events } = await bench.process();
    const order = (orderId?: string) => event('ann', { properties: orderId === undefined ? {} : { orderId } });
    await events.consume([order('A1'), order('A1'), order('A2'), order()]);
    await events.consume([order('A2')]);
    expect(await bench.runCount()).toBe(2);
    expect(await countsOf()).toEqual({ 'already-entered': 2, 'no-key': 1 });
  });

  it('[ENT-1] lets two events that come at once to two processes start one run', async () => {
    await bench.publish('flow', trigger({ reentry: 'period', reentryMs: DAY_MS }));
    const processes = await Promise.all([bench.process(), bench.process()]);
    await Promise.all(processes.map(({ events }) => events.consume([event('ann'), event('bob')])));
    expect(await bench.runCount()).toBe(2);
  });

  it('[ENT-1] keeps once ever over a new version of the flow', async () => {
    await bench.publish('flow', trigger({ reentry: 'once' }));
    const { events } = await bench.process();
    await events.consume([event('ann')]);
    await bench.publish('flow', trigger({ reentry: 'once', key: 'orderId' }));
    bench.clock.pass(HOUR_MS);
    await events.consume([event('ann'), event('bob')]);
    const entered = await bench.database.collection(runs).find({}).sort({ enteredAt: 1 }).toArray();
    expect(entered.map(({ profileId, version }) => [profileId, version])).toEqual([
      ['ann', 1],
      ['bob', 2],
    ]);
  });

  it('[ENT-2] measures a period from event to event, also within one batch', async () => {
    await bench.publish('flow', trigger({ reentry: 'period', reentryMs: HOUR_MS }));
    const { events } = await bench.process();
    const after = (minutes: number) => event('ann', { receivedAt: new Date(START + minutes * MINUTE_MS) });
    bench.clock.pass(DAY_MS);
    await events.consume([after(0), after(59), after(60), after(119), after(180)]);
    expect(await bench.runCount()).toBe(3);
    expect(await countsOf()).toEqual({ 'in-period': 2 });
  });

  it('[ENT-2] lets a person in again only when they had left before the event', async () => {
    await bench.publish('flow', trigger({ reentry: 'after-exit' }, { waitMs: HOUR_MS }));
    const { events, executor } = await bench.process();
    await events.consume([event('ann')]);
    bench.clock.pass(MINUTE_MS);
    await events.consume([event('ann')]);
    expect(await bench.runCount()).toBe(1);
    bench.clock.pass(HOUR_MS);
    await executor.drainDue(10);
    bench.clock.pass(1);
    await events.consume([event('ann')]);
    expect(await bench.runCount()).toBe(2);
    expect(await countsOf()).toEqual({ 'still-inside': 1 });
  });

  it('takes a storm of one person in without more runs than the rule has, in one enrolment', async () => {
    await bench.publish('storm', trigger({ reentry: 'after-exit' }, { waitMs: HOUR_MS }));
    await bench.publish('flow', trigger({ reentry: 'period', reentryMs: HOUR_MS }));
    const asked: number[] = [];
    const { events } = await bench.process((enrol) => (program, node, entries) => {
      asked.push(entries.length);
      return enrol(program, node, entries);
    });
    await events.consume(Array.from({ length: 1000 }, () => event('ann')));
    expect([await bench.runCount('storm'), await bench.runCount('flow')]).toEqual([1, 1]);
    expect(asked).toEqual([1, 1]);
    expect(await countsOf('storm')).toEqual({ 'still-inside': 999 });
  });

  it('[ENT-6] starts nothing on an event that arrived more than a day late, and counts it', async () => {
    await bench.publish('flow', trigger());
    const { events } = await bench.process();
    const ago = (ms: number) => event('ann', { at: new Date(bench.clock.now() - ms) });
    await events.consume([ago(DAY_MS + 1), ago(DAY_MS)]);
    expect(await bench.runCount()).toBe(1);
    expect(await countsOf()).toEqual({ 'late-event': 1 });
  });

  it('[ENT-6] takes an event from the future for one that happened when it was received', async () => {
    await bench.publish('flow', trigger());
    const { events } = await bench.process();
    await events.consume([event('ann', { at: new Date(START + 30 * DAY_MS) })]);
    const run = await bench.database.collection(runs).findOne({});
    expect([run?.event?.at, run?.origin?.at.getTime()]).toEqual([START, START]);
  });

  it('counts those whose profile is gone', async () => {
    await bench.publish('flow', trigger());
    const { events } = await bench.process();
    await events.consume([event('nobody'), event('ann')]);
    expect(await bench.runCount()).toBe(1);
    expect(await countsOf()).toEqual({ 'profile-gone': 1 });
  });
});

describe('what is live', () => {
  it('[ENT-5] sees a version that another process published before the event, and none that was archived', async () => {
    const [one, other] = await Promise.all([bench.process(), bench.process()]);
    await other.events.consume([event('ann')]);
    await bench.publish('flow', trigger());
    await one.triggers.changed();
    await other.events.consume([event('ann')]);
    expect(await bench.runCount()).toBe(1);
    for (const status of ['paused', 'archived'] as const) {
      await bench.setStatus('flow', status);
      await one.triggers.changed();
      await other.events.consume([event('ann')]);
    }
    expect(await bench.runCount()).toBe(1);
  });

  it('[ENT-5] notices within a second what nobody counted', async () => {
    const { events } = await bench.process();
    await events.consume([event('ann')]);
    await bench.publish('flow', trigger());
    bench.clock.pass(1000);
    await events.consume([event('ann')]);
    expect(await bench.runCount()).toBe(1);
  });

  it('[ENT-5] starts nothing on events from before the flow was published, when they are told late', async () => {
    const early = event('ann');
    bench.clock.pass(1);
    await bench.publish('flow', trigger());
    const { events } = await bench.process();
    await events.consume([early]);
    expect(await bench.runCount()).toBe(0);
  });

  it('[ENT-5] hands what the version before should have taken to the new one', async () => {
    await bench.publish('flow', trigger());
    bench.clock.pass(1);
    const left = event('ann');
    bench.clock.pass(1);
    await bench.publish('flow', trigger());
    const { events } = await bench.process();
    await events.consume([left]);
    expect(await bench.database.collection(runs).findOne({})).toMatchObject({ version: 2 });
  });

  it('does not read the store for triggers of other events', async () => {
    for (let flow = 0; flow < 20; flow++) await bench.publish(`flow-${flow}`, trigger({ event: `Other ${flow}` }));
    let asked = 0;
    const process = await bench.process((enrol) => (...args) => {
      asked++;
      return enrol(...args);
    });
    await process.events.consume([event('ann'), event('bob', { name: 'Other 7' })]);
    expect([asked, await bench.runCount()]).toEqual([1, 1]);
  });
});

describe('changes of membership', () => {
  it('start whoever entered or left the audience, once per change however often it is told', async () => {
    const on = (change: string) => flowWith('audience-trigger', { audienceId: 'vip', change, reentry: 'unlimited' });
    await bench.publish('welcome', on('entered'));
    await bench.publish('farewell', on('left'));
    const { memberships } = await bench.process();
    const at = bench.clock.now();
    const changes = [
      { id: 'm1/1', audience: 'vip', profileId: 'ann', change: 'entered', at },
      { id: 'm1/2', audience: 'vip', profileId: 'ann', change: 'left', at },
      { id: 'm1/3', audience: 'vip', profileId: 'ann', change: 'entered', at },
      { id: 'm2/1', audience: 'other', profileId: 'bob', change: 'entered', at },
    ] as const;
    await memberships.consume(changes);
    await memberships.consume(changes);
    expect([await bench.runCount('welcome'), await bench.runCount('farewell')]).toEqual([2, 1]);
  });
});
