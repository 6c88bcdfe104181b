import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { audiences } from '../audiences/audience-record.ts';
import { MAX_CHAIN_DEPTH } from '../executor/chain-depth.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';

let app: TestApp;
let operator: Record<string, string>;
let writeKey: Record<string, string>;

beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
  writeKey = await app.withWriteKey();
});
afterAll(() => app.close());

const EVERYONE = { op: 'all', of: [] };
const post = (place: string, body: object) => app.call('POST', place, { headers: operator, body });
const stepAfter = (trigger: string, when: object, kind: string, params: object) =>
  graphOf(
    [
      ['start', trigger, { audience: EVERYONE, reentry: 'unlimited', ...when }],
      ['step', kind, params],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>step', 'step:next>end'],
  );
async function publish(graph: object): Promise<string> {
  const { body: flow } = await post('/api/flows', { name: crypto.randomUUID(), graph });
  expect(await post(`/api/flows/${flow.id}/publish`, { baseRevision: flow.revision, note: '' })).toMatchObject({
    status: 200,
  });
  return flow.id;
}
/** Of one that follows a condition the first extraction is over: it would see what flows do meanwhile, and begin a new chain. */
const audience = async (body: object): Promise<string> => {
  const { id } = (await post('/api/audiences', { name: crypto.randomUUID(), ...body })).body;
  const isReady = async () => {
    const stored = await app.database.collection(audiences).findOne({ _id: id });
    return stored?.kind === 'manual' || stored?.extraction?.status === 'done';
  };
  await expect.poll(isReady).toBe(true);
  return id;
};
const runCount = (...flowIds: string[]) =>
  app.database.collection(runs).countDocuments({ flowId: { $in: flowIds }, status: 'ended' });
/** The reasons for which people were turned away. How often is not exact: what is told again is counted again (ENT-4). */
const refusedIn = async (...flowIds: string[]): Promise<string[]> => {
  const lists = await Promise.all(
    flowIds.map((id) => app.call('GET', `/api/flows/${id}/triggers`, { headers: operator })),
  );
  return lists.flatMap(({ body }) => body.items.flatMap(({ refused }: { refused: object }) => Object.keys(refused)));
};
const track = (userId: string, event: string, traits?: object) =>
  app.call('POST', '/v1/batch', {
    headers: writeKey,
    body: {
      batch: [
        ...(traits ? [{ type: 'identify', userId, traits, messageId: crypto.randomUUID() }] : []),
        { type: 'track', userId, event, messageId: crypto.randomUUID() },
      ],
    },
  });
/** Where they have stopped to go round: one run, and as many behind it as a chain is long. */
const STOPPED = { refused: ['in-circle'], runs: MAX_CHAIN_DEPTH + 1 };
const standOf = async (...flowIds: string[]) => ({
  refused: await refusedIn(...flowIds),
  runs: await runCount(...flowIds),
});

describe('[ENT-10] flows that start each other by memberships', () => {
  it('end after ten rounds where they put a person in and take it out in turn', async () => {
    const audienceId = await audience({ kind: 'manual' });
    const change = (what: string) => ['audience-membership', { audience: audienceId, change: what }] as const;
    const out = await publish(stepAfter('audience-trigger', { audienceId, change: 'entered' }, ...change('remove')));
    const back = await publish(stepAfter('audience-trigger', { audienceId, change: 'left' }, ...change('add')));
    const first = await publish(stepAfter('event-trigger', { event: 'Begin', where: [] }, ...change('add')));
    await track('manual', 'Begin');
    await expect.poll(() => standOf(first, out, back)).toEqual(STOPPED);
  });

  it('end after ten rounds where they change what an audience looks at', async () => {
    const audienceId = await audience({
      kind: 'dynamic',
      condition: { op: 'attribute', name: 'circling', is: { operator: 'equals', value: 'in' } },
    });
    const set = (value: string) =>
      ['update-attribute', { changes: [{ attribute: 'circling', action: 'set', value }] }] as const;
    const out = await publish(stepAfter('audience-trigger', { audienceId, change: 'entered' }, ...set('out')));
    const back = await publish(stepAfter('audience-trigger', { audienceId, change: 'left' }, ...set('in')));
    await track('dynamic', 'Seen', { circling: 'in' });
    await expect.poll(() => standOf(out, back)).toEqual(STOPPED);
  });

  it('count what a person does by itself as a new beginning', async () => {
    const audienceId = await audience({
      kind: 'dynamic',
      condition: { op: 'attribute', name: 'mood', is: { operator: 'equals', value: 'good' } },
    });
    const flow = await publish(
      stepAfter('audience-trigger', { audienceId, change: 'entered' }, 'update-attribute', {
        changes: [{ attribute: 'mood', action: 'set', value: 'met' }],
      }),
    );
    for (let round = 1; round <= MAX_CHAIN_DEPTH + 2; round += 1) {
      await track('moody', 'Seen', { mood: 'good' });
      await expect.poll(() => runCount(flow)).toBe(round);
      await expect
        .poll(
          async () => (await app.database.db.collection('memberships').findOne({ audience: audienceId }))?.['isMember'],
        )
        .toBe(false);
    }
    expect(await refusedIn(flow)).toEqual([]);
  });

  it('are warned of before they are published, where one flow does it alone', async () => {
    const audienceId = await audience({
      kind: 'dynamic',
      condition: { op: 'attribute', name: 'circling', is: { operator: 'equals', value: 'in' } },
    });
    const entered = { audienceId, change: 'entered' };
    const changes = { changes: [{ attribute: 'circling', action: 'set', value: 'out' }] };
    const { body: flow } = await post('/api/flows', { name: crypto.randomUUID() });
    const problemsOf = async (when: object) =>
      (
        await post(`/api/flows/${flow.id}/check`, {
          graph: stepAfter('audience-trigger', when, 'update-attribute', changes),
        })
      ).body.problems;
    expect(await problemsOf(entered)).toContainEqual(
      expect.objectContaining({ code: 'starts-itself-attribute', severity: 'warning', node: 'start' }),
    );
    expect(JSON.stringify(await problemsOf({ ...entered, reentry: 'once' }))).not.toContain('starts-itself');
  });
});
