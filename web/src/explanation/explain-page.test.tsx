import { api, type Explanation } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AT, draftOf, EVERYONE, nodeNamed, row } from '../../test/small-flow.ts';
import { FlowPage } from '../plans/flow-page.tsx';

const { server } = useReplyServer();
const START = Date.parse(AT);
const HOUR = 3_600_000;
const graph = row(EVERYONE, nodeNamed('Rest', 'rest', 'delay', { durationMs: HOUR }));
const flow = draftOf(graph, { status: 'live', liveVersion: 1, entered: 1 });
const blank: Explanation = {
  asOf: START,
  flow: { id: 'f1', name: 'Spring sale', status: 'live', liveVersion: 1 },
  profile: { id: 'p1', userId: 'lin' },
  isMerged: false,
  version: 1,
  graph,
  runs: [],
  run: null,
  standsAt: [],
  trace: null,
  recorded: 0,
  notes: [],
  triggers: [],
};
const seen = { kind: 'visit', cause: 'enter', reads: [], effects: [], run: 0 } as const;

beforeAll(() => import('./explain-page.tsx'));
beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.flows.getFlow, flow);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.audiences.listAudiences, { items: [], next: null });
  server().reply(api.data.listProfiles, {
    items: [{ id: 'p1', userId: 'lin', attributes: {}, createdAt: AT, updatedAt: AT }],
    next: null,
  });
});

const open = (query: string) => renderPage(<FlowPage />, { path: '/flows/:flowId', at: `/flows/f1?${query}` });

test('[EXP-1] [EXP-2] a run is told up to now, and what comes next stands apart as expected', async () => {
  const told: Explanation = {
    ...blank,
    run: 'r1',
    runs: [{ id: 'r1', version: 1, status: 'waiting', enteredAt: START, endedAt: null, endReason: null }],
    standsAt: [
      { node: 'rest', since: START, untilAt: START + HOUR, awaited: [], awaitsResult: false, isFailed: false },
    ],
    recorded: 2,
    trace: {
      startAt: START,
      endAt: START + HOUR,
      runs: [],
      attributes: {},
      isCut: false,
      entries: [
        { ...seen, reads: [], effects: [], at: START, seq: 0, node: 'begin', outcome: 'advance', ports: ['next'] },
        {
          ...seen,
          reads: [],
          effects: [],
          at: START,
          seq: 1,
          node: 'rest',
          outcome: 'wait',
          ports: [],
          untilAt: START + HOUR,
        },
        {
          ...seen,
          reads: [],
          effects: [],
          at: START + HOUR,
          seq: 1,
          node: 'rest',
          cause: 'timer',
          outcome: 'advance',
          ports: ['next'],
        },
        { kind: 'end', at: START + HOUR, run: 0, reason: { code: 'path-ends' } },
      ],
    },
  };
  const run = { id: 'r1', flowId: 'f1', flowName: 'Spring sale', version: 1, status: 'waiting' as const };
  const now = { ...run, enteredAt: START, endedAt: null, endReason: null, variants: {}, standsAt: ['rest'] };
  server().reply(api.explanation.explain, { ...told, trace: told.trace && { ...told.trace, runs: [now] } });
  await open('mode=live&person=p1&run=r1');
  expect(await screen.findByText(/Stands at “Rest” since/)).toBeInTheDocument();
  expect(server().callsOf(api.explanation.explain)[0]?.body).toEqual({ profileId: 'p1', runId: 'r1' });
  const list = screen.getByRole('list', { name: 'Timeline' });
  const entries = within(list).getAllByRole('button');
  expect(entries).toHaveLength(4);
  expect(within(list).getByText(/What follows is expected/)).toBeInTheDocument();
  // Where it is now is what is shown first; of the past it is said that not all of it is kept.
  expect(within(list).getByText(/What else it looked at is not kept/)).toBeInTheDocument();
  expect(screen.queryByText('Expected')).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'To the end' }));
  expect(await screen.findByText('Expected')).toBeInTheDocument();
});

test('[EXP-3] who is not in is told what keeps it out, question by question', async () => {
  server().reply(api.explanation.explain, {
    ...blank,
    triggers: [
      {
        node: 'begin',
        checks: [
          { step: 'flow', isMet: true, code: 'flow:live' },
          { step: 'start', isMet: null, code: 'start:fires', values: { next: START + HOUR } },
          {
            step: 'audience',
            isMet: false,
            code: 'audience:fits-not',
            reason: {
              code: 'condition:attribute-fails',
              values: { attribute: 'salary', is: '{"operator":"greaterThan","value":100}', isVeiled: true },
            },
          },
          { step: 'cap', isMet: false, code: 'cap:reached', values: { taken: 1000, max: 1000, per: 'day' } },
        ],
        refusals: [{ at: START, code: 'cap-reached' }],
      },
    ],
  });
  await open('mode=live&person=p1');
  const trigger = await screen.findByRole('region', { name: 'Everyone' });
  expect(within(trigger).getByText('Kept out now')).toBeInTheDocument();
  expect(within(trigger).getAllByRole('img', { name: 'not met' })).toHaveLength(2);
  expect(within(trigger).getByText(/a value that your role does not see/)).toBeInTheDocument();
  expect(within(trigger).getByText(/All 1,000 places are taken today/)).toBeInTheDocument();
  expect(within(trigger).getByText('Turned away: the limit was reached')).toBeInTheDocument();
});

test('[EXP-2] by which trigger somebody would come in can be chosen', async () => {
  const triggers = ['begin', 'rest'].map((node) => ({ node, checks: [], refusals: [] }));
  server().reply(api.explanation.explain, { ...blank, triggers });
  await open('mode=live&person=p1');
  await userEvent.click(await screen.findByRole('tab', { name: 'If it came in now' }));
  await userEvent.click(screen.getByRole('combobox', { name: /^By which trigger/ }));
  await userEvent.click(await screen.findByText('Rest', { selector: '.ant-select-item-option-content' }));
  await waitFor(() =>
    expect(server().callsOf(api.explanation.explain).at(-1)?.body).toEqual({ profileId: 'p1', trigger: 'rest' }),
  );
});

test('a person is looked up, and its address can be shared', async () => {
  server().reply(api.explanation.explain, blank);
  const { router } = await open('mode=live&person=');
  await userEvent.click(await screen.findByRole('combobox'));
  await userEvent.click(await screen.findByText('lin', { selector: '.ant-select-item-option-content' }));
  await waitFor(() => expect(router.state.location.search).toBe('?mode=live&person=p1'));
  expect(await screen.findByText('Not in this flow')).toBeInTheDocument();
});
