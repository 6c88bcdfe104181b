import { api, type FlowTemplate } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AT, draftOf, EVERYONE, nodeNamed, row } from '../../test/small-flow.ts';
import { FlowPage } from '../plans/flow-page.tsx';

const { server } = useReplyServer();
const ORIGIN = { template: 'greeting', version: '1.0.0', locale: 'en-US', answers: {} } as const;
const waiting = (durationMs: number) => row(EVERYONE, nodeNamed('Rest', 'rest', 'delay', { durationMs }));
const made = draftOf({ ...waiting(60_000), origin: ORIGIN });
const texts = { name: 'Greeting', description: '', why: '', forWhom: '', toSet: '' };
const templateOf = (version: string): FlowTemplate => ({
  id: 'greeting',
  version,
  icon: 'mail',
  texts: { 'en-US': texts, 'zh-CN': texts },
  isBuiltIn: false,
  isArchived: false,
  nodes: 2,
  flows: 1,
  publishedAt: AT,
  publishedBy: 'Ada',
  note: '',
  graph: waiting(version === '1.0.0' ? 60_000 : 120_000),
  cases: [],
  versions: ['1.1.0', '1.0.0'].map((one) => ({ version: one, note: '', publishedAt: AT, publishedBy: 'Ada' })),
});

beforeAll(() => import('./upgrade-dialog.tsx'));
beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.flows.getFlow, made);
  server().reply(api.presence.showPresence, { others: [], draft: { revision: 4, savedBy: 'Ada' } });
  server().reply(api.flows.saveDraft, { revision: 5, savedAt: AT });
  server().reply(api.flowTemplates.getTemplate, ({ query }) => templateOf(query['version'] ?? '1.1.0'));
});
const open = (search: string) => renderPage(<FlowPage />, { path: '/flows/:flowId', at: `/flows/f1${search}` });

test('the address of an upgrade opens what the later version would change, and applying it is one edit', async () => {
  const { router } = await open('?mode=edit&upgrade=1.1.0');
  const user = userEvent.setup();
  const dialog = await screen.findByRole('dialog', { name: 'From version 1.0.0 to 1.1.0 of “Greeting”' });
  await user.click(within(dialog).getByRole('button', { name: 'Apply to the draft' }));
  await waitFor(() => expect(server().callsOf(api.flows.saveDraft)).toHaveLength(1), { timeout: 5000 });
  expect(server().callsOf(api.flows.saveDraft)[0]?.body).toMatchObject({
    graph: { origin: { version: '1.1.0' }, nodes: [{ id: 'begin' }, { id: 'rest', params: { durationMs: 120_000 } }] },
  });
  await waitFor(() => expect(router.state.location.search).toBe('?mode=edit'));
  expect(screen.getByRole('button', { name: 'Undo: Upgrade to version 1.1.0 of the template' })).toBeEnabled();
});

test('a flow that is at the newest version says nothing of it, whatever the address asks for', async () => {
  server().reply(api.flows.getFlow, { ...made, graph: { ...made.graph, origin: { ...ORIGIN, version: '1.1.0' } } });
  await open('?mode=edit&upgrade=1.1.0');
  expect(await screen.findByRole('group', { name: /^Everyone\./ })).toBeVisible();
  expect(screen.queryByRole('dialog')).toBeNull();
});
