import type { ProfileFacts } from '@sluice/shared/node-contract';
import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { expect, it } from 'vitest';
import { createBench, graphOf, KINDS } from './executor.fixture.ts';
import { createMemorySlotBook } from './memory-slot-book.ts';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'] as const;

/** One profile per zone, with dates to wait for; `Z` stands for the zone that all of them share in a fixed node. */
const profiles: ProfileFacts[] = ZONES.map((timeZone) => ({
  id: timeZone,
  userId: timeZone,
  attributes: { timeZone, renewal: '2028-03-01', birthday: '1992-02-29' },
}));

/** Trigger → one node that waits → end. */
const flowWith = (kind: string, params: object) =>
  graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
      ['wait', kind, params],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>wait', 'wait:next>end', ...(params && 'attribute' in params ? ['wait:no-date>end'] : [])],
  );

/** When each profile left its wait, in UTC to the minute, by zone; the clock jumps from wake-up to wake-up. */
async function walk(kind: string, params: object, from: string): Promise<Record<string, string>> {
  const bench = await createBench({ graph: flowWith(kind, params), profiles });
  bench.clock.pass(Date.parse(from) - bench.clock.now());
  await bench.executor.enrol(
    bench.program,
    'start',
    profiles.map((profile) => ({ profile, entryKey: 'once' })),
  );
  const waiting = () => [...bench.store.runs.values()].filter(({ status }) => status === 'waiting');
  for (let jumps = 0; waiting().length > 0; jumps += 1) {
    if (jumps > 10) throw new Error('A run waits again and again');
    const next = Math.min(...waiting().map(({ wakeAt }) => wakeAt?.getTime() ?? Number.NaN));
    // A moment before its time nobody is woken.
    bench.clock.pass(next - 1 - bench.clock.now());
    expect(await bench.executor.drainDue(100)).toBe(0);
    bench.clock.pass(1);
    expect(await bench.executor.drainDue(100)).toBeGreaterThan(0);
  }
  return Object.fromEntries(
    [...bench.store.runs.values()].map(({ profileId, path, status }) => [
      profileId,
      status === 'ended'
        ? new Date(path.find(({ node }) => node === 'wait')?.leftAt ?? Number.NaN).toISOString().slice(0, 16)
        : status,
    ]),
  );
}

const timeOfDay = (at: string) => ({ until: 'time', at, zone: 'profile' });
const [BERLIN, NEW_YORK, LORD_HOWE] = ZONES;

it('[RUN-7] a time of day is reached on the day of each change, by the clock of each person', async () => {
  // Berlin puts its clocks forward on 29 March 2026, New York did on the 8th; Lord Howe puts them back on 5 April.
  expect(await walk('until', timeOfDay('09:00'), '2026-03-28T23:00:00Z')).toEqual({
    [BERLIN]: '2026-03-29T07:00',
    [NEW_YORK]: '2026-03-29T13:00',
    [LORD_HOWE]: '2026-03-29T22:00',
  });
});

it('[RUN-7] a time of day that is left out comes at the end of the gap, of an hour and of half an hour', async () => {
  const at = timeOfDay('02:15');
  expect(await walk('until', at, '2026-03-28T20:00:00Z')).toMatchObject({ [BERLIN]: '2026-03-29T01:00' });
  expect(await walk('until', at, '2026-03-08T05:30:00Z')).toMatchObject({ [NEW_YORK]: '2026-03-08T07:00' });
  expect(await walk('until', at, '2026-10-03T12:00:00Z')).toMatchObject({ [LORD_HOWE]: '2026-10-03T15:30' });
});

it('[RUN-7] a time of day that comes twice is reached the first time, and not again an hour later', async () => {
  const at = timeOfDay('02:30');
  expect(await walk('until', at, '2026-10-24T20:00:00Z')).toMatchObject({ [BERLIN]: '2026-10-25T00:30' });
  expect(await walk('until', at, '2026-10-25T00:30:00Z')).toMatchObject({ [BERLIN]: '2026-10-26T01:30' });
  expect(await walk('until', timeOfDay('01:45'), '2026-04-04T12:00:00Z')).toMatchObject({
    [LORD_HOWE]: '2026-04-04T14:45',
  });
});

it('[RUN-7] a weekday is that of each person, also when the week turns with a change of clocks', async () => {
  const monday = { until: 'weekday', weekdays: [1], at: '08:00', zone: 'profile' };
  expect(await walk('until', monday, '2026-10-24T12:00:00Z')).toEqual({
    [BERLIN]: '2026-10-26T07:00',
    [NEW_YORK]: '2026-10-26T12:00',
    [LORD_HOWE]: '2026-10-25T21:00',
  });
});

