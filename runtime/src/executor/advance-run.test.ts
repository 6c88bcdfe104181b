import { createBucket, type NodeHandler } from '@sluice/shared/node-contract';
import { expect, it } from 'vitest';
import { advanceRun } from './advance-run.ts';
import { graphOf, KINDS, NO_READS, START } from './executor.fixture.ts';
import { compileProgram } from './flow-program.ts';
import type { RunRecord } from './run-record.ts';
import { createWorld } from './world.ts';

/** Counts up on entering and whenever it is asked again, three times in all; asks a service each time. */
const insistent: NodeHandler = {
  enter: ({ now }) => ask(now),
  resume: ({ now, memory }) =>
    memory['asked'] === 3 ? { kind: 'advance', port: 'next', effects: [count] } : ask(now, Number(memory['asked'])),
};
const count = { kind: 'update-profile' as const, increment: { asked: 1 } };
const ask = (now: number, asked = 0) => ({
  kind: 'wait' as const,
  untilAt: now + 1000,
  awaits: [{ id: 'answer', kind: 'result' as const, effect: 1 }],
  memory: { asked: asked + 1 },
  effects: [count, { kind: 'call-http' as const, requestNode: 'call', isAwaited: true }],
});

it('[RUN-3] numbers the effects of a step on through all its visits, and awaits the result of the right one', async () => {
  const program = compileProgram(
    'flow',
    1,
    graphOf(
      [
        ['call', 'delay', { durationMs: 1000 }],
        ['end', 'exit', { reason: '' }],
      ],
      ['call:next>end'],
    ),
    { ...KINDS, handlers: new Map([...KINDS.handlers, ['delay', insistent]]) },
  );
  let run: RunRecord = {
    _id: 'r',
    flowId: 'flow',
    version: 1,
    profileId: 'p',
    entryKey: 'once',
    status: 'running',
    node: 'call',
    enteredAt: new Date(START),
    path: [],
    variants: {},
  };
  const indexes: number[][] = [];
  const awaited: unknown[] = [];
  const bucket = await createBucket();
  for (let visit = 0; visit < 4; visit++) {
    const world = createWorld({ ...NO_READS, bucket }, START + visit * 1000, 'UTC');
    run = await advanceRun(run, program, { id: 'p', attributes: {} }, world);
    indexes.push((run.effects ?? []).map(({ index }) => index));
    awaited.push(run.positions?.[0]?.awaits?.map((one) => (one.kind === 'result' ? one.effect : undefined)));
  }
  expect(indexes).toEqual([[0, 1], [2, 3], [4, 5], [6]]);
  expect(awaited).toEqual([[1], [3], [5], undefined]);
  expect(run.status).toBe('ended');
});

it('passes a node that is switched off, whatever is set in it, and notes why [RUN-10]', async () => {
  const graph = graphOf(
    [
      ['ask', 'filter', {}],
      ['wait', 'delay', {}],
      ['hook', 'webhook', {}],
      ['end', 'exit', { reason: '' }],
    ],
    ['ask:yes>wait', 'wait:next>hook', 'hook:next>end'],
  );
  const nodes = graph.nodes.map((node) => (node.id === 'end' ? node : { ...node, isDisabled: true as const }));
  const program = compileProgram('flow', 1, { ...graph, nodes }, KINDS);
  const world = createWorld({ ...NO_READS, bucket: await createBucket() }, START, 'UTC');
  const run = await advanceRun(
    {
      _id: 'r',
      flowId: 'flow',
      version: 1,
      profileId: 'p',
      entryKey: 'once',
      status: 'running',
      node: 'ask',
      enteredAt: new Date(START),
      path: [],
      variants: {},
    },
    program,
    { id: 'p', attributes: {} },
    world,
  );
  expect(run.status).toBe('ended');
  expect(run.effects ?? []).toEqual([]);
  expect(run.path.map(({ node, port, reason }) => [node, port, reason?.code])).toEqual([
    ['ask', 'yes', 'step-disabled'],
    ['wait', 'next', 'step-disabled'],
    ['hook', 'next', 'step-disabled'],
    ['end', undefined, 'exit:end'],
  ]);
});
