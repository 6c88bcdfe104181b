import type { EffectKind, EffectResult } from '@sluice/shared/node-contract';
import { describe, expect, it } from 'vitest';
import { graphOf, KINDS, START } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import type { DecidedEffect, RunRecord } from '../executor/run-record.ts';
import type { EffectRequest, KindPerformer } from './kind-performer.ts';
import { createEffectPerformer } from './perform-effects.ts';

const program = compileProgram('flow', 1, graphOf([], []), KINDS);
const clock = { now: () => START };

const runWith = (id: string, effects: DecidedEffect[], change: Partial<RunRecord> = {}): RunRecord => ({
  _id: id,
  flowId: 'flow',
  version: 1,
  profileId: `profile-${id}`,
  entryKey: 'once',
  status: 'waiting',
  node: 'here',
  enteredAt: new Date(START),
  path: [],
  variants: {},
  effects,
  ...change,
});
const profilesOf = (...runs: RunRecord[]) =>
  new Map(runs.map(({ profileId: id }) => [id, { id, attributes: { stage: 'new' } }]));

function recorder<K extends EffectKind>(
  kind: K,
  answer: Partial<Awaited<ReturnType<KindPerformer<K>['perform']>>> = {},
) {
  const calls: EffectRequest<K>[][] = [];
  const performer: KindPerformer<K> = {
    kind,
    perform: async (requests) => {
      calls.push([...requests]);
      return answer;
    },
  };
  return { calls, performer };
}

const emit: DecidedEffect = { seq: 2, index: 0, effect: { kind: 'emit-event', name: 'Done', properties: {} } };
const send: DecidedEffect = {
  seq: 1,
  index: 0,
  effect: { kind: 'send-message', channel: 'email', contentNode: 'mail' },
};

describe('performing effects', () => {
  it('[RUN-3] lets others start only behind what changes the things they look at', async () => {
    const order: string[] = [];
    const slow = <K extends EffectKind>(kind: K, tellsOthers?: true): KindPerformer<K> => ({
      kind,
      ...(tellsOthers && { tellsOthers }),
      async perform() {
        order.push(`${kind} begins`);
        await new Promise((done) => setImmediate(done));
        order.push(`${kind} is done`);
        return undefined;
      },
    });
    const performers = [slow('emit-event', true), slow('start-run', true), slow('update-profile')];
    const start: DecidedEffect = { seq: 3, index: 0, effect: { kind: 'start-run', flow: 'other', isAwaited: false } };
    const change: DecidedEffect = { seq: 1, index: 0, effect: { kind: 'update-profile', set: { stage: 'old' } } };
    const run = runWith('a', [start, emit, change]);
    await createEffectPerformer({ clock, performers }).perform(program, [run], profilesOf(run));
    expect(order).toEqual(
      ['update-profile', 'emit-event', 'start-run'].flatMap((kind) => [`${kind} begins`, `${kind} is done`]),
    );
  });

  it('[RUN-3] hands each kind to its performer, all of a batch at once, under ids derived from run, step and place', async () => {
    const events = recorder('emit-event');
    const messages = recorder('send-message', { reached: ['a/1/0'] });
    const performer = createEffectPerformer({ clock, performers: [events.performer, messages.performer] });
    const [a, b] = [runWith('a', [send, emit]), runWith('b', [emit])];
    const outcome = await performer.perform(program, [a, b], profilesOf(a, b));
    expect(events.calls.map((call) => call.map(({ effectId }) => effectId))).toEqual([['a/2/0', 'b/2/0']]);
    expect(messages.calls).toHaveLength(1);
    expect(outcome).toEqual({ reached: ['a'], signals: [] });
  });

  it('shows a performer the profile as the step saw it, and none where it is gone', async () => {
    const messages = recorder('send-message');
    const updates = recorder('update-profile');
    const change: DecidedEffect = { seq: 0, index: 0, effect: { kind: 'update-profile', set: { stage: 'won' } } };
    const [a, gone] = [runWith('a', [change, send]), runWith('b', [send])];
    const performer = createEffectPerformer({ clock, performers: [messages.performer, updates.performer] });
    await performer.perform(program, [a, gone], profilesOf(a));
    expect(messages.calls[0]?.map(({ profile }) => profile?.attributes)).toEqual([{ stage: 'won' }, undefined]);
    expect(updates.calls[0]?.[0]?.profile?.attributes).toEqual({ stage: 'new' });
  });

  it('performs the other effects when a profile has become such that an earlier change cannot be made', async () => {
    const messages = recorder('send-message');
    const updates = recorder('update-profile');
    const count: DecidedEffect = { seq: 0, index: 0, effect: { kind: 'update-profile', increment: { stage: 1 } } };
    const run = runWith('a', [count, send]);
    const performer = createEffectPerformer({ clock, performers: [messages.performer, updates.performer] });
    await performer.perform(program, [run], profilesOf(run));
    expect(messages.calls[0]?.map(({ profile }) => profile?.attributes)).toEqual([{ stage: 'new' }]);
  });

  it('tells a waiting step the result of its effect, and nobody that of another', async () => {
    const failed: EffectResult = { isOk: false, code: 'not-live' };
    const starts = recorder('start-run', {
      results: new Map([
        ['a/0/0', { isOk: true }],
        ['a/1/1', failed],
      ]),
    });
    const start = (seq: number, index: number): DecidedEffect => ({
      seq,
      index,
      effect: { kind: 'start-run', flow: 'other', isAwaited: seq === 1 },
    });
    const run = runWith('a', [start(0, 0), start(1, 1)], {
      positions: [{ node: 'sub', seq: 1, awaits: [{ id: 'end', kind: 'result', effect: 1 }] }],
    });
    const performer = createEffectPerformer({ clock, performers: [starts.performer] });
    const { signals } = await performer.perform(program, [run], profilesOf(run));
    expect(signals).toEqual([{ runId: 'a', seq: 1, await: 'end', id: 'a/1/1', at: new Date(START), result: failed }]);
  });

  it('leaves the batch to be performed again when nobody knows the kind', async () => {
    const run = runWith('a', [emit]);
    const performer = createEffectPerformer({ clock, performers: [] });
    await expect(performer.perform(program, [run], profilesOf(run))).rejects.toThrow('emit-event');
  });
});
