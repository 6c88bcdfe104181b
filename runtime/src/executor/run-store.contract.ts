import { describe, expect, it } from 'vitest';
import type { RunRecord } from './run-record.ts';
import type { RunSignal, RunStore } from './run-store.ts';

const NOW = new Date('2026-03-02T08:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);

function waitingRun(id: string, wakeAt: Date): RunRecord {
  return {
    _id: id,
    flowId: 'flow',
    version: 1,
    profileId: `profile-${id}`,
    entryKey: 'once',
    status: 'waiting',
    node: 'wait',
    enteredAt: NOW,
    wakeAt,
    positions: [{ node: 'wait', seq: 0, wakeAt, awaits: [{ id: 'order', kind: 'event', event: 'Order' }] }],
    awaiting: ['Order'],
    path: [{ node: 'wait', enteredAt: NOW.getTime() }],
    variants: {},
    effects: [{ seq: 0, index: 0, effect: { kind: 'update-profile', set: { seen: true } } }],
  };
}

/** What every run store must do; the executor's correctness stands on it. */
export function describeRunStore(
  name: string,
  open: () => Promise<{ store: RunStore; read(id: string): Promise<RunRecord | undefined> }>,
): void {
  describe(`[RUN-8] ${name} as a run store`, () => {
    const enrolled = async (...runs: RunRecord[]) => {
      const opened = await open();
      const ids = runs.map((run) => run._id);
      await opened.store.insert('batch-0', runs);
      await opened.store.confirm('batch-0', ids, [], NOW);
      return { ...opened, ids };
    };

    it('[RUN-4] inserts a run once and says which were new', async () => {
      const { store, read } = await open();
      const [a, b] = [waitingRun('a', later(0)), waitingRun('b', later(0))];
      expect(await store.insert('batch-1', [a])).toEqual(new Set(['a']));
      expect(await store.insert('batch-2', [a, b])).toEqual(new Set(['b']));
      expect((await read('a'))?.hold?.batch).toBe('batch-1');
    });

    it('keeps a new run held until its effects are confirmed', async () => {
      const { store, read } = await open();
      await store.insert('batch-1', [waitingRun('a', later(-1))]);
      expect(await store.dueIds(NOW, 10)).toEqual([]);
      expect((await store.committedRuns('batch-1', ['a'])).map((run) => run._id)).toEqual(['a']);
      await store.confirm('batch-1', ['a'], ['a'], NOW);
      const run = await read('a');
      expect([run?.hold, run?.effects, run?.reachedAt]).toEqual([undefined, undefined, NOW]);
      expect(await store.dueIds(NOW, 10)).toEqual(['a']);
    });

    it('names what is due, the longest overdue first, up to the limit', async () => {
      const { store } = await enrolled(
        waitingRun('c', later(-10)),
        waitingRun('a', later(-30)),
        waitingRun('b', later(-20)),
        waitingRun('d', later(1)),
      );
      expect(await store.dueIds(NOW, 2)).toEqual(['a', 'b']);
      expect(await store.dueIds(NOW, 9)).toEqual(['a', 'b', 'c']);
    });

    it('[CODE-8] keeps those of a lane apart: they are due, and held, only there', async () => {
      const { store, ids } = await enrolled(
        { ...waitingRun('a', later(-30)), lane: 'slow' },
        waitingRun('b', later(-20)),
        { ...waitingRun('c', later(-10)), lane: 'other' },
        { ...waitingRun('d', later(10)), lane: 'tomorrow' },
      );
      expect(await store.dueIds(NOW, 10)).toEqual(['b']);
      expect(await store.dueIds(NOW, 10, 'slow')).toEqual(['a']);
      expect(await store.dueLanes(NOW)).toEqual(['other', 'slow']);
      expect((await store.hold('batch-1', ids, NOW)).map((run) => run._id)).toEqual(['b']);
      expect((await store.hold('batch-2', ids, NOW, 'other')).map((run) => run._id)).toEqual(['c']);
    });

    it('[CODE-8] takes a run that moves to another version into its lane and out of it', async () => {
      const { store, read, ids } = await enrolled({ ...waitingRun('a', later(-1)), lane: 'slow' });
      const moveTo = async (batch: string, lane: string | undefined) => {
        const held = (await store.holdResting(batch, ids))[0] as RunRecord;
        const { lane: _left, ...rest } = held;
        const move = { at: NOW, from: 1, to: 2, seq: 1, kept: [0], dropped: [] };
        await store.commit(batch, [{ ...rest, ...(lane !== undefined && { lane }), hold: { batch, from: 1, move } }]);
        await store.confirm(batch, ids, [], NOW);
        return (await read('a'))?.lane;
      };
      expect(await moveTo('batch-1', undefined)).toBeUndefined();
      expect(await moveTo('batch-2', 'slow')).toBe('slow');
    });

    it('[RUN-1] gives a batch that is kept more time', async () => {
      const { store } = await open();
      await store.beginBatch({ _id: 'batch-1', kind: 'wake', runIds: [], startedAt: NOW, until: later(10) });
      await store.keepBatch('batch-1', later(100));
      expect(await store.takeOverBatch(later(50), 1000)).toBeUndefined();
      expect((await store.takeOverBatch(later(101), 1000))?._id).toBe('batch-1');
    });

    it('[RUN-1] gives a run to one batch only', async () => {
      const { store, ids } = await enrolled(waitingRun('a', later(-1)), waitingRun('b', later(-1)));
      const held = await Promise.all([store.hold('batch-1', ids, NOW), store.hold('batch-2', ids, NOW)]);
      expect(
        held
          .flat()
          .map((run) => run._id)
          .sort(),
      ).toEqual(['a', 'b']);
    });

    it('[RUN-1] changes nothing by the commit of a batch that does not hold the run', async () => {
      const { store, read, ids } = await enrolled(waitingRun('a', later(-1)));
      const [held] = await store.hold('batch-1', ids, NOW);
      await store.release('batch-1', ids);
      const late = { ...(held as RunRecord), status: 'ended' as const, node: 'end' };
      expect(await store.commit('batch-1', [late])).toEqual(new Set());
      expect((await read('a'))?.status).toBe('waiting');
    });

    it('[RUN-2] commits position, path, wake time and effects at once, and only once', async () => {
      const { store, read, ids } = await enrolled(waitingRun('a', later(-1)));
      const [held] = await store.hold('batch-1', ids, NOW);
      const { wakeAt: _over, effects: _done, ...base } = held as RunRecord;
      const advanced: RunRecord = {
        ...base,
        status: 'ended',
        node: 'end',
        endedAt: NOW,
        endReason: { code: 'exit:end' },
        path: [...base.path, { node: 'end', enteredAt: NOW.getTime() }],
        hold: { batch: 'batch-1', from: 1, closed: [0] },
      };
      expect(await store.commit('batch-1', [advanced])).toEqual(new Set(['a']));
      expect(await store.commit('batch-1', [{ ...advanced, node: 'elsewhere' }])).not.toEqual(new Set(['b']));
      const run = await read('a');
      expect([run?.status, run?.node, run?.wakeAt, run?.path.length]).toEqual(['ended', 'end', undefined, 2]);
      expect(run?.hold).toEqual({ batch: 'batch-1', from: 1, closed: [0], isCommitted: true });
    });

    const order = (id: string, seq = 0): RunSignal => ({
      id,
      runId: 'a',
      seq,
      await: 'order',
      at: NOW,
      event: { id, name: 'Order', properties: {}, at: NOW.getTime() },
    });

    it('[RUN-6] makes a run due at once by a signal it waits for, the same signal told twice is one', async () => {
      const { store, read } = await enrolled(waitingRun('a', later(60_000)));
      expect(await store.dueIds(NOW, 10)).toEqual([]);
      await store.signal([order('e1'), order('e1')], NOW);
      await store.signal([order('e1')], NOW);
      expect(await store.dueIds(NOW, 10)).toEqual(['a']);
      expect((await read('a'))?.signals?.map(({ id }) => id)).toEqual(['e1']);
    });

    it('[RUN-6] leaves a run alone that does not wait for the signal', async () => {
      const { store, read } = await enrolled(waitingRun('a', later(60_000)));
      await store.signal([order('e1', 3), { ...order('e2'), await: 'refund' }, { ...order('e3'), runId: 'b' }], NOW);
      expect((await read('a'))?.signals).toBeUndefined();
      expect(await store.dueIds(NOW, 10)).toEqual([]);
    });

    it('[RUN-6] keeps what a failed run is told without waking it', async () => {
      const { wakeAt: _over, ...failed } = { ...waitingRun('a', later(60_000)), status: 'failed' as const };
      const { store, read } = await enrolled(failed);
      await store.signal([order('e1')], NOW);
      expect((await read('a'))?.signals?.map(({ id }) => id)).toEqual(['e1']);
      expect(await store.dueIds(later(120_000), 10)).toEqual([]);
    });

    it('[RUN-6] keeps a commit from passing over a signal that came while the run was held', async () => {
      const { store, read, ids } = await enrolled(waitingRun('a', later(-1)));
      const [held] = await store.hold('batch-1', ids, NOW);
      await store.signal([order('e1')], NOW);
      const { wakeAt: _over, positions: _left, ...late } = held as RunRecord;
      expect(await store.commit('batch-1', [{ ...late, status: 'ended', node: 'end' }])).toEqual(new Set());
      await store.release('batch-1', ids);
      expect(await store.dueIds(NOW, 10)).toEqual(['a']);
      const [again] = await store.hold('batch-2', ids, NOW);
      const { signals: _told, wakeAt: _due, positions: _old, ...advanced } = again as RunRecord;
      expect(await store.commit('batch-2', [{ ...advanced, status: 'ended', node: 'end' }])).toEqual(new Set(['a']));
      expect([(await read('a'))?.status, (await read('a'))?.signals]).toEqual(['ended', undefined]);
    });

    it('does not release what is committed', async () => {
      const { store, read } = await open();
      await store.insert('batch-1', [waitingRun('a', later(-1))]);
      await store.release('batch-1', ['a']);
      expect((await read('a'))?.hold?.batch).toBe('batch-1');
    });

    it('hands an expired batch to one worker and renews its lease', async () => {
      const { store } = await open();
      await store.beginBatch({ _id: 'old', kind: 'wake', runIds: ['a'], startedAt: NOW, until: later(-1) });
      await store.beginBatch({ _id: 'new', kind: 'wake', runIds: ['b'], startedAt: NOW, until: later(1000) });
      expect((await store.takeOverBatch(NOW, 60_000))?._id).toBe('old');
      expect(await store.takeOverBatch(NOW, 60_000)).toBeUndefined();
      await store.endBatch('old');
      expect(await store.takeOverBatch(later(120_000), 60_000)).toMatchObject({ _id: 'new' });
    });
  });
}
