import { api, type FlowCounts, type FlowVersion, type ReplyOf } from '@sluice/shared/http-api';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMINISTRATOR, renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AT, beginAndStop, draftOf } from '../../test/small-flow.ts';
import { FlowPage } from './flow-page.tsx';

const { server } = useReplyServer();

const graph = beginAndStop();

// Each test has a flow of its own: what one leaves in this browser must not come back in the next.
let tests = 0;
const draft = draftOf(graph, { id: '' });
const version: FlowVersion = { version: 1, graph, publishedAt: AT, publishedBy: 'Ada', note: 'First' };
const counts: FlowCounts = {
  version: 1,
  runs: 64_000,
  waiting: 0,
  ended: 64_000,
  failed: 2,
  enrolment: { status: 'done', scanned: 64_000, enrolled: 64_000 },
  nodes: { begin: { entered: 64_000, waiting: 0, failed: 0, ended: 0, left: { next: 64_000 } } },
  asOf: AT,
};

// What the page loads when it is asked for: loading is the bundler's matter, and may take its time on a busy machine.
beforeAll(() =>
  Promise.all([
    import('./live-workspace.tsx'),
    import('./measurement-drawer.tsx'),
    import('./publish-drawer.tsx'),
    import('./ready-flow-dialog.tsx'),
    import('./settle-dialog.tsx'),
    import('./versions-drawer.tsx'),
  ]),
);

beforeEach(() => {
  tests += 1;
  draft.id = `f${tests}`;
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.flows.getFlow, draft);
  server().reply(api.flows.listVersions, { items: [version], next: null });
  server().reply(api.flows.counts, counts);
  server().reply(api.lifecycle.listBulkChanges, { items: [] });
  server().reply(api.presence.showPresence, { others: [], draft: { revision: 4, savedBy: 'Ada' } });
  server().reply(api.flows.saveDraft, { revision: 5, savedAt: AT });
  const row = { isHoldOut: false, targeted: 64_000, reached: 63_000, clicked: 9000, converted: 600, value: 1234.5 };
  server().reply(api.flows.funnel, {
    version: 1,
    experiment: null,
    rows: [],
    total: { variant: '*', name: '', ...row },
    sampleRatio: null,
    currency: 'USD',
    decision: null,
  });
});

const open = (search = '') => renderPage(<FlowPage />, { path: '/flows/:flowId', at: `/flows/${draft.id}${search}` });
const rename = async (name: string) => {
  const field = await screen.findByRole('textbox', { name: 'Name of the flow' });
  fireEvent.change(field, { target: { value: name } });
  fireEvent.blur(field);
};

