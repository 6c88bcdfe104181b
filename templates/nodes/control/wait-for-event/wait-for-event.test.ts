import type { EventFacts, ParamsOf } from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { waitForEventHandler } from './wait-for-event.handler.ts';
import { waitForEvent } from './wait-for-event.node.ts';

type Params = ParamsOf<typeof waitForEvent>;

const NOW = 1_800_000_000_000;
const ENTERED = 1_799_999_000_000;
const events: Params['events'] = [
  { key: 'paid', name: 'Paid', on: { event: 'Order Paid', same: { property: 'orderId', of: 'id' } } },
  {
    key: 'left',
    name: 'Left',
    on: { event: 'Cart Left', where: [{ property: 'items', is: { operator: 'atLeast', value: 2 } }] },
  },
];
const params = (change: Partial<Params> = {}): Params => ({
  events,
  need: 'any',
  since: 'now',
  timeoutMs: 60_000,
  ...change,
});
const placed: EventFacts = { id: 'e0', name: 'Order Placed', properties: { id: 'o-7' }, at: ENTERED };
const step = (
  own: Params,
  change: { past?: EventFacts; memory?: Record<string, string | number | string[]> } = {},
) => ({
  ...fakeStepContext({
    params: own,
    now: NOW,
    ...(change.past && { event: change.past }),
    ...(change.memory && { memory: change.memory }),
  }),
  firstEvent: placed,
});
const happened = (key: string) =>
  ({ kind: 'event', await: key, event: { id: 'e9', name: 'x', properties: {}, at: NOW } }) as const;

test('the wait names every event with its filters, and one that belongs to the run by the value the run has', async () => {
  expect(await waitForEventHandler.enter(step(params()))).toMatchObject({
    kind: 'wait',
    untilAt: NOW + 60_000,
    awaits: [
      {
        id: 'paid',
        event: 'Order Paid',
        where: [{ property: 'orderId', is: { operator: 'equals', value: 'o-7' } }],
      },
      { id: 'left', event: 'Cart Left', where: [{ property: 'items' }] },
    ],
  });
});

test('whoever has nothing that the event could equal does not wait for it', async () => {
  const context = { ...step(params()), firstEvent: { ...placed, properties: {} } };
  expect(await waitForEventHandler.enter(context)).toMatchObject({
    kind: 'advance',
    port: 'timeout',
    reason: { code: 'wait-for-event:no-key', values: { property: 'id' } },
  });
});

test('each event has its way out, and so has the end of the time', async () => {
  expect(await waitForEventHandler.resume?.(step(params()), happened('left'))).toMatchObject({ port: 'left' });
  expect(await waitForEventHandler.resume?.(step(params()), { kind: 'timer' })).toMatchObject({ port: 'timeout' });
});

test('looking back finds what happened since entering, and not what made the run enter', async () => {
  const past = (at: number, orderId: string): EventFacts => ({
    id: 'e1',
    name: 'Order Paid',
    properties: { orderId },
    at,
  });
  const back = (event: EventFacts) => waitForEventHandler.enter(step(params({ since: 'entry' }), { past: event }));
  expect(await back(past(ENTERED + 1, 'o-7'))).toMatchObject({ kind: 'advance', port: 'paid' });
  expect(await back(past(ENTERED + 1, 'o-8'))).toMatchObject({ kind: 'wait' });
  expect(await back(past(ENTERED - 1, 'o-7'))).toMatchObject({ kind: 'wait' });
  const own = { ...params({ since: 'entry' }), events: [{ key: 'a', name: 'A', on: { event: 'Order Placed' } }] };
  expect(await waitForEventHandler.enter(step(own, { past: placed }))).toMatchObject({ kind: 'wait' });
});

test('a wait for all keeps what has happened and its end, in any order', async () => {
  const all = params({ need: 'all' });
  const entered = await waitForEventHandler.enter(step(all));
  if (entered.kind !== 'wait') throw new Error('nothing has happened yet');
  const later = { ...step(all, { memory: entered.memory as Record<string, number> }), now: NOW + 50_000 };
  const once = await waitForEventHandler.resume?.(later, happened('left'));
  expect(once).toMatchObject({ kind: 'wait', untilAt: NOW + 60_000, awaits: [{ id: 'paid' }] });
  if (once?.kind !== 'wait') throw new Error('one is missing');
  const last = step(all, { memory: once.memory as Record<string, string[]> });
  expect(await waitForEventHandler.resume?.(last, happened('paid'))).toMatchObject({ kind: 'advance', port: 'all' });
});

test('an event that is not chosen, a key twice and a reserved key are errors', () => {
  const facts = { attributes: new Map<string, string>(), events: new Set<string>() };
  const check = (...keys: string[]) =>
    waitForEvent
      .check?.(
        params({ events: keys.map((key) => ({ key, name: key, on: { event: key === 'x' ? ' ' : 'E' } })) }),
        facts,
      )
      .map(({ code, param }) => [code, param]);
  expect(check('a', 'b')).toEqual([]);
  expect(check('x')).toEqual([['wait-for-event:event-missing', '/events/0/on']]);
  expect(check('a', 'a')).toEqual([['wait-for-event:key-twice', '/events/1/key']]);
  expect(check('timeout')).toEqual([['wait-for-event:key-reserved', '/events/0/key']]);
});
