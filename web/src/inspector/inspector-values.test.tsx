import { api } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { inspect } from './inspector.fixture.tsx';

const AT = '2026-03-01T10:00:00.000Z';
const OPEN = { sensitivity: 'internal', rights: { read: 'plain', mayReveal: false, mayUse: true } } as const;
const ADA = { id: 'p1', userId: 'ada', attributes: { city: 'Graz' }, createdAt: AT, updatedAt: AT };
const CITY = { op: 'attribute', name: 'city', is: { operator: 'equals', value: 'Graz' } };

const { server } = useReplyServer();
// Loading is the bundler's matter, and may take its time on a busy machine.
beforeAll(() => import('./code-field.tsx'));
beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, {
    items: [{ name: 'city', type: 'string', samples: [], lastSeenAt: AT, ...OPEN }],
    next: null,
  });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.calls.listServices, { items: [], next: null });
  server().reply(api.content.previewEmail, { subject: 'News from Graz', html: '', text: '' });
  server().reply(api.data.listProfiles, { items: [ADA], next: null });
  server().reply(api.data.getProfile, ADA);
});

test('the values of a chosen person stand beside the texts and conditions that ask for them', async () => {
  const { editor, panel } = await inspect('email', 'filter');
  editor.run('set-param', { node: 'email', param: 'subject', value: 'News from {{ profile.city }}' });
  editor.run('set-param', { node: 'filter', param: 'condition', value: CITY });
  const user = userEvent.setup();
  await user.click(await within(panel).findByRole('combobox', { name: 'Example values of' }));
  await user.click(await screen.findByText('ada'));
  expect(await within(panel).findByText('Reads: News from Graz')).toBeInTheDocument();
  const asked = server()
    .callsOf(api.content.previewEmail)
    .map(({ body }) => body);
  expect(asked).toContainEqual(expect.objectContaining({ subject: 'News from {{ profile.city }}', profileId: 'p1' }));
  editor.run('inspect', { node: 'filter' });
  // The same person, from node to node.
  expect(await screen.findByText('city: Graz')).toBeInTheDocument();
});

test('where else a value of the node is used is a way there', async () => {
  const { editor, panel } = await inspect('email', 'filter');
  editor.run('set-param', { node: 'email', param: 'subject', value: 'News from {{ profile.city }}' });
  editor.run('set-param', { node: 'filter', param: 'condition', value: CITY });
  const used = await within(panel).findByRole('region', { name: 'Also used in' });
  await userEvent.click(within(used).getByRole('button'));
  expect(editor.store.getState().session.inspected).toBe('filter');
});

test('[EDIT-1] a node is read and written as JSON, as one entry that can be undone', async () => {
  const { editor, panel } = await inspect('delay');
  const user = userEvent.setup();
  await user.click(within(panel).getByRole('button', { name: 'The node as JSON' }));
  const dialog = await screen.findByRole('dialog');
  const field = await within(dialog).findByRole('textbox');
  const take = within(dialog).getByRole('button', { name: 'Take over' });
  expect(take).toBeDisabled();
  await user.click(field);
  await user.keyboard('x');
  expect(await within(dialog).findByText(/^This is not JSON/)).toBeInTheDocument();
  expect(take).toBeDisabled();
  const before = editor.store.getState().document;
  const node = before.nodes['delay'];
  if (!node) throw new Error('There is no such node');
  editor.run('replace-node', {
    node: { ...node, name: 'Two days', params: { ...node.params, durationMs: 172_800_000 } },
  });
  expect(editor.store.getState().document.nodes['delay']).toMatchObject({ name: 'Two days' });
  editor.run('undo');
  await waitFor(() => expect(editor.store.getState().document.nodes).toEqual(before.nodes));
});
