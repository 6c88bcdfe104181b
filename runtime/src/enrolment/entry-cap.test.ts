import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runs } from '../executor/run-record.ts';
import { type EntryBench, eventOf, flowWith, openEntryBench } from './enrolment.fixture.ts';

const PEOPLE = Array.from({ length: 60 }, (_, index) => `p${String(index).padStart(2, '0')}`);

let bench: EntryBench;
beforeAll(async () => {
  bench = await openEntryBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.clear();
  await bench.addProfiles(...PEOPLE.map((_id) => ({ _id })));
});

const capped = (capMax: number, cap = 'ever') =>
  flowWith('event-trigger', { event: 'Order Completed', reentry: 'once', cap, capMax });
const eventsOf = (people: readonly string[]) => people.map((person) => eventOf(bench.clock, person));

describe('limits on entries', () => {
  it('[ENT-3] are not exceeded by four processes at once, and are filled', async () => {
    await bench.publish('flow', capped(25));
    const processes = await Promise.all([1, 2, 3, 4].map(() => bench.process()));
    await Promise.all(
      processes.map(({ events }, index) => events.consume(eventsOf(PEOPLE.slice(index * 15, index * 15 + 15)))),
    );
    expect(await bench.runCount()).toBe(25);
    const [refused] = await (processes[0] as (typeof processes)[0]).refusals.of('flow');
    expect(refused?.counts).toEqual({ 'cap-reached': 35 });
    expect(refused?.latest.every(({ reason }) => reason === 'cap-reached')).toBe(true);
  });

  it('[ENT-3] keep the place of a run whose process died before the insert, for when it is told again', async () => {
    await bench.publish('flow', capped(2));
    const batch = eventsOf(['p00', 'p01']);
    const mortal = await bench.process(() => () => Promise.reject(new Error('killed')));
    await expect(mortal.events.consume(batch)).rejects.toThrow('killed');
    const healthy = await bench.process();
    await healthy.events.consume(eventsOf(['p02', 'p03']));
    expect(await bench.runCount()).toBe(0);
    await healthy.events.consume(batch);
    const entered = await bench.database.collection(runs).find({}).sort({ profileId: 1 }).toArray();
    expect(entered.map(({ profileId }) => profileId)).toEqual(['p00', 'p01']);
  });

  it('[ENT-3] hold over the versions of a flow, and begin anew with the hour or the day', async () => {
    for (const [cap, windowMs] of [
      ['hour', HOUR_MS],
      ['day', DAY_MS],
    ] as const) {
      await bench.clear();
      await bench.addProfiles(...PEOPLE.map((_id) => ({ _id })));
      await bench.publish('flow', capped(2, cap));
      const { events } = await bench.process();
      await events.consume(eventsOf(PEOPLE.slice(0, 3)));
      await bench.publish('flow', capped(2, cap));
      await events.consume(eventsOf(PEOPLE.slice(3, 6)));
      expect(await bench.runCount()).toBe(2);
      bench.clock.pass(windowMs);
      await events.consume(eventsOf(PEOPLE.slice(6, 9)));
      expect(await bench.runCount()).toBe(4);
    }
  });
});
