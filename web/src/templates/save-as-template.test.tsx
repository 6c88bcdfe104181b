import { api, type FlowTemplate, type FlowTemplateSummary } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AT, draftOf, EVERYONE, nodeNamed, row } from '../../test/small-flow.ts';
import { FlowPage } from '../plans/flow-page.tsx';

const { server } = useReplyServer();
const resting = (durationMs: number) => row(EVERYONE, nodeNamed('Rest', 'rest', 'delay', { durationMs }));
const texts = { name: 'Greeting', description: 'Says hello', why: '', forWhom: '', toSet: '' };
const REST = {
  id: 'rest',
  label: { 'en-US': 'How long', 'zh-CN': '多久' },
  places: [{ node: 'rest', pointer: '/durationMs' }],
};
const summary = (id: string, sourceFlow: string, change: Partial<FlowTemplateSummary> = {}): FlowTemplateSummary => ({
  id,
  version: '1.0.0',
  icon: 'mail',
  texts: { 'en-US': { ...texts, name: id }, 'zh-CN': { ...texts, name: id } },
  isBuiltIn: false,
  isArchived: false,
  nodes: 2,
  flows: 0,
  publishedAt: AT,
  publishedBy: 'Ada',
  picture: '<svg />',
  sourceFlow,
  ...change,
});
const templateOf = (version: string): FlowTemplate => {
  const { picture: _picture, ...head } = summary('greeting', 'f1');
  return { ...head, version, note: '', graph: resting(60_000), cases: [], versions: [] };
};

beforeAll(() => import('./save-as-template.tsx'));
beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.flows.getFlow, draftOf({ ...resting(120_000), exposed: [REST] }));
  server().reply(api.presence.showPresence, { others: [], draft: { revision: 4, savedBy: 'Ada' } });
  server().reply(api.flowTemplates.getTemplate, templateOf('1.0.0'));
  server().reply(api.flowTemplates.publishTemplate, templateOf('1.1.0'));
});
const open = async (...items: FlowTemplateSummary[]) => {
  server().reply(api.flowTemplates.listTemplates, { items, next: null });
  await renderPage(<FlowPage />, { path: '/flows/:flowId', at: '/flows/f1?mode=edit' });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'More' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Save as template' }));
  return { user, drawer: await screen.findByRole('dialog', { name: 'Save as template' }) };
};

test('a flow that became a template is offered as its next version, with what would change', async () => {
  const { user, drawer } = await open(
    summary('older', 'f1', { publishedAt: '2025-01-01T00:00:00.000Z' }),
    summary('greeting', 'f1'),
    summary('away', 'f1', { isArchived: true, publishedAt: '2027-01-01T00:00:00.000Z' }),
    summary('other', 'f2'),
  );
  expect(await within(drawer).findByText(/This flow became “greeting” 1\.0\.0/)).toBeVisible();
  const changes = await within(drawer).findByRole('region', { name: 'What changes from 1.0.0' });
  expect(within(changes).getByText('Nodes: Rest (changed)')).toBeVisible();
  expect(within(changes).getByText('What it asks for: How long (added)')).toBeVisible();
  await user.click(within(drawer).getByRole('button', { name: 'Publish version 1.1.0' }));
  await waitFor(() => expect(server().callsOf(api.flowTemplates.publishTemplate)).toHaveLength(1));
  expect(server().callsOf(api.flowTemplates.publishTemplate)[0]?.body).toMatchObject({
    flowId: 'f1',
    version: '1.1.0',
  });
  expect(await within(drawer).findByText('Version 1.1.0 is published.')).toBeVisible();
});

test('a flow that never became a template is offered as a new one', async () => {
  const { drawer } = await open(summary('other', 'f2'));
  expect(await within(drawer).findByRole('button', { name: 'Publish version 1.0.0' })).toBeVisible();
  expect(within(drawer).getByLabelText('Id')).toHaveValue('spring-sale');
  expect(within(drawer).queryByText(/This flow became/)).toBeNull();
});
