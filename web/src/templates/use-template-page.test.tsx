import { api, type FlowTemplate } from '@sluice/shared/http-api';
import { readyFlows } from '@sluice/templates/flows';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { UseTemplatePage } from './use-template-page.tsx';

const { server } = useReplyServer();
const AT = '2026-03-01T10:00:00.000Z';

function templateOf(id: string): FlowTemplate {
  const ready = readyFlows.find((flow) => flow.id === id);
  if (!ready) throw new Error(`No ready-made flow ${id}`);
  return {
    id,
    version: '1.0.0',
    icon: 'mail',
    texts: ready.texts,
    isBuiltIn: true,
    isArchived: false,
    nodes: 1,
    flows: 0,
    publishedAt: AT,
    publishedBy: 'Sluice',
    note: '',
    graph: ready.graph['en-US'],
    cases: [],
    versions: [{ version: '1.0.0', note: '', publishedAt: AT, publishedBy: 'Sluice' }],
  };
}

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.calls.listServices, { items: [], next: null });
});
const open = (id: string) => {
  server().reply(api.flowTemplates.getTemplate, templateOf(id));
  return renderPage(<UseTemplatePage />, { path: '/templates/:templateId/use', at: `/templates/${id}/use` });
};

test('what is answered is sent, and nothing else: a default stays a default', async () => {
  server().reply(api.flowTemplates.makeFlow, {
    id: 'f9',
    name: 'Mine',
    status: 'draft',
    liveVersion: null,
    hasUnpublishedChanges: true,
    createdAt: AT,
    updatedAt: AT,
    entered: 0,
    revision: 1,
    graph: { schema: 1, nodes: [], edges: [] },
  });
  const { router } = await open('birthday');
  const user = userEvent.setup();
  const subject = await screen.findByLabelText('Subject of the gift');
  await user.clear(subject);
  await user.type(subject, 'For you');
  const brand = screen.getByLabelText('Name in the letters');
  expect(brand).toHaveValue('SLUICE SHOP');
  await user.type(brand, ' 2');
  await user.click(screen.getByRole('button', { name: 'Make the flow' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/flows/f9'));
  expect(server().callsOf(api.flowTemplates.makeFlow)[0]?.body).toEqual({
    name: 'Birthday gift and wish',
    version: '1.0.0',
    locale: 'en-US',
    answers: { gift: 'For you', brand: 'SLUICE SHOP 2' },
  });
});

test('an answer is taken back to the default', async () => {
  await open('birthday');
  const user = userEvent.setup();
  const subject = await screen.findByLabelText('Subject of the wish');
  await user.clear(subject);
  await user.type(subject, 'Other');
  await user.click(screen.getByRole('button', { name: 'Back to the default: Subject of the wish' }));
  expect(subject).toHaveValue('Happy birthday');
});

test('what has no default is named before the flow is made', async () => {
  await open('risk-and-recommendation');
  expect(await screen.findByText('2 more things to mend before it can be published:')).toBeInTheDocument();
});
