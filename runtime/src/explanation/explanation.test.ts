import type { Graph } from '@sluice/shared/graph';
import type { Explanation } from '@sluice/shared/http-api';
import { DAY_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveries } from '../channels/delivery-record.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';
import { BODY, checkOf, entering, type Explaining, startExplaining, visitsOf } from './explanation.fixture.ts';

let app: Explaining;
let ann: string;
beforeAll(async () => {
  app = await startExplaining();
  ann = await app.identify('ann', { city: 'Graz', email: 'ann@shop.example', mails: 1 });
});
afterAll(() => app.close());

const EVERYONE = { op: 'all', of: [] };
const inGraz = { op: 'attribute', name: 'city', is: { operator: 'equals', value: 'Graz' } };

/** Who comes in is asked, counted and told about, waits, and then gets a mail. */
function journey(waitMs: number): Graph {
  return graphOf(
    [
      ['start', 'event-trigger', { event: 'Came', audience: EVERYONE, reentry: 'unlimited' }],
      ['local', 'filter', { condition: inGraz }],
      ['count', 'update-attribute', { changes: [{ attribute: 'mails', action: 'increment', value: 1 }] }],
      ['tell', 'emit-event', { event: 'Counted', properties: [{ property: 'by', from: 'value', value: 'flow' }] }],
      ['first', 'email', { to: 'email', subject: 'First', body: BODY }],
      ['wait', 'delay', { durationMs: waitMs }],
      ['second', 'email', { to: 'email', subject: 'Second', body: BODY }],
      ['end', 'exit', { reason: 'done' }],
    ],
    [
      'start:next>local',
      'local:yes>count',
      'local:no>end',
      'count:next>tell',
      'tell:next>first',
      'first:next>wait',
      'wait:next>second',
      'second:next>end',
    ],
  );
}

