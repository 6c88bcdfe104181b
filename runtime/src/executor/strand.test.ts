import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { GOAL, type Position, type RunRecord, type StoredSignal } from './run-record.ts';
import { findDue, positionsOf } from './strand.ts';

const NOW = 1_000_000;

function waiting(positions: Position[], signals: StoredSignal[] = [], more: Partial<RunRecord> = {}): RunRecord {
  return {
    _id: 'r',
    flowId: 'f',
    version: 1,
    profileId: 'p',
    entryKey: 'once',
    status: 'waiting',
    node: 'wait',
    enteredAt: new Date(0),
    positions,
    ...(signals.length > 0 && { signals }),
    path: positions.map(({ node }) => ({ node, enteredAt: 0 })),
    variants: {},
    ...more,
  };
}

const at = (seq: number, wakeAt?: number): Position => ({
  node: `n${seq}`,
  seq,
  ...(wakeAt !== undefined && { wakeAt: new Date(wakeAt) }),
});
const signal = (seq: number, arrivedAt: number, id = `e${arrivedAt}`): StoredSignal => ({
  id,
  seq,
  await: 'order',
  at: new Date(arrivedAt),
  event: { id, name: 'Order', properties: {}, at: arrivedAt },
});

describe('[RUN-6] of timer and signal', () => {
  test('the first in time wins, however late both are found, and one of them is chosen', () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 0, max: NOW }), { nil: undefined }),
        fc.array(fc.integer({ min: 0, max: NOW }), { minLength: 1, maxLength: 4 }),
        (timer, arrivals) => {
          const { going } = findDue(
            waiting(
              [at(0, timer)],
              arrivals.map((arrival) => signal(0, arrival)),
            ),
            NOW,
          );
          expect(going).toHaveLength(1);
          const first = Math.min(...arrivals);
          const isEvent = timer === undefined || first < timer;
          expect(going[0]?.cause).toMatchObject(isEvent ? { kind: 'event', event: { at: first } } : { kind: 'timer' });
        },
      ),
    );
  });

  it('a signal for another step of the run is void', () => {
    expect(findDue(waiting([at(0, NOW + 1)], [signal(7, 5)]), NOW).going).toEqual([]);
  });

  it('each strand goes on for its own reason, and those without one stay', () => {
    const { going, staying } = findDue(waiting([at(0, 10), at(1), at(2, NOW + 1)], [signal(1, 20)]), NOW);
    expect(going.map(({ seq, cause }) => [seq, cause?.kind])).toEqual([
      [0, 'timer'],
      [1, 'event'],
    ]);
    expect(staying.map(({ seq }) => seq)).toEqual([2]);
  });

  it('a goal lets what was due before it go first, and nothing that came later', () => {
    const goal: StoredSignal = { ...signal(GOAL, 50), goal: 'bought' };
    const due = findDue(waiting([at(0, 40), at(1, 60), at(2)], [goal, signal(2, 55)]), NOW);
    expect(due.going.map(({ seq }) => seq)).toEqual([0]);
    expect(due.staying.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(due.goal?.goal).toBe('bought');
  });
});

describe('[RUN-10] a failed strand', () => {
  const failed: Position = { ...at(0), isFailed: true };

  it('stays until a person decides', () => {
    expect(findDue(waiting([failed], [], { status: 'failed' }), NOW).staying).toEqual([failed]);
  });

  it('enters its node anew on a retry, or leaves by the port it is skipped by', () => {
    expect(findDue(waiting([failed], [], { rescue: { kind: 'retry' } }), NOW).going).toEqual([
      { node: 'n0', seq: 0, forks: [], memory: {}, decided: 0 },
    ]);
    const skipped = findDue(waiting([failed], [], { rescue: { kind: 'skip', port: 'next' } }), NOW);
    expect(skipped.going[0]?.skipBy).toBe('next');
  });
});

it('a run stored before it had strands is read as one', () => {
  const { positions: _none, ...old } = waiting([at(0)]);
  expect(positionsOf({ ...old, wakeAt: new Date(5) })).toEqual([{ node: 'wait', seq: 0, wakeAt: new Date(5) }]);
});