describe('a draft', () => {
  test('[APPR-6] offers neither to publish nor to ask for it until it is known which of the two it is', async () => {
    const setting = Promise.withResolvers<ReplyOf<typeof api.approvals.getSetting>>();
    server().reply(api.approvals.getSetting, () => setting.promise);
    await open();
    expect(await screen.findByRole('group', { name: /^Everyone\./ })).toBeInTheDocument();
    const offers = () => screen.queryAllByRole('button', { name: /^(Publish|Send for approval)$/ });
    expect(offers()).toEqual([]);
    setting.resolve({ isRequired: true, changedBy: null, changedAt: null });
    expect(await screen.findByRole('button', { name: 'Send for approval' })).toBeInTheDocument();
    expect(offers()).toHaveLength(1);
  });

  test('opens with its nodes, and an edit is saved with the revision it began from', async () => {
    await open();
    expect(await screen.findByRole('group', { name: /^Everyone\./ })).toBeInTheDocument();
    await rename('Summer sale');
    await waitFor(() => expect(server().callsOf(api.flows.saveDraft)).toHaveLength(1));
    expect(server().callsOf(api.flows.saveDraft)[0]?.body).toEqual({ name: 'Summer sale', graph, baseRevision: 4 });
    await waitFor(() => expect(screen.getByText('Saved')).toBeInTheDocument());
  });

  test('[EDIT-2] a version that someone else saved is shown beside mine, and I choose', async () => {
    const theirs = { name: 'Their sale', graph: { ...graph, edges: [] }, revision: 9, updatedAt: AT, updatedBy: 'Wei' };
    server().refuse(api.flows.saveDraft, 409, {
      code: 'draft-conflict',
      message: 'Wei has saved this draft since',
      details: { draft: theirs },
    });
    await open();
    await rename('My sale');
    const banner = await screen.findByText(/Wei saved other changes/);
    expect(banner).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Name of the flow' })).toHaveValue('My sale');
    await userEvent.click(screen.getByRole('button', { name: 'Look and choose' }));
    const place = await screen.findByRole('region', { name: 'Name of the flow' });
    expect(place).toHaveTextContent(/My sale.*Their sale/);
    await userEvent.click(within(place).getByRole('radio', { name: /Wei/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Save what I chose' }));
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Name of the flow' })).toHaveValue('Their sale'));
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(screen.getByRole('textbox', { name: 'Name of the flow' })).toHaveValue('My sale');
  });

  test('[EDIT-2] while the server refuses, it says that the edits are kept in this browser', async () => {
    server().refuse(api.flows.saveDraft, 401, { code: 'not-signed-in', message: 'Sign in' });
    await open();
    await rename('Unsaved sale');
    expect(await screen.findByText(/you are signed out\. Your changes are kept/)).toBeInTheDocument();
    const key = Object.keys(localStorage).find((name) =>
      name.startsWith(`sluice.draft/${ADMINISTRATOR.id}/${draft.id}/`),
    );
    expect(JSON.parse(localStorage.getItem(key ?? '') ?? '{}')).toMatchObject({
      name: 'Unsaved sale',
      baseRevision: 4,
    });
  });

  test('names its problems, and one click opens the field', async () => {
    server().reply(api.flows.getFlow, { ...draft, graph: { ...graph, edges: [] } });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: /problem/ }));
    const panel = screen.getByRole('region', { name: 'Problems' });
    await userEvent.click(within(panel).getAllByRole('button', { name: /Go to “Everyone”/ })[0] as HTMLElement);
    expect(await screen.findByRole('complementary', { name: 'Settings of “Everyone”' })).toBeInTheDocument();
  });

  test('is looked at but not changed by those who may not', async () => {
    server().reply(api.access.state, { ...SIGNED_IN, account: { ...ADMINISTRATOR, role: 'analyst' } });
    await open();
    expect(await screen.findByText('You may look at this flow, but not change it.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Publish' })).not.toBeInTheDocument();
    expect(screen.queryByRole('textbox', { name: 'Name of the flow' })).not.toBeInTheDocument();
  });
});

describe('publishing', () => {
  test('says who will be reached, and publishes the revision that is saved', async () => {
    server().reply(api.data.countAudience, {
      count: 42_613,
      total: 64_000,
      sample: [],
      sentence: { 'en-US': 'everyone', 'zh-CN': '所有人' },
    });
    server().reply(api.flows.publishFlow, { version: 1 });
    const { router } = await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Publish' }));
    expect(await screen.findByText('42,613 of 64,000 profiles match now')).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Note for the list of versions'), 'First try');
    await userEvent.click(screen.getByRole('button', { name: 'Publish version 1' }));
    await waitFor(() =>
      expect(server().callsOf(api.flows.publishFlow)[0]?.body).toEqual({
        baseRevision: 4,
        note: 'First try',
        policy: { kind: 'stay' },
      }),
    );
    await waitFor(() => expect(router.state.location.search).toBe('?mode=live&version=1'));
  });

  test('[RUN-5] shows where runs in flight stand, and what becomes of those whose node is gone is the operator’s choice', async () => {
    const everyone = { count: 1, total: 1, sample: [], sentence: { 'en-US': 'everyone', 'zh-CN': '所有人' } };
    server().reply(api.data.countAudience, everyone);
    server().reply(api.flows.getFlow, { ...draft, status: 'live', liveVersion: 1, hasUnpublishedChanges: true });
    server().reply(api.lifecycle.inFlight, {
      total: 326,
      nodes: [
        { node: 'stop', kind: 'exit', waiting: 312, failed: 0, fits: true },
        { node: 'lost', kind: 'delay', name: 'Lost', waiting: 14, failed: 0, fits: false },
      ],
    });
    server().reply(api.flows.publishFlow, { version: 2 });
    await open('?mode=edit');
    await userEvent.click(await screen.findByRole('button', { name: 'Publish' }));
    await userEvent.click(await screen.findByRole('radio', { name: /They move/ }));
    expect(screen.getByText(/^312 at “.*” move$/)).toBeInTheDocument();
    expect(screen.getByText('14 stand at “Lost”, which the new version does not have')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('combobox', { name: 'What becomes of those at “Lost”' }));
    await userEvent.click(await screen.findByText('They end', { selector: '.ant-select-item-option-content' }));
    await userEvent.click(screen.getByRole('button', { name: 'Publish version 2' }));
    await waitFor(() =>
      expect(server().callsOf(api.flows.publishFlow)[0]?.body).toMatchObject({
        policy: { kind: 'move', gone: [{ node: 'lost', fate: 'end' }] },
      }),
    );
  });

  test('is not offered while problems keep the flow from it', async () => {
    server().reply(api.flows.getFlow, { ...draft, graph: { ...graph, nodes: graph.nodes.slice(1), edges: [] } });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Publish' }));
    expect(await screen.findByRole('button', { name: 'Publish version 1' })).toBeDisabled();
    expect(screen.getAllByText(/keeps? .* from being published/).length).toBeGreaterThan(0);
  });
});

