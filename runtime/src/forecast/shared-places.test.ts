import { DAY_MS, HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { graphOf, KINDS } from '../executor/executor.fixture.ts';
import { createDraw } from '@sluice/shared/random';
import { addedShare, drawDelay } from './draw.ts';
import { forecast, orderOf, START, subjectOf } from './forecast.fixture.ts';
import { sharesPlaces } from './forecast-engine.ts';
import { mergeTotals } from './merge-totals.ts';
import { createPlaceBook } from './place-book.ts';

const people = Array.from({ length: 600 }, (_, index) => subjectOf(`p${index}`));
const everyone = { op: 'all', of: [] };

it('[FC-4] which places of a line are taken does not depend on the order in which people are looked at', () => {
  const book = () => createPlaceBook({ startAt: 0, endAt: HOUR_MS, timeZone: 'UTC' });
  const minutesOf = (instants: readonly number[]) => {
    const line = book();
    return instants.map((now) => Math.floor(line.reserve('line', 3, now) / MINUTE_MS)).toSorted((a, b) => a - b);
  };
  fc.assert(
    fc.property(fc.array(fc.nat(HOUR_MS / 2), { maxLength: 60 }), fc.infiniteStream(fc.nat()), (instants, keys) => {
      const shuffled = instants
        .map((at) => ({ at, key: keys.next().value as number }))
        .toSorted((a, b) => a.key - b.key);
      expect(minutesOf(shuffled.map(({ at }) => at))).toEqual(minutesOf(instants.toSorted((a, b) => a - b)));
    }),
  );
});

it('[FC-4] a throttle lets so many through in any minute, and nobody before he has come', () => {
  const line = createPlaceBook({ startAt: 0, endAt: DAY_MS, timeZone: 'UTC' });
  const passed = Array.from({ length: 95 }, () => line.reserve('line', 10, 30_000));
  expect(Math.min(...passed)).toBe(30_000);
  const byMinute = Object.values(Object.groupBy(passed, (at) => Math.floor(at / MINUTE_MS)));
  expect(byMinute.map((of) => of?.length)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5]);
});

it('[FC-4] counts by hour how a throttle spreads a crowd', async () => {
  const graph = graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: everyone }],
      ['throttle', 'throttle', { perMinute: 4 }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>throttle', 'throttle:next>end'],
  );
  const { nodes, enteredByHour, hours } = await forecast(orderOf(graph), people);
  expect([...enteredByHour.subarray(2 * hours, 2 * hours + 4)]).toEqual([240, 240, 120, 0]);
  expect(nodes['throttle']).toMatchObject({ entered: 600, left: { next: 600 } });
});

it('[FC-4] a cap on entries leaves places by hour, day, or at all', async () => {
  const capped = (per: string) =>
    graphOf(
      [
        [
          'start',
          'schedule',
          {
            when: 'recurring',
            recurrence: { repeat: { kind: 'daily', at: '09:00' }, timeZone: 'UTC' },
            audience: everyone,
            reentry: 'unlimited',
            cap: per,
            capMax: 50,
          },
        ],
        ['end', 'exit', { reason: '' }],
      ],
      ['start:next>end'],
    );
  const order = (per: string) => orderOf(capped(per), { endAt: START + 3 * DAY_MS });
  expect(await forecast(order('day'), people)).toMatchObject({
    runs: 150,
    refused: { start: { 'cap-reached': 1650 } },
  });
  expect(await forecast(order('ever'), people)).toMatchObject({ runs: 50 });
});

it('[RUN-7] draws follow from the seed; delays have the median and the ninth decile that were asked for', () => {
  const draw = createDraw(0.25);
  const again = createDraw(0.25);
  expect(Array.from({ length: 5 }, draw)).toEqual(Array.from({ length: 5 }, again));
  const spread = { medianMs: HOUR_MS, p90Ms: 8 * HOUR_MS, withinMs: 400 * DAY_MS };
  const delays = Array.from({ length: 20_000 }, () => drawDelay(spread, draw)).toSorted((a, b) => a - b);
  expect((delays[10_000] as number) / HOUR_MS).toBeCloseTo(1, 1);
  expect(Math.abs((delays[18_000] as number) / HOUR_MS - 8)).toBeLessThan(0.5);
  expect(
    Math.max(...Array.from({ length: 2000 }, () => drawDelay({ medianMs: DAY_MS, withinMs: DAY_MS }, draw))),
  ).toBeLessThanOrEqual(DAY_MS);
});

it('what a message adds, and what people do anyway, together come to the share that was seen', () => {
  const added = addedShare(0.18, 0.1);
  expect(1 - (1 - 0.1) * (1 - added)).toBeCloseTo(0.18);
  expect(addedShare(0.05, 0.1)).toBe(0);
});

it('[FC-2] people who share nothing may go in several threads: the sums are the same', async () => {
  const graph = graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: everyone }],
      ['mail', 'email', { to: 'email', subject: 'Hi', body: '' }],
      ['wait', 'delay', { durationMs: DAY_MS }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>mail', 'mail:next>wait', 'wait:next>end'],
  );
  const order = orderOf(graph, { rates: [{ key: 'Link Clicked', node: 'mail', share: 0.3, medianMs: HOUR_MS }] });
  const whole = await forecast(order, people);
  const parts = await Promise.all([people.slice(0, 100), people.slice(100)].map((some) => forecast(order, some)));
  expect(whole.clicked).toBeGreaterThan(100);
  expect(mergeTotals(parts)).toEqual(whole);
  expect(sharesPlaces(order, KINDS)).toBe(false);
});
