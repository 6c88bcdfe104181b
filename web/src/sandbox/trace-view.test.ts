import type { Trace, TraceEntry, TraceVisit } from '@sluice/shared/http-api';
import { expect, test } from 'vitest';
import { afterNextWait, attributesAt, pathOf, shownAt } from './trace-view.ts';

const visit = (at: number, node: string, change: Partial<TraceVisit>): TraceVisit => ({
  kind: 'visit',
  at,
  run: 0,
  seq: 0,
  node,
  cause: 'enter',
  outcome: 'advance',
  ports: [],
  reads: [],
  effects: [],
  ...change,
});
const entries: TraceEntry[] = [
  visit(0, 'start', { ports: ['next'] }),
  visit(0, 'wait', { outcome: 'wait' }),
  { kind: 'happened', at: 5, from: 'scenario', happening: { kind: 'attributes', afterMs: 5, set: { city: 'Wuhan' } } },
  visit(10, 'wait', { cause: 'timer', ports: ['timeout'] }),
  visit(10, 'count', {
    ports: ['next'],
    effects: [{ id: 'e', effect: { kind: 'update-profile', increment: { mails: 1 }, addToList: { tags: ['a'] } } }],
  }),
  { kind: 'end', at: 10, run: 0 },
];
const trace: Trace = {
  startAt: 0,
  endAt: 10,
  runs: [
    {
      id: 'r',
      flowId: 'f',
      flowName: 'F',
      version: 1,
      status: 'ended',
      enteredAt: 0,
      endedAt: 10,
      endReason: null,
      variants: {},
      standsAt: [],
    },
  ],
  entries,
  attributes: {},
  isCut: false,
};

test('the path shows where the run is, where it has been and by which ways, as far as one has gone', () => {
  const early = pathOf(trace, 2, 'f');
  expect([...early.nodes]).toEqual([
    ['start', 'passed'],
    ['wait', 'here'],
  ]);
  expect([...early.ways]).toEqual(['start:next']);
  expect(pathOf(trace, 3, 'f').nodes.get('wait')).toBe('waiting');
  expect([...pathOf(trace, 6, 'f').ways]).toEqual(['start:next', 'wait:timeout', 'count:next']);
  expect(pathOf(trace, 6, 'another').nodes.size).toBe(0);
});

test('one goes to the next wait, or to a moment, and not beyond the end', () => {
  expect(afterNextWait(entries, 1)).toBe(2);
  expect(afterNextWait(entries, 2)).toBe(6);
  expect([shownAt(entries, 0), shownAt(entries, 9), shownAt(entries, 10)]).toEqual([2, 3, 6]);
});

test('the person is as it was at each moment', () => {
  const start = { city: 'Hangzhou', mails: 1 };
  expect(attributesAt(start, entries.slice(0, 2))).toEqual(start);
  expect(attributesAt(start, entries.slice(0, 3))).toEqual({ city: 'Wuhan', mails: 1 });
  expect(attributesAt(start, entries)).toEqual({ city: 'Wuhan', mails: 2, tags: ['a'] });
});
