import { EMPTY_GRAPH } from '@sluice/shared/graph';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import { readyFlows } from '@sluice/templates/flows';
import { expect, it } from 'vitest';
import { graphOf } from '../executor/executor.fixture.ts';
import { createContext, linesOf, play, scenarioOf, START_AT, visitsOf } from './sandbox.fixture.ts';

const EVERYONE = { op: 'all', of: [] };
const started = ['start', 'schedule', { when: 'now', audience: EVERYONE }] as const;

it('[RUN-8] a flow of days is played at once, each visit with its time, its port and what decided', async () => {
  const cartReminder = readyFlows.find(({ id }) => id === 'cart-reminder');
  const trace = await play(
    cartReminder?.graph['en-US'] ?? EMPTY_GRAPH,
    scenarioOf({
      persona: { events: [{ name: 'Product Added', agoMs: 2 * HOUR_MS, properties: {} }] },
      happenings: [{ kind: 'event', afterMs: 20 * HOUR_MS, name: 'Order Completed', properties: { revenue: 10 } }],
    }),
  );
  expect(linesOf(trace)).toEqual([
    '+0h audience advance:next because schedule:entered',
    '+0h pause wait because delay:waiting',
    '+4h pause advance:next because delay:over',
    '+4h open advance:yes because condition:event-holds',
    '+4h first-mail advance:next because email:handed-over',
    '+4h next-day wait because delay:waiting',
    '+20h scenario event',
    '+28h next-day advance:next because delay:over',
    '+28h open-next-day advance:no because condition:event-fails',
    '+28h ordered exit because exit:reason',
    '+28h end because exit:reason',
  ]);
});