describe('a paused flow', () => {
  test('[RUN-9] is resumed by the way that was chosen for what is overdue', async () => {
    server().reply(api.flows.getFlow, { ...draft, status: 'paused', liveVersion: 1 });
    server().reply(api.lifecycle.resumeFlow, {});
    await open('?mode=live');
    await userEvent.click(await screen.findByRole('button', { name: 'Resume' }));
    await userEvent.click(await screen.findByRole('radio', { name: /Spread them/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Resume the flow' }));
    await waitFor(() =>
      expect(server().callsOf(api.lifecycle.resumeFlow)[0]?.body).toEqual({
        policy: { kind: 'spread', overMs: 4 * 3_600_000 },
      }),
    );
  });
});

describe('a live flow', () => {
  beforeEach(() => server().reply(api.flows.getFlow, { ...draft, status: 'live', liveVersion: 1, entered: 64_000 }));

  test('opens with its numbers; a number opens the people behind it', async () => {
    server().reply(api.flows.listRuns, {
      items: [
        {
          id: 'r1',
          flowId: 'f1',
          flowName: 'Spring sale',
          version: 1,
          profileId: 'p1',
          userId: 'user-1',
          status: 'ended',
          enteredAt: AT,
          endedAt: AT,
          wakeAt: null,
          endReason: null,
          path: [],
          variants: {},
        },
      ],
      next: null,
    });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: '64k entered “Everyone”' }));
    const drawer = await screen.findByRole('dialog');
    expect(within(drawer).getByText('Entered “Everyone”')).toBeInTheDocument();
    expect(await within(drawer).findByRole('link', { name: 'user-1' })).toHaveAttribute('href', '/data/profiles/p1');
    expect(server().callsOf(api.flows.listRuns)[0]?.query).toEqual({ version: '1', node: 'begin', limit: '50' });
  });

  test('shows how many converted per node, and all its numbers of one variant when that is chosen', async () => {
    server().reply(api.flows.listRuns, { items: [], next: null });
    server().reply(api.flows.conversions, { version: 1, nodes: { begin: 640 }, asOf: AT });
    const variants = [
      { key: 'a', name: 'Short', weight: 50, isHoldOut: false },
      { key: 'b', name: 'Long', weight: 50, isHoldOut: false },
    ];
    const split = { id: 'split', kind: 'ab-split', kindVersion: 1, position: { x: 300, y: 0 }, params: { variants } };
    const measurement = { conversionEvent: 'Ordered', windowMs: 86_400_000 };
    const split1 = { ...version, graph: { ...graph, nodes: [...graph.nodes, split], measurement } };
    server().reply(api.flows.listVersions, { items: [split1], next: null });
    await open();
    const user = userEvent.setup();
    await user.click(await screen.findByRole('combobox', { name: 'Numbers of whom' }));
    await user.click(await screen.findByText('Short'));
    const ofShort = { version: '1', experiment: 'split', variant: 'a' };
    await waitFor(() => expect(server().callsOf(api.flows.counts).at(-1)?.query).toEqual(ofShort));
    const name = '1.0% of those who entered “Everyone” have converted (640 of 64,000)';
    await user.click(await screen.findByRole('button', { name }));
    const of = { ...ofShort, node: 'begin', stage: 'converted', limit: '50' };
    await waitFor(() => expect(server().callsOf(api.flows.listRuns)[0]?.query).toEqual(of));
  });

  test('its funnel shows counts with their shares, and each opens its list', async () => {
    server().reply(api.flows.listRuns, { items: [], next: null });
    await open();
    const table = await screen.findByRole('table', { name: 'How far did each variant get?' });
    expect(within(table).getByText('98.4%')).toBeInTheDocument();
    expect(within(table).getByText('$1,234.50')).toBeInTheDocument();
    await userEvent.click(within(table).getByRole('button', { name: '9,000: Profiles of “Everyone”: Clicked' }));
    await waitFor(() =>
      expect(server().callsOf(api.flows.listRuns)[0]?.query).toEqual({ version: '1', stage: 'clicked', limit: '50' }),
    );
  });

  test('its funnel says which variant has won, with the figures that decided', async () => {
    const row = { isHoldOut: false, targeted: 9000, reached: 9000, clicked: 900, converted: 0, value: 0 };
    server().reply(api.flows.funnel, {
      version: 1,
      experiment: 'split',
      rows: [
        { variant: 'a', name: 'Short', ...row },
        { variant: 'b', name: 'Long', ...row },
        { variant: 'none', name: 'Nobody', ...row, isHoldOut: true },
      ],
      total: { variant: '*', name: '', ...row },
      sampleRatio: null,
      currency: null,
      decision: {
        rule: {
          metric: 'click',
          everyMs: 3_600_000,
          looks: 3,
          minimumPerArm: 1000,
          confidence: 0.95,
          afterwards: 'all-to-winner',
        },
        startedAt: AT,
        nextLookAt: null,
        decidedAt: AT,
        winner: 'b',
        looks: [
          {
            at: AT,
            outcome: 'won',
            leader: 'b',
            threshold: 0.016666666,
            arms: [
              { variant: 'a', people: 3000, results: 200 },
              { variant: 'b', people: 3000, results: 300 },
              { variant: 'none', people: 300, results: 3 },
            ],
            comparisons: [{ variant: 'a', z: 4.67, pValue: 0.000_003 }],
          },
        ],
      },
    });
    await open();
    const panel = await screen.findByRole('region', { name: 'Winner of the split' });
    expect(within(panel).getByRole('status')).toHaveTextContent(/^“Long” has won \(.*2026.*\)\. Whoever comes/);
    expect(within(panel).getByText(/every p-value has to be below 0.017/)).toBeVisible();
    expect(within(panel).getByRole('row', { name: /^Short 3,000 200 6\.7% 50\.0% < 0\.001$/ })).toBeVisible();
    expect(within(panel).getByRole('row', { name: /^Long ?leader 3,000 300 10\.0%/ })).toBeVisible();
    expect(within(panel).getByRole('row', { name: /^Nobody ?hold-out 300 3 1\.0%/ })).toBeVisible();
  });

  test('goes over to its draft and back by the switch of modes', async () => {
    const { router } = await open();
    await userEvent.click(await screen.findByText('Edit'));
    await waitFor(() => expect(router.state.location.search).toBe('?mode=edit'));
    expect(await screen.findByRole('button', { name: 'Publish' })).toBeInTheDocument();
  });
});

test('a draft that was left while its last save was under way opens with what was saved', async () => {
  let stored = draft;
  server().reply(api.flows.getFlow, () => stored);
  server().reply(api.flows.saveDraft, ({ body }) => {
    const { name } = body as { name: string };
    stored = { ...stored, name, revision: 5 };
    return { revision: 5, savedAt: AT };
  });
  const { router } = await open();
  await rename('Left in a hurry');
  await act(() => router.navigate('/elsewhere'));
  await act(() => router.navigate(`/flows/${draft.id}`));
  expect(await screen.findByDisplayValue('Left in a hurry')).toBeInTheDocument();
  expect(screen.queryByText(/saved another version/)).not.toBeInTheDocument();
});