it('[RUN-7] a date at a month end and in a fixed zone is one instant for everybody', async () => {
  const monthEnd = { until: 'date', date: '2026-10-31', at: '23:59', zone: 'fixed', timeZone: NEW_YORK };
  const at = '2026-11-01T03:59';
  expect(await walk('until', monthEnd, '2026-10-01T00:00:00Z')).toEqual({
    [BERLIN]: at,
    [NEW_YORK]: at,
    [LORD_HOWE]: at,
  });
});

it('[RUN-7] the day before 1 March is the leap day, and a birthday on the leap day comes every year', async () => {
  const before = { until: 'attribute', attribute: 'renewal', offset: { amount: -1, unit: 'day' }, at: '10:00' };
  expect(await walk('until', { ...before, zone: 'profile' }, '2028-02-01T00:00:00Z')).toEqual({
    [BERLIN]: '2028-02-29T09:00',
    [NEW_YORK]: '2028-02-29T15:00',
    [LORD_HOWE]: '2028-02-28T23:00',
  });
  const birthday = { until: 'attribute', attribute: 'birthday', isYearly: true, at: '10:00', zone: 'profile' };
  expect(await walk('until', birthday, '2027-02-01T00:00:00Z')).toMatchObject({ [BERLIN]: '2027-02-28T09:00' });
  expect(await walk('until', birthday, '2028-02-01T00:00:00Z')).toMatchObject({ [BERLIN]: '2028-02-29T09:00' });
});

it('[RUN-7] a window opens by the clock of each person, on days of 23, 24 and 25 hours', async () => {
  const everyDay = [1, 2, 3, 4, 5, 6, 7];
  const quiet = { mode: 'quiet', windows: [{ days: everyDay, from: '22:00', to: '08:00' }], zone: 'profile' };
  // 02:00 in Berlin on the short day, 21:00 in New York, 12:00 on Lord Howe.
  expect(await walk('sending-window', quiet, '2026-03-29T01:00:00Z')).toEqual({
    [BERLIN]: '2026-03-29T06:00',
    [NEW_YORK]: '2026-03-29T01:00',
    [LORD_HOWE]: '2026-03-29T01:00',
  });
  expect(await walk('sending-window', quiet, '2026-10-25T00:30:00Z')).toMatchObject({ [BERLIN]: '2026-10-25T07:00' });
  const gap = { mode: 'open', windows: [{ days: everyDay, from: '02:30', to: '06:00' }], zone: 'profile' };
  expect(await walk('sending-window', gap, '2026-03-28T20:00:00Z')).toMatchObject({ [BERLIN]: '2026-03-29T01:00' });
});

it('[RUN-7] a delay is elapsed time, whatever the clocks do', async () => {
  for (const from of ['2026-03-28T12:00:00.000Z', '2026-10-24T12:00:00.000Z', '2028-02-28T12:00:00.000Z']) {
    const until = new Date(Date.parse(from) + DAY_MS + HOUR_MS).toISOString().slice(0, 16);
    expect(await walk('delay', { durationMs: DAY_MS + HOUR_MS }, from)).toEqual({
      [BERLIN]: until,
      [NEW_YORK]: until,
      [LORD_HOWE]: until,
    });
  }
});

const EVERYONE = { when: 'now', audience: { op: 'all', of: [] } };

/** Every kind of node that can wait, one behind the other. */
const EVERY_WAIT: [id: string, kind: string, params: object, ports: string[]][] = [
  ['hours', 'delay', { durationMs: 22 * HOUR_MS }, ['next']],
  [
    'leap-day',
    'until',
    {
      until: 'attribute',
      attribute: 'renewal',
      offset: { amount: -1, unit: 'day' },
      at: '10:00',
      zone: 'profile',
      ifPassed: 'go-on',
    },
    ['next', 'no-date'],
  ],
  [
    'noon',
    'sending-window',
    { mode: 'open', windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '12:00', to: '14:00' }], zone: 'profile' },
    ['next'],
  ],
  [
    'purchase',
    'wait-for-event',
    {
      events: [{ key: 'bought', name: 'Bought', on: { event: 'Order' } }],
      need: 'any',
      since: 'now',
      timeoutMs: 21 * DAY_MS,
    },
    ['bought', 'timeout'],
  ],
  ['sunday', 'until', { until: 'weekday', weekdays: [7], at: '02:30', zone: 'profile' }, ['next']],
  ['line', 'throttle', { perMinute: 60 }, ['next']],
  [
    'hook',
    'webhook',
    { method: 'POST', url: 'https://shop.test/', format: 'json', waits: true, timeoutMs: 10_000, maxAttempts: 6 },
    ['ok', 'failed'],
  ],
  ['ask', 'service', { service: 'risk', cases: [], withinMs: 10_000 }, ['other', 'fallback']],
  [
    'child',
    'sub-flow',
    { flow: { id: 'other', name: 'Other' }, isAwaited: true, timeoutMs: 7 * DAY_MS },
    ['next', 'timeout', 'failed'],
  ],
  ['morning', 'until', timeOfDay('01:45'), ['next']],
  ['goal', 'goal', { on: { event: 'Renewed' }, timeoutMs: 28 * DAY_MS, isEnd: false }, ['reached', 'missed']],
];

