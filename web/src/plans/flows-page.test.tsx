import { api, type FlowSummary, type FlowTemplateSummary } from '@sluice/shared/http-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { FlowsPage } from './flows-page.tsx';

const { server } = useReplyServer();
const AT = '2026-03-01T10:00:00.000Z';
const flow: FlowSummary = {
  id: 'f1',
  name: '春季促销：召回三个月内没有下单且历史消费超过一百元的老客户并送上专属优惠',
  status: 'live',
  liveVersion: 3,
  hasUnpublishedChanges: true,
  createdAt: AT,
  updatedAt: AT,
  entered: 123_456_789_012,
};

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.flows.listFlows, { items: [flow], next: null });
  server().reply(api.flowTemplates.listTemplates, { items: [], next: null });
});

const open = (at = '/flows') => renderPage(<FlowsPage />, { path: '/flows', at });

test('a flow is listed with its state, its size and a way in', async () => {
  await open();
  expect(await screen.findByRole('link', { name: flow.name })).toHaveAttribute('href', '/flows/f1');
  expect(screen.getByText('Live · Version 3 · unpublished changes')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: /123,456,789,012/ })).toHaveAttribute('href', '/flows/f1?mode=live');
});

test('a search is asked of the server and stands in the address', async () => {
  const { router } = await open();
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Search by name' }), 'spring');
  await waitFor(() => expect(router.state.location.search).toBe('?search=spring'));
  await waitFor(() => expect(server().callsOf(api.flows.listFlows).at(-1)?.query['search']).toBe('spring'));
});

test('without any flow the next step is offered', async () => {
  server().reply(api.flows.listFlows, { items: [], next: null });
  await open();
  expect(await screen.findByText('No flow yet')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'New flow' })).toBeInTheDocument();
});

test('a flow from a template begins with what the template asks for', async () => {
  const text = { name: 'Birthday', description: 'Every year', why: '', forWhom: '', toSet: '' };
  const template: FlowTemplateSummary = {
    id: 'birthday',
    version: '1.0.0',
    icon: 'gift',
    texts: { 'en-US': text, 'zh-CN': text },
    isBuiltIn: true,
    isArchived: false,
    nodes: 6,
    flows: 0,
    publishedAt: AT,
    publishedBy: 'Sluice',
    picture: '<svg/>',
  };
  server().reply(api.flowTemplates.listTemplates, { items: [template], next: null });
  const { router } = await open('/flows?new');
  await userEvent.type(await screen.findByLabelText('Name'), 'My first');
  await userEvent.click(await screen.findByRole('radio', { name: /^Birthday/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Fill in the form' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/templates/birthday/use'));
  expect(router.state.location.state).toEqual({ name: 'My first' });
});

test('a flow without a name is not created, and says so', async () => {
  await open('/flows?new');
  await userEvent.click(await screen.findByRole('button', { name: 'Create the flow' }));
  expect(await screen.findByText('Give the flow a name.')).toBeInTheDocument();
  expect(server().callsOf(api.flows.createFlow)).toEqual([]);
});

test('who may only look is not offered a new flow', async () => {
  server().reply(api.access.state, { ...SIGNED_IN, account: { ...SIGNED_IN.account, role: 'analyst' } });
  await open();
  expect(await screen.findByRole('link', { name: flow.name })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'New flow' })).not.toBeInTheDocument();
});
