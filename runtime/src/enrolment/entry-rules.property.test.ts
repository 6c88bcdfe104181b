import { HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Executor } from '../executor/executor.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import { type EntryBench, type EntryProcess, eventOf, flowWith, openEntryBench } from './enrolment.fixture.ts';

const RULES = ['once', 'key', 'period', 'after-exit', 'unlimited'] as const;
const PERIOD_MS = HOUR_MS;
const PEOPLE = ['ann', 'bob', 'eve'];

let bench: EntryBench;
let healthy: EntryProcess;
let mortal: EntryProcess;
beforeAll(async () => {
  bench = await openEntryBench();
  healthy = await bench.process();
  mortal = await bench.process(dying);
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.clear();
  await bench.addProfiles(...PEOPLE.map((_id) => ({ _id })));
});

interface Told {
  /** Minutes since the batch before. */
  pause: number;
  events: { person: number; key: number }[];
  /** Where the process dies that was told first; another one is told again. */
  death: 'none' | 'before-insert' | 'after-insert';
  isToldTwice: boolean;
}

const told: fc.Arbitrary<Told> = fc.record({
  pause: fc.integer({ min: 1, max: 90 }),
  events: fc.array(fc.record({ person: fc.nat({ max: 2 }), key: fc.nat({ max: 2 }) }), { minLength: 1, maxLength: 5 }),
  death: fc.constantFrom('none', 'none', 'before-insert', 'after-insert'),
  isToldTwice: fc.boolean(),
});

interface Scenario {
  rule: (typeof RULES)[number];
  waitMs: number | undefined;
  max: number | undefined;
  batches: Told[];
}

/** How many runs the rule means, one event after the other. A run that does not wait ends as it enters. */
function countByModel({ rule, waitMs, max, batches }: Scenario): number {
  const last = new Map<number, { at: number; endedAt: number | undefined; wakeAt: number }>();
  const entered = new Set<string>();
  let now = 0;
  let count = 0;
  for (const { pause, events } of batches) {
    now += pause * MINUTE_MS;
    for (const run of last.values()) if (run.endedAt === undefined && run.wakeAt <= now) run.endedAt = now;
    for (const { person, key } of events) {
      const before = last.get(person);
      const isAllowed = {
        once: () => !entered.has(`${person}`),
        key: () => !entered.has(`${person} ${key}`),
        unlimited: () => true,
        period: () => !before || now >= before.at + PERIOD_MS,
        'after-exit': () => !before || (before.endedAt !== undefined && before.endedAt < now),
      }[rule]();
      if (!isAllowed || count === max) continue;
      count++;
      entered.add(rule === 'key' ? `${person} ${key}` : `${person}`);
      last.set(person, { at: now, endedAt: waitMs === undefined ? now : undefined, wakeAt: now + (waitMs ?? 0) });
    }
  }
  return count;
}

class Death extends Error {}

/** Where `mortal` dies next. */
let place: Told['death'] = 'none';

function dying(enrol: Executor['enrol']): Executor['enrol'] {
  return async (...args) => {
    const death = place;
    if (death === 'before-insert') throw new Death();
    const answer = await enrol(...args);
    if (death === 'after-insert') throw new Death();
    return answer;
  };
}

let scenarios = 0;

/** Tells the events as the product does under kills; answers the runs there are. */
async function play({ rule, waitMs, max, batches }: Scenario): Promise<{ count: number; retold: number }> {
  const flowId = `flow-${scenarios++}`;
  // No two scenarios hear of the same event.
  const name = `Event of ${flowId}`;
  const cap = max === undefined ? {} : { cap: 'ever', capMax: max };
  const params = { event: name, key: 'key', reentry: rule, reentryMs: PERIOD_MS, ...cap };
  await bench.publish(flowId, flowWith('event-trigger', params, waitMs === undefined ? {} : { waitMs }));
  const all: EventRecord[][] = [];
  for (const { pause, events, death, isToldTwice } of batches) {
    bench.clock.pass(pause * MINUTE_MS);
    await healthy.executor.drainDue(1000);
    const batch = events.map(({ person, key }) =>
      eventOf(bench.clock, PEOPLE[person] as string, { name, properties: { key: `k${key}` } }),
    );
    all.push(batch);
    if (death !== 'none') {
      place = death;
      await mortal.events.consume(batch).catch((error: unknown) => {
        if (!(error instanceof Death)) throw error;
      });
    }
    await healthy.events.consume(batch);
    if (isToldTwice) await healthy.events.consume(batch);
  }
  const count = await bench.runCount(flowId);
  bench.clock.pass(MINUTE_MS);
  await healthy.executor.drainDue(1000);
  for (const batch of all) await healthy.events.consume(batch);
  await bench.setStatus(flowId, 'archived');
  return { count, retold: await bench.runCount(flowId) };
}

it('[ENT-1] [ENT-2] [ENT-3] any events under any rule, limit and kills make as many runs as the rule says, and no more when told again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        rule: fc.constantFrom(...RULES),
        waitMs: fc.constantFrom(undefined, 30 * MINUTE_MS),
        max: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 4 })),
        batches: fc.array(told, { minLength: 1, maxLength: 6 }),
      }),
      async (scenario) => {
        const expected = countByModel(scenario);
        expect(await play(scenario)).toEqual({ count: expected, retold: expected });
      },
    ),
    { numRuns: 40 },
  );
}, 180_000);