it('[RUN-7] one run waits in every way that there is, over a leap day, a month end and the changes of three zones', async () => {
  const canWait = [...KINDS.manifests.values()].filter((kind) => kind.canWait).map(({ kind }) => kind);
  expect([...new Set(EVERY_WAIT.map(([, kind]) => kind))].sort()).toEqual(canWait.sort());
  const ids = [...EVERY_WAIT.map(([id]) => id), 'end'];
  const graph = graphOf(
    [
      ['start', 'schedule', EVERYONE],
      ...EVERY_WAIT.map(([id, kind, params]): [string, string, object] => [id, kind, params]),
      ['end', 'exit', { reason: '' }],
    ],
    [
      `start:next>${ids[0]}`,
      ...EVERY_WAIT.flatMap(([id, , , ports], index) => ports.map((port) => `${id}:${port}>${ids[index + 1]}`)),
    ],
  );
  const bench = await createBench({ graph, profiles, reads: { slots: createMemorySlotBook() } });
  bench.clock.pass(Date.parse('2028-02-27T23:30:00Z') - bench.clock.now());
  await bench.executor.enrol(
    bench.program,
    'start',
    profiles.map((profile) => ({ profile, entryKey: 'once' })),
  );
  const waiting = () => [...bench.store.runs.values()].filter(({ status }) => status === 'waiting');
  for (let jumps = 0; waiting().length > 0; jumps += 1) {
    if (jumps > 100) throw new Error('A run waits again and again');
    const wakes = waiting().flatMap(({ wakeAt }) => wakeAt?.getTime() ?? []);
    const called = waiting().find(({ wakeAt }) => !wakeAt);
    if (called) {
      // A webhook has no clock of its own: it is answered an hour after it was called.
      const [position] = called.positions ?? [];
      const seq = position?.seq ?? 0;
      bench.clock.pass((called.path[seq]?.enteredAt ?? 0) + HOUR_MS - bench.clock.now());
      const at = new Date(bench.clock.now());
      await bench.executor.signal([
        { runId: called._id, seq, await: 'answer', id: `${called._id}/${seq}`, at, result: { isOk: true } },
      ]);
    } else {
      bench.clock.pass(Math.min(...wakes) - bench.clock.now());
      await bench.executor.drainDue(100);
    }
  }
  const waits = new Set(EVERY_WAIT.map(([id]) => id));
  const left = [...bench.store.runs.values()].map(({ profileId, path }) => [
    profileId,
    path.flatMap(({ node, port, leftAt }) =>
      waits.has(node) ? `${node}:${port} ${new Date(leftAt ?? 0).toISOString().slice(5, 19)}` : [],
    ),
  ]);
  // On 26 March Berlin has no 02:30, and waits until 03:00; Lord Howe puts its clocks back by half an hour on 2 April.
  expect(Object.fromEntries(left)).toEqual({
    [BERLIN]: [
      'hours:next 02-28T21:30:00',
      'leap-day:next 02-29T09:00:00',
      'noon:next 02-29T11:00:00',
      'purchase:timeout 03-21T11:00:00',
      'sunday:next 03-26T01:00:00',
      'line:next 03-26T01:00:00',
      'hook:ok 03-26T02:00:00',
      'ask:fallback 03-26T02:00:10',
      'child:timeout 04-02T02:00:10',
      'morning:next 04-02T23:45:00',
      'goal:missed 04-30T23:45:00',
    ],
    [NEW_YORK]: [
      'hours:next 02-28T21:30:00',
      'leap-day:next 02-29T15:00:00',
      'noon:next 02-29T17:00:00',
      'purchase:timeout 03-21T17:00:00',
      'sunday:next 03-26T06:30:00',
      'line:next 03-26T06:30:00',
      'hook:ok 03-26T07:30:00',
      'ask:fallback 03-26T07:30:10',
      'child:timeout 04-02T07:30:10',
      'morning:next 04-03T05:45:00',
      'goal:missed 05-01T05:45:00',
    ],
    [LORD_HOWE]: [
      'hours:next 02-28T21:30:00',
      'leap-day:next 02-28T23:00:00',
      'noon:next 02-29T01:00:00',
      'purchase:timeout 03-21T01:00:00',
      'sunday:next 03-25T15:30:00',
      'line:next 03-25T15:30:00',
      'hook:ok 03-25T16:30:00',
      'ask:fallback 03-25T16:30:10',
      'child:timeout 04-01T16:30:10',
      'morning:next 04-02T15:15:00',
      'goal:missed 04-30T15:15:00',
    ],
  });
});