it('[RUN-8] a message is shown as its receiver would see it, or why it is held back; none is sent', async () => {
  const graph = graphOf(
    [
      [...started],
      [
        'mail',
        'email',
        {
          to: 'email',
          subject: 'For {{ profile.city }}',
          body: '<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ user_id }}</mj-text></mj-column></mj-section></mj-body></mjml>',
        },
      ],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>mail', 'mail:next>end'],
  );
  const messageTo = async (attributes: Record<string, string>) => {
    const trace = await play(graph, scenarioOf({ persona: { userId: 'u7', attributes } }));
    return visitsOf(trace, 'mail')[0]?.effects[0]?.message;
  };
  const sent = await messageTo({ email: 'lin@example.com', city: 'Hangzhou' });
  expect(sent).toMatchObject({ status: 'sent', to: 'lin@example.com', subject: 'For Hangzhou' });
  expect(sent?.html).toContain('Hello u7');
  expect(await messageTo({ city: 'Hangzhou' })).toMatchObject({
    status: 'suppressed',
    reason: { code: 'email:no-address' },
  });
});

it('[RUN-6] an event that is injected wakes the wait that it is for, and the timer is void', async () => {
  const graph = graphOf(
    [
      [...started],
      [
        'wait',
        'wait-for-event',
        {
          events: [
            {
              key: 'paid',
              name: 'Paid',
              on: { event: 'Order Paid', where: [{ property: 'total', is: { operator: 'atLeast', value: 50 } }] },
            },
          ],
          need: 'any',
          since: 'now',
          timeoutMs: DAY_MS,
        },
      ],
      ['yes', 'exit', { reason: 'paid' }],
      ['no', 'exit', { reason: 'never' }],
    ],
    ['start:next>wait', 'wait:paid>yes', 'wait:timeout>no'],
  );
  const pay = (hours: number, total: number) =>
    ({ kind: 'event', afterMs: hours * HOUR_MS, name: 'Order Paid', properties: { total } }) as const;
  const trace = await play(graph, scenarioOf({ happenings: [pay(1, 10), pay(2, 80), pay(3, 90)] }));
  expect(linesOf(trace).filter((line) => line.includes('wait'))).toEqual([
    '+0h wait wait because wait-for-event:waiting',
    '+2h wait advance:paid because wait-for-event:happened',
  ]);
  expect(linesOf(await play(graph, scenarioOf())).at(-1)).toBe('+24h end because exit:reason');
});

it('[RUN-8] what steps change is what later steps read: attributes, events and memberships of the virtual world', async () => {
  const count = {
    op: 'event',
    name: 'Scored',
    measure: { kind: 'count' },
    window: { kind: 'this-run' },
    is: { operator: 'equals', value: 1 },
  };
  const isMember = { op: 'audience', audience: 'vip', is: 'member' };
  const graph = graphOf(
    [
      [...started],
      ['set', 'update-attribute', { changes: [{ attribute: 'history', action: 'increment', value: 5 }] }],
      [
        'emit',
        'emit-event',
        { event: 'Scored', properties: [{ property: 'history', from: 'attribute', attribute: 'history' }] },
      ],
      ['put', 'audience-membership', { audience: 'vip', change: 'add' }],
      ['wait', 'delay', { durationMs: MINUTE_MS }],
      [
        'all',
        'filter',
        {
          condition: {
            op: 'all',
            of: [count, isMember, { op: 'attribute', name: 'history', is: { operator: 'equals', value: 125 } }],
          },
        },
      ],
    ],
    ['start:next>set', 'set:next>emit', 'emit:next>put', 'put:next>wait', 'wait:next>all'],
  );
  const trace = await play(graph, scenarioOf(), await createContext({ manualAudiences: ['vip'] }));
  expect(visitsOf(trace, 'all')[0]?.ports).toEqual(['yes']);
  expect(trace.attributes.history).toBe(125);
  expect(trace.entries).toContainEqual(
    expect.objectContaining({
      kind: 'happened',
      from: 'flow',
      happening: expect.objectContaining({ name: 'Scored', properties: { history: 125 } }),
    }),
  );
});

it('[RUN-8] a receiver answers by the first rule that fits, fails, or is silent until its attempts run out', async () => {
  const graph = graphOf(
    [
      [...started],
      [
        'hook',
        'webhook',
        {
          method: 'POST',
          url: 'https://shop.example.com/{{ user_id }}',
          headers: [],
          format: 'json',
          body: '{"city":"{{ profile.city }}"}',
          waits: true,
          timeoutMs: 5000,
          maxAttempts: 2,
        },
      ],
      ['ok', 'exit', { reason: 'ok' }],
      ['failed', 'exit', { reason: 'failed' }],
    ],
    ['start:next>hook', 'hook:ok>ok', 'hook:failed>failed'],
  );
  const inCity = { op: 'attribute' as const, name: 'city', is: { operator: 'equals' as const, value: 'Hangzhou' } };
  const mocks = [
    {
      node: 'hook',
      isReal: false,
      rules: [
        { when: inCity, reply: { kind: 'answer' as const, status: 201, body: '{}', latencyMs: 1500 } },
        { reply: { kind: 'silence' as const } },
      ],
    },
  ];
  const here = await play(graph, scenarioOf({ mocks, persona: { userId: 'u7' } }));
  expect(visitsOf(here, 'hook').at(-1)).toMatchObject({ at: here.startAt + 1500, ports: ['ok'] });
  const call = visitsOf(here, 'hook')[0]?.effects[0]?.call;
  expect(call).toMatchObject({ method: 'POST', url: 'https://shop.example.com/u7', body: '{"city":"Hangzhou"}' });
  expect(call?.attempts).toEqual([
    expect.objectContaining({ status: 201, isReal: false, overAt: here.startAt + 1500 }),
  ]);

  const elsewhere = await play(graph, scenarioOf({ mocks, persona: { attributes: { city: 'Xi’an' } } }));
  expect(visitsOf(elsewhere, 'hook').at(-1)).toMatchObject({
    ports: ['failed'],
    reason: { code: 'webhook:timed-out' },
  });
  expect(visitsOf(elsewhere, 'hook')[0]?.effects[0]?.call?.attempts.map(({ failure }) => failure?.code)).toEqual([
    'timed-out',
    'timed-out',
  ]);
});

it('[ENT-1] whoever the trigger turns away does not enter, and is told why; by force it does', async () => {
  const audience = { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 1000 } };
  const graph = graphOf(
    [
      ['start', 'schedule', { when: 'now', audience }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>end'],
  );
  const refused = await play(graph, scenarioOf());
  expect(linesOf(refused)).toEqual(['+0h start refused outside-audience']);
  expect(refused.entries[0]).toMatchObject({ reason: { values: { attribute: 'history', actual: 120 } } });
  expect(linesOf(await play(graph, scenarioOf({ isForced: true })))).toContain('+0h end exit because exit:end');
});

it('[RUN-7] the same scenario gives the same trace, and an arm that is named is the one that is dealt', async () => {
  const variants = [
    { key: 'a', name: 'A', weight: 50, isHoldOut: false },
    { key: 'b', name: 'B', weight: 50, isHoldOut: false },
  ];
  const graph = graphOf(
    [[...started], ['split', 'ab-split', { variants }], ['a', 'exit', { reason: 'a' }], ['b', 'exit', { reason: 'b' }]],
    ['start:next>split', 'split:a>a', 'split:b>b'],
  );
  const scenario = scenarioOf({ persona: { id: 'someone' } });
  expect(await play(graph, scenario)).toEqual(await play(graph, scenario));
  for (const arm of ['a', 'b'])
    expect(visitsOf(await play(graph, scenarioOf({ arms: { split: arm } })), 'split')[0]?.ports).toEqual([arm]);
});

it('[RUN-8] another flow that a step starts is played too, and its end lets the step go on', async () => {
  const child = graphOf(
    [[...started], ['rest', 'delay', { durationMs: 2 * HOUR_MS }], ['end', 'exit', { reason: '' }]],
    ['start:next>rest', 'rest:next>end'],
  );
  const graph = graphOf(
    [
      [...started],
      ['sub', 'sub-flow', { flow: { id: 'child', name: 'Child' }, isAwaited: true, timeoutMs: DAY_MS }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>sub', 'sub:next>end'],
  );
  const trace = await play(graph, scenarioOf(), await createContext({ others: { child } }));
  expect(trace.runs.map(({ flowId, status }) => [flowId, status])).toEqual([
    ['flow', 'ended'],
    ['child', 'ended'],
  ]);
  expect(visitsOf(trace, 'sub').at(-1)).toMatchObject({ at: trace.startAt + 2 * HOUR_MS, ports: ['next'] });
});

it('[RUN-8] strands that join are shown where they join, and a flow that goes round for ever is cut', async () => {
  const branches = [
    { key: 'a', name: 'A' },
    { key: 'b', name: 'B' },
  ];
  const graph = graphOf(
    [
      [...started],
      ['fork', 'parallel', { branches }],
      ['short', 'delay', { durationMs: HOUR_MS }],
      ['long', 'delay', { durationMs: 2 * HOUR_MS }],
      ['join', 'join', { need: 'all' }],
      ['again', 'delay', { durationMs: HOUR_MS }],
    ],
    [
      'start:next>fork',
      'fork:a>short',
      'fork:b>long',
      'short:next>join',
      'long:next>join',
      'join:next>again',
      'again:next>again',
    ],
  );
  const trace = await play(graph, scenarioOf({ days: 1 }));
  expect(linesOf(trace).filter((line) => line.includes('join'))).toEqual([
    '+1h join join because join:all',
    '+2h join join because join:all',
    '+2h join left:next',
    '+2h join left:',
  ]);
  expect(trace).toMatchObject({ isCut: true, startAt: Date.parse(START_AT) });
});

it('[RUN-8] a subject that is put into an audience as the flow begins is known to be in it, and who waits for that starts', async () => {
  const club = 'club';
  const graph = graphOf(
    [
      ['start', 'event-trigger', { event: 'Joined', audience: { op: 'all', of: [] }, reentry: 'once' }],
      ['put', 'audience-membership', { change: 'add', audience: club }],
      ['wait', 'delay', { durationMs: HOUR_MS }],
      ['inside', 'filter', { condition: { op: 'audience', audience: club, is: 'member' } }],
      [
        'welcome',
        'audience-trigger',
        { audienceId: club, change: 'entered', audience: { op: 'all', of: [] }, reentry: 'once' },
      ],
      ['end', 'exit', { reason: 'in' }],
      ['out', 'exit', { reason: 'out' }],
    ],
    ['start:next>put', 'put:next>wait', 'wait:next>inside', 'inside:yes>end', 'inside:no>out', 'welcome:next>wait'],
  );
  const trace = await play(graph, scenarioOf(), await createContext({ manualAudiences: [club] }));
  expect(visitsOf(trace, 'inside').map(({ ports }) => ports)).toEqual([['yes']]);
  // The rule of re-entry holds for the flow, by whatever trigger somebody comes.
  expect(trace.entries).toContainEqual(
    expect.objectContaining({ kind: 'refused', trigger: 'welcome', code: 'already-entered' }),
  );
});