describe('a run under way', () => {
  it('[EXP-1] its way so far is told with ports, reasons and what became of its effects', async () => {
    const flowId = await app.publish(journey(DAY_MS));
    await app.track('ann', 'Came', { from: 'shop' });
    await app.untilRun(flowId, 'waiting');
    const found = await app.explain(flowId, ann);
    const past = found.trace?.entries.slice(0, found.recorded) ?? [];
    expect(past[0]).toMatchObject({
      kind: 'happened',
      from: 'start',
      happening: { name: 'Came', properties: { from: 'shop' } },
    });
    expect(
      past.flatMap((entry) => (entry.kind === 'visit' ? [[entry.node, entry.outcome, ...entry.ports]] : [])),
    ).toEqual([
      ['start', 'advance', 'next'],
      ['local', 'advance', 'yes'],
      ['count', 'advance', 'next'],
      ['tell', 'advance', 'next'],
      ['first', 'advance', 'next'],
      ['wait', 'wait'],
    ]);
    expect(visitsOf(found, 'local')[0]?.reason).toMatchObject({ values: { attribute: 'city', actual: 'Graz' } });
    expect(visitsOf(found, 'first')[0]?.effects).toMatchObject([
      { effect: { kind: 'send-message' }, message: { status: 'sent', to: 'ann@shop.example', subject: 'First' } },
    ]);
    expect(visitsOf(found, 'count')[0]?.effects).toMatchObject([
      { effect: { kind: 'update-profile' }, result: { isOk: true } },
    ]);
    expect(visitsOf(found, 'tell')[0]?.effects).toMatchObject([
      { effect: { kind: 'emit-event', name: 'Counted', properties: { by: 'flow' } } },
    ]);
  });

  it('[EXP-2] where it stands and what comes next is told, and nothing is written by asking', async () => {
    const flowId = await app.publish(journey(DAY_MS));
    await app.track('ann', 'Came', {});
    await app.untilRun(flowId, 'waiting');
    const of = { flowId } as object;
    const before = await app.database.collection(runs).find(of).toArray();
    const counts = () =>
      Promise.all([
        app.database.collection(deliveries).countDocuments(),
        app.database.collection(events).countDocuments(),
      ]);
    const written = await counts();
    const found = await app.explain(flowId, ann);
    const enteredAt = found.trace?.startAt ?? 0;
    const dueAt = found.standsAt[0]?.untilAt ?? 0;
    expect(found.standsAt).toMatchObject([{ node: 'wait', isFailed: false, awaited: [] }]);
    expect(dueAt - enteredAt).toBe(DAY_MS);
    const next = found.trace?.entries.slice(found.recorded) ?? [];
    expect(next.map((entry) => [entry.kind, 'node' in entry ? entry.node : ''])).toEqual([
      ['visit', 'wait'],
      ['visit', 'second'],
      ['visit', 'end'],
      ['end', ''],
    ]);
    // Wake-ups lie at the end of their second.
    expect(next[0]?.at).toBe(Math.ceil(dueAt / 1000) * 1000);
    expect(visitsOf(found, 'second')[0]?.effects[0]?.message).toMatchObject({ subject: 'Second' });
    expect(await app.database.collection(runs).find(of).toArray()).toEqual(before);
    expect(await counts()).toEqual(written);
  });

  it('[EXP-2] what was expected is what then happens', async () => {
    const flowId = await app.publish(journey(3000));
    await app.track('ann', 'Came', {});
    await app.untilRun(flowId, 'waiting');
    const { trace, recorded } = await app.explain(flowId, ann);
    await app.untilRun(flowId, 'ended');
    const later = await app.explain(flowId, ann);
    expect(later.notes).toEqual(['run-ended']);
    // The wait has its port at a visit where it is expected, and at a leaving where it was recorded.
    const waysOf = (told: Explanation['trace']) =>
      (told?.entries ?? []).flatMap((entry) =>
        'ports' in entry && entry.ports.length > 0 ? [`${entry.node}:${entry.ports.join()}`] : [],
      );
    expect(recorded).toBeLessThan(trace?.entries.length ?? 0);
    expect(waysOf(trace)).toEqual(waysOf(later.trace));
    expect(later.trace?.runs[0]?.endReason).toEqual(trace?.runs[0]?.endReason);
  });

  it('[EXP-1] a message that was held back says why', async () => {
    const bob = await app.identify('bob', { city: 'Graz' });
    const flowId = await app.publish(journey(DAY_MS));
    await app.track('bob', 'Came', {});
    await app.untilRun(flowId, 'waiting');
    expect(visitsOf(await app.explain(flowId, bob), 'first')[0]?.effects[0]?.message).toMatchObject({
      status: 'suppressed',
      reason: { code: 'email:no-address' },
    });
  });

  it('[EXP-2] a failed run says where and why, and nothing is expected of it until somebody rescues it', async () => {
    const eve = await app.identify('eve', { mails: 'many' });
    const flowId = await app.publish(
      graphOf(
        [
          ['start', 'call-trigger', { audience: EVERYONE, reentry: 'unlimited' }],
          ['count', 'update-attribute', { changes: [{ attribute: 'mails', action: 'increment', value: 1 }] }],
          ['end', 'exit', { reason: '' }],
        ],
        ['start:next>count', 'count:next>end'],
      ),
    );
    await app.start(flowId, eve);
    const found = await app.explain(flowId, eve);
    expect(found.notes).toEqual(['run-failed']);
    expect(found.standsAt).toMatchObject([{ node: 'count', isFailed: true }]);
    expect(visitsOf(found, 'count')[0]).toMatchObject({ outcome: 'failed', problem: expect.stringContaining('mails') });
    expect(found.trace?.entries).toHaveLength(found.recorded);
  });

  it('[EXP-2] a paused flow holds it: what is expected takes for granted that it is resumed', async () => {
    const flowId = await app.publish(journey(DAY_MS));
    await app.track('ann', 'Came', {});
    await app.untilRun(flowId, 'waiting');
    await app.call('POST', `/api/flows/${flowId}/pause`, { headers: app.operator, body: {} });
    const found = await app.explain(flowId, ann);
    expect(found.notes).toEqual(['flow-paused']);
    expect(visitsOf(found, 'second')).toHaveLength(1);
  });

  it('[EXP-2] it waits for a run of another flow, which is played on beside it', async () => {
    const inner = await app.publish(
      graphOf(
        [
          ['start', 'call-trigger', { audience: EVERYONE, reentry: 'unlimited' }],
          ['rest', 'delay', { durationMs: 2 * DAY_MS }],
          ['end', 'exit', { reason: '' }],
        ],
        ['start:next>rest', 'rest:next>end'],
      ),
    );
    const outer = await app.publish(
      graphOf(
        [
          ['start', 'call-trigger', { audience: EVERYONE, reentry: 'unlimited' }],
          ['sub', 'sub-flow', { flow: { id: inner, name: 'Inner' }, isAwaited: true, timeoutMs: 5 * DAY_MS }],
          ['end', 'exit', { reason: '' }],
        ],
        ['start:next>sub', 'sub:next>end', 'sub:failed>end', 'sub:timeout>end'],
      ),
    );
    await app.start(outer, ann);
    const found = await app.explain(outer, ann);
    expect(found.standsAt).toMatchObject([{ node: 'sub', awaitsResult: true }]);
    expect(visitsOf(found, 'sub')[0]?.effects).toMatchObject([{ effect: { kind: 'start-run', flow: inner } }]);
    const goesOn = visitsOf(found, 'sub').at(-1);
    expect(goesOn).toMatchObject({ cause: 'result', ports: ['next'] });
    expect((goesOn?.at ?? 0) - (found.trace?.startAt ?? 0)).toBeGreaterThanOrEqual(2 * DAY_MS);
  });
});

