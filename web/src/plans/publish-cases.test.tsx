import type { Graph } from '@sluice/shared/graph';
import { api, type Flow, type Trace } from '@sluice/shared/http-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AT, beginAndStop, draftOf } from '../../test/small-flow.ts';
import { FlowPage } from './flow-page.tsx';

const { server } = useReplyServer();
const graph = beginAndStop();
let tests = 0;
const flow = (change: Partial<Flow> = {}): Flow => draftOf(graph, { id: `c${tests}`, ...change });

beforeAll(() => Promise.all([import('./publish-drawer.tsx'), import('./dry-run-page.tsx')]));

beforeEach(() => {
  tests += 1;
  sessionStorage.clear();
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.audiences.listAudiences, { items: [], next: null });
  server().reply(api.calls.listServices, { items: [], next: null });
  server().reply(api.cases.listCases, { items: [], next: null });
  server().reply(api.flows.getFlow, () => flow());
  server().reply(api.flows.listVersions, { items: [], next: null });
  server().reply(api.lifecycle.listBulkChanges, { items: [] });
  server().reply(api.flows.checkFlow, { problems: [] });
  server().reply(api.data.countAudience, {
    count: 1,
    total: 1,
    sample: [],
    sentence: { 'en-US': 'everyone', 'zh-CN': '所有人' },
  });
});

const open = (query = '') => renderPage(<FlowPage />, { path: '/flows/:flowId', at: `/flows/c${tests}${query}` });

function refusePublishing(): void {
  server().refuse(api.flows.publishFlow, 422, {
    code: 'cases-failing',
    message: 'Cases fail',
    details: {
      failed: 1,
      count: 2,
      results: [
        { name: 'The poor stay out', isPassed: false },
        { name: 'The rich get in', isPassed: true },
      ],
    },
  });
}

async function tryToPublish(): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: 'Publish' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Publish version 1' }));
}

test('[CASE-1] failing cases keep a flow from being published and are named; an administrator may publish all the same', async () => {
  refusePublishing();
  const { router } = await open();
  await tryToPublish();
  expect(await screen.findByText(/1 of its 2 cases fail/)).toBeInTheDocument();
  expect(screen.getByRole('list', { name: 'Cases that fail' })).toHaveTextContent(/^The poor stay out$/);
  server().reply(api.flows.publishFlow, { version: 1 });
  await userEvent.click(screen.getByRole('button', { name: 'Publish although cases fail' }));
  await waitFor(() => expect(router.state.location.search).toBe('?mode=live&version=1'));
  expect(
    server()
      .callsOf(api.flows.publishFlow)
      .map(({ body }) => (body as { ignoreCases?: boolean }).ignoreCases),
  ).toEqual([undefined, true]);
});

test('[CASE-1] an operator is shown the cases and no way past them', async () => {
  server().reply(api.access.state, { ...SIGNED_IN, account: { ...SIGNED_IN.account, role: 'operator' } });
  refusePublishing();
  await open();
  await tryToPublish();
  expect(await screen.findByRole('link', { name: 'Show the cases' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Publish although cases fail' })).not.toBeInTheDocument();
});

test('[RUN-8] a published version is run dry as it was published, whatever the draft has become', async () => {
  const version = { version: 3, graph, publishedAt: AT, publishedBy: 'Ada', note: '' };
  server().reply(api.flows.getFlow, () => flow({ status: 'live', liveVersion: 3 }));
  server().reply(api.flows.listVersions, { items: [version], next: null });
  const trace: Trace = { startAt: 0, endAt: 0, runs: [], entries: [], attributes: {}, isCut: false };
  server().reply(api.sandbox.dryRun, trace);
  const { router } = await open('?mode=test');
  await userEvent.click(await screen.findByRole('combobox', { name: /^What is run/ }));
  await userEvent.click(await screen.findByText('Version 3', { selector: '.ant-select-item-option-content' }));
  await waitFor(() => expect(router.state.location.search).toBe('?mode=test&version=3'));
  await userEvent.click(await screen.findByRole('button', { name: 'Run' }));
  await waitFor(() => expect(server().callsOf(api.sandbox.dryRun)).toHaveLength(1));
  const body = server().callsOf(api.sandbox.dryRun)[0]?.body as { version?: number; graph?: Graph };
  expect([body.version, body.graph]).toEqual([3, undefined]);
});
