import type { RunRecord } from '@sluice/shared/http-api';
import { expect, test } from 'vitest';
import { FORKED } from '../editor/editor.fixture.ts';
import { marksOfRun } from './run-trace.tsx';

const at = '2026-03-01T10:00:00.000Z';
const run: RunRecord = {
  id: 'r',
  flowId: 'f',
  flowName: 'F',
  version: 1,
  profileId: 'p',
  userId: null,
  status: 'waiting',
  enteredAt: at,
  endedAt: null,
  wakeAt: null,
  endReason: null,
  path: [
    { seq: 0, node: 'start', port: 'out', enteredAt: 0, leftAt: 0 },
    { seq: 1, node: 'fork', port: 'b', enteredAt: 0, leftAt: 0 },
    { seq: 2, node: 'pause', enteredAt: 0 },
  ],
  variants: {},
};

test('the way of a run is the nodes and connections it took, and where it is', () => {
  const { nodes, edges, others } = marksOfRun(run, FORKED);
  expect([...nodes]).toEqual([
    ['start', 'passed'],
    ['fork', 'passed'],
    ['pause', 'here'],
  ]);
  expect([...edges.keys()]).toEqual(['e1', 'e3']);
  expect(others).toBe('away');
});

test('a run that is over is nowhere any more', () => {
  const { nodes } = marksOfRun({ ...run, status: 'ended', endedAt: at }, FORKED);
  expect([...nodes.values()]).toEqual(['passed', 'passed', 'passed']);
});