describe('who the person is now', () => {
  it('[EXP-4] one that was merged is the profile that goes on, with the runs of both', async () => {
    const flowId = await app.publish(entering('call-trigger', { reentry: 'once' }));
    const [from, into] = [await app.identify('old', {}), await app.identify('new', {})];
    await app.start(flowId, from);
    const merge = { headers: app.administrator, body: { from, into } };
    expect((await app.call('POST', '/api/profiles/merge', merge)).status).toBe(200);
    await expect.poll(async () => (await app.explain(flowId, from)).isMerged).toBe(true);
    const found = await app.explain(flowId, from);
    expect(found.profile?.id).toBe(into);
    expect(found.runs).toHaveLength(1);
    expect(checkOf(found, 'reentry')).toMatchObject({ isMet: false, code: 'reentry:already-entered' });
  });

  it('[EXP-4] of one that was deleted its runs are still told, and that it is gone', async () => {
    const flowId = await app.publish(journey(DAY_MS));
    const gone = await app.identify('gone', { city: 'Graz' });
    await app.track('gone', 'Came', {});
    await app.untilRun(flowId, 'waiting');
    await app.call('DELETE', `/api/profiles/${gone}`, { headers: app.administrator });
    const found = await app.explain(flowId, gone);
    expect(found).toMatchObject({ profile: null, triggers: [], notes: ['run-ended'] });
    expect(found.trace?.runs[0]?.endReason).toEqual({ code: 'profile-gone' });
    expect(await app.explain(flowId, 'never-there')).toMatchObject({
      profile: null,
      trace: null,
      notes: ['profile-gone'],
    });
  });

  it('[GOV-1] every role may ask, and sees no more than elsewhere; a flow that is not there is named', async () => {
    const analyst = await app.signInAs('analyst');
    const flowId = await app.publish(entering('call-trigger'));
    expect(await app.explain(flowId, ann, analyst)).toMatchObject({ profile: { id: ann } });
    const body = { profileId: ann };
    expect(await app.call('POST', '/api/flows/nowhere/explain', { body, headers: analyst })).toMatchObject({
      status: 404,
    });
    expect(await app.call('POST', `/api/flows/${flowId}/explain`, { body })).toMatchObject({ status: 401 });
    expect(await app.call('POST', `/api/flows/${flowId}/explain`, { body: {}, headers: analyst })).toMatchObject({
      status: 400,
    });
  });
});
