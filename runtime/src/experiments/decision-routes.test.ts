import { api } from '@sluice/shared/http-api';
import Value from 'typebox/value';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { experimentDecisions } from './experiment-record.ts';

const rule = {
  metric: 'click',
  everyMs: 3_600_000,
  looks: 2,
  minimumPerArm: 100,
  confidence: 0.95,
  afterwards: 'all-to-winner',
};
const variants = [
  { key: 'a', name: 'A', weight: 50, isHoldOut: false },
  { key: 'b', name: 'B', weight: 50, isHoldOut: false },
];
const graphWith = (params: object) =>
  graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
      ['split', 'ab-split', params],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>split', 'split:a>end', 'split:b>end'],
  );

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function publish(params: object) {
  const headers = await app.signInAs('operator');
  const created = await app.call('POST', '/api/flows', { headers, body: { name: 'Spring', graph: graphWith(params) } });
  const { id, revision } = created.body;
  const body = { baseRevision: revision, note: '' };
  const published = await app.call('POST', `/api/flows/${id}/publish`, { headers, body });
  const funnel = () => app.call('GET', `/api/flows/${id}/funnel`, { headers });
  return { id, published, funnel };
}

it('publishing a version plans the looks of its splits, and the funnel says how far they have come', async () => {
  const { id, published, funnel } = await publish({ variants, winner: rule });
  expect(published).toMatchObject({ status: 200, body: { version: 1 } });
  const planned = await app.database.collection(experimentDecisions).find({ flowId: id }).toArray();
  expect(planned).toMatchObject([{ _id: `${id}:1:split`, version: 1, node: 'split', looks: [] }]);
  const waiting = await funnel();
  expect(waiting.body.decision).toEqual({
    rule,
    startedAt: null,
    nextLookAt: null,
    decidedAt: null,
    winner: null,
    looks: [],
  });

  const at = new Date('2026-03-02T08:00:00Z');
  const look = {
    at,
    outcome: 'won' as const,
    leader: 'b',
    threshold: 0.025,
    arms: [
      { variant: 'a', people: 300, results: 20 },
      { variant: 'b', people: 300, results: 45 },
    ],
    comparisons: [{ variant: 'a', z: 3.2, pValue: 0.001 }],
  };
  await app.database
    .collection(experimentDecisions)
    .updateOne(
      { _id: `${id}:1:split` },
      { $set: { startedAt: at, decidedAt: at, winner: 'b', looks: [look] }, $unset: { nextLookAt: '' } },
    );
  const decided = await funnel();
  expect([...Value.Errors(api.flows.funnel.reply, decided.body)]).toEqual([]);
  expect(decided.body.decision).toMatchObject({
    winner: 'b',
    decidedAt: at.toISOString(),
    looks: [{ ...look, at: at.toISOString() }],
  });
});

it('a split that does not choose its winner has no decision, and a rule that is out of range is refused', async () => {
  const plain = await publish({ variants });
  expect((await plain.funnel()).body.decision).toBeNull();
  const refused = await publish({ variants, winner: { ...rule, looks: 11 } });
  expect(refused.published).toMatchObject({ status: 422, body: { code: 'flow-has-problems' } });
  const alone = await publish({ variants: [variants[0], { ...variants[1], isHoldOut: true }], winner: rule });
  expect(alone.published.body.details.problems).toMatchObject([{ code: 'ab-split:winner-alone', node: 'split' }]);
});
