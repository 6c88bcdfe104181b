import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf } from '../executor/executor.fixture.ts';
import { flows } from '../flows/flow-record.ts';
import { checkOf, entering, type Explaining, startExplaining, unmet, visitsOf } from './explanation.fixture.ts';

let app: Explaining;
let ann: string;
beforeAll(async () => {
  app = await startExplaining();
  ann = await app.identify('ann', { city: 'Graz', salary: 9000, joined: '2020-02-29' });
  await app.identify('bob', { city: 'Linz' });
});
afterAll(() => app.close());

const inVienna = { op: 'attribute', name: 'city', is: { operator: 'equals', value: 'Wien' } };

describe('why somebody is not in', () => {
  it('[EXP-3] a part of the condition is not met, with the value it met', async () => {
    const found = await app.explain(await app.publish(entering('call-trigger', { audience: inVienna })), ann);
    expect(unmet(found)).toEqual(['audience:fits-not']);
    expect(checkOf(found, 'audience')?.reason).toMatchObject({
      code: 'condition:attribute-fails',
      values: { attribute: 'city', actual: 'Graz' },
    });
    expect(found).toMatchObject({ run: null, recorded: 0, notes: [] });
  });

  it('[GOV-1] of a value that the role does not see it is said only that it decided', async () => {
    const change = { headers: app.administrator, body: { sensitivity: 'secret' } };
    // The dictionary writes down what it has seen a while later.
    await expect.poll(async () => (await app.call('PUT', '/api/attributes/salary', change)).status).toBe(200);
    const audience = { op: 'attribute', name: 'salary', is: { operator: 'lessThan', value: 5000 } };
    const found = await app.explain(await app.publish(entering('call-trigger', { audience })), ann, app.tester);
    expect(checkOf(found, 'audience')?.reason?.values).toMatchObject({ attribute: 'salary', isVeiled: true });
    expect(JSON.stringify(found)).not.toContain('9000');
  });

  it('[EXP-3] membership of an audience is asked for, and it is not there', async () => {
    const { body: audience } = await app.call('POST', '/api/audiences', {
      headers: app.operator,
      body: { name: 'Guests', kind: 'manual' },
    });
    const audienceIs = { op: 'audience', audience: audience.id, is: 'member' };
    const inside = await app.explain(await app.publish(entering('call-trigger', { audience: audienceIs })), ann);
    expect(checkOf(inside, 'audience')?.reason).toEqual({
      code: 'condition:no-member',
      values: { audience: audience.id },
    });
    const trigger = entering('audience-trigger', { audienceId: audience.id, change: 'entered' });
    const moved = await app.explain(await app.publish(trigger), ann);
    expect(checkOf(moved, 'start')).toMatchObject({ isMet: false, code: 'start:never-entered' });
  });

  it('[EXP-3] the event never came, came before the flow was live, was another, or came too late', async () => {
    await app.track('ann', 'Early', {});
    const flowOn = (event: string, where: object[] = []) =>
      app.publish(entering('event-trigger', { event, where, audience: inVienna }));
    const never = await app.explain(await flowOn('Never'), ann);
    expect(checkOf(never, 'start')).toMatchObject({ isMet: false, code: 'start:event-never' });
    const early = await app.explain(await flowOn('Early'), ann);
    expect(checkOf(early, 'start')).toMatchObject({ isMet: false, code: 'start:event-before' });

    const over = [{ property: 'total', is: { operator: 'greaterThan', value: 100 } }];
    const ordered = await flowOn('Ordered', over);
    const late = await flowOn('Late');
    await app.track('ann', 'Ordered', { total: 20 });
    await app.track('ann', 'Late', {}, { timestamp: new Date(Date.now() - 2 * DAY_MS).toISOString() });
    expect(checkOf(await app.explain(ordered, ann), 'start')).toMatchObject({
      isMet: false,
      code: 'start:event-other',
      values: { event: 'Ordered', property: 'total' },
    });
    expect(checkOf(await app.explain(late, ann), 'start')).toMatchObject({ isMet: false, code: 'start:event-late' });
    await app.track('ann', 'Ordered', { total: 200 });
    const startOf = async () => checkOf(await app.explain(ordered, ann), 'start');
    await expect.poll(startOf).toMatchObject({ isMet: true, code: 'start:event-came' });
    // Whom a trigger turned away is remembered with the reason.
    const refusalsOf = async () => (await app.explain(ordered, ann)).triggers[0]?.refusals;
    await expect.poll(refusalsOf).toMatchObject([{ code: 'outside-audience' }]);
  });

  it('[EXP-3] the rule of re-entry keeps out who was there before', async () => {
    const twice = async (params: object) => {
      const flowId = await app.publish(entering('call-trigger', params));
      const fresh = await app.explain(flowId, ann);
      expect(checkOf(fresh, 'reentry')).toMatchObject({ isMet: true });
      await app.start(flowId, ann);
      const [refused, asked] = [await app.start(flowId, ann), await app.explain(flowId, ann)];
      // What is explained is what really happens.
      expect(checkOf(asked, 'reentry')?.code).toBe(`reentry:${refused.refusal}`);
      return checkOf(asked, 'reentry');
    };
    expect(await twice({ reentry: 'once' })).toMatchObject({ isMet: false, code: 'reentry:already-entered' });
    const period = await twice({ reentry: 'period', reentryMs: HOUR_MS });
    expect(period).toMatchObject({ isMet: false, code: 'reentry:in-period' });
    expect(Number(period?.values?.['until']) - Number(period?.values?.['at'])).toBe(HOUR_MS);
  });

  it('[EXP-3] who is still inside, or comes without a key, is kept out', async () => {
    const graph = graphOf(
      [
        ['start', 'call-trigger', { audience: { op: 'all', of: [] }, reentry: 'after-exit' }],
        ['wait', 'delay', { durationMs: DAY_MS }],
        ['end', 'exit', { reason: '' }],
      ],
      ['start:next>wait', 'wait:next>end'],
    );
    const flowId = await app.publish(graph);
    await app.start(flowId, ann);
    expect(checkOf(await app.explain(flowId, ann), 'reentry')).toMatchObject({ code: 'reentry:still-inside' });
    const keyed = await app.publish(entering('event-trigger', { event: 'Keyed', key: 'order', reentry: 'key' }));
    await app.track('ann', 'Keyed', {});
    expect(checkOf(await app.explain(keyed, ann), 'reentry')).toMatchObject({ isMet: false, code: 'reentry:no-key' });
  });

  it('[EXP-3] the places are taken, and asking takes none', async () => {
    const flowId = await app.publish(entering('call-trigger', { cap: 'ever', capMax: 1 }));
    const before = await app.explain(flowId, ann);
    expect(checkOf(before, 'cap')).toEqual({
      step: 'cap',
      isMet: true,
      code: 'cap:free',
      values: { taken: 0, max: 1, per: 'ever' },
    });
    await app.start(flowId, ann);
    const bob = await app.identify('bob', {});
    const found = await app.explain(flowId, bob);
    expect(unmet(found)).toEqual(['cap:reached']);
    expect(await app.start(flowId, bob)).toMatchObject({ refusal: 'cap-reached' });
  });

  it('[EXP-3] the flow is paused, put away, or was never published', async () => {
    const flowId = await app.publish(entering('call-trigger'));
    const change = (what: string) =>
      app.call('POST', `/api/flows/${flowId}/${what}`, { headers: app.operator, body: {} });
    await change('pause');
    expect(unmet(await app.explain(flowId, ann))).toEqual(['flow:paused']);
    await change('archive');
    expect(unmet(await app.explain(flowId, ann))).toEqual(['flow:archived']);
    const { body: draft } = await app.call('POST', '/api/flows', {
      headers: app.operator,
      body: { name: 'Draft', graph: entering('call-trigger') },
    });
    expect(await app.explain(draft.id, ann)).toMatchObject({
      notes: ['not-published'],
      trace: null,
      version: null,
      flow: { status: 'draft' },
      triggers: [],
    });
    expect(await app.database.collection(flows).findOne({ _id: flowId })).toMatchObject({ status: 'archived' });
  });

  it('[EXP-3] everybody was taken in before the profile was there; or the time has yet to come', async () => {
    const done = await app.publish(entering('schedule', { when: 'now' }));
    await app.untilRun(done, 'ended');
    await expect.poll(async () => checkOf(await app.explain(done, ann), 'start')?.code).toBe('start:fired');
    const late = await app.identify('late', { city: 'Graz' });
    expect(checkOf(await app.explain(done, late), 'start')).toMatchObject({ isMet: false, code: 'start:came-later' });
    const at = new Date(Date.now() + DAY_MS).toISOString();
    const coming = await app.publish(entering('schedule', { when: 'at', at }));
    expect(checkOf(await app.explain(coming, ann), 'start')).toMatchObject({
      isMet: null,
      code: 'start:fires',
      values: { next: Date.parse(at) },
    });
  });

  it('[EXP-3] the date of the profile has yet to come, or there is none', async () => {
    const dated = (attribute: string) => ({ attribute, repeat: 'yearly', offsetDays: 0, at: '09:00' });
    const comes = checkOf(
      await app.explain(await app.publish(entering('date-trigger', dated('joined'))), ann),
      'start',
    );
    expect(comes).toMatchObject({ isMet: null, code: 'start:date-comes' });
    expect(new Date(Number(comes?.values?.['at'])).toISOString()).toMatch(/-02-2[89]T09:00/);
    const none = await app.explain(await app.publish(entering('date-trigger', dated('birthday'))), ann);
    expect(unmet(none)).toEqual(['start:no-date']);
  });

  it('[EXP-2] what would come of it if it entered now is a dry run: without an address there is no message', async () => {
    const flowId = await app.publish(
      graphOf(
        [
          ['start', 'call-trigger', { audience: inVienna, reentry: 'unlimited' }],
          ['mail', 'email', { to: 'email', subject: 'Hello', body: '<mjml><mj-body></mj-body></mjml>' }],
          ['end', 'exit', { reason: '' }],
        ],
        ['start:next>mail', 'mail:next>end'],
      ),
    );
    const found = await app.explain(flowId, ann);
    expect(visitsOf(found, 'mail')[0]?.effects[0]?.message).toMatchObject({
      status: 'suppressed',
      reason: { code: 'email:no-address', values: { attribute: 'email' } },
    });
    expect(found.recorded).toBe(0);
  });
});
