import { api, type Approval } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { ApprovalPage } from './approval-page.tsx';
import { ApprovalsPage } from './approvals-page.tsx';
import { useWaitingApprovals } from './use-waiting-approvals.ts';

const { server } = useReplyServer();
const AT = '2026-03-01T10:00:00.000Z';
const exit = (reason: string) => ({
  schema: 1 as const,
  nodes: [{ id: 'end', kind: 'exit', kindVersion: 1, params: { reason }, position: { x: 0, y: 0 } }],
  edges: [],
});
const request: Approval = {
  id: 'r1',
  flowId: 'f1',
  flowName: 'Spring sale',
  revision: 4,
  state: 'open',
  requestedBy: 'Lin',
  requestedAt: AT,
  isOwn: false,
  note: 'Waits longer',
  decidedBy: null,
  decidedAt: null,
  comment: '',
  version: null,
  graph: exit('now'),
  base: { version: 2, graph: exit('before') },
  cases: [{ name: 'quiet hours', isPassed: true }],
  problems: [],
};
const open = (change: Partial<Approval> = {}) => {
  server().reply(api.approvals.getApproval, { ...request, ...change });
  return renderPage(<ApprovalPage />, { path: '/approvals/:approvalId', at: '/approvals/r1' });
};

beforeAll(() => import('./approval-surface.tsx'));
beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.lifecycle.inFlight, { total: 0, nodes: [] });
  server().reply(api.audiences.listAudiences, { items: [], next: null });
  server().reply(api.nodeTemplates.listInstalled, { items: [] });
  server().reply(api.approvals.approve, { version: 3 });
  server().reply(api.approvals.getSetting, { isRequired: true, changedBy: 'Ada', changedAt: AT });
  server().reply(api.approvals.setSetting, { isRequired: false, changedBy: 'Ada', changedAt: AT });
});

test('[APPR-4] a reviewer sees why, what changes and what was tested, and publishes it by agreeing', async () => {
  const { router } = await open();
  expect(await screen.findByText('Waits longer')).toBeInTheDocument();
  const differences = await screen.findByRole('region', { name: 'What is different' });
  expect(within(differences).getByText('Ends: before')).toBeInTheDocument();
  expect(within(differences).getByText('Ends: now')).toBeInTheDocument();
  expect(screen.getByText('1 case passes')).toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: 'Approve and publish' }));
  const dialog = await screen.findByRole('dialog', { name: 'Publish version 3 of “Spring sale”?' });
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Comment (optional)' }), 'Fine');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Approve and publish' }));
  await waitFor(() => expect(router.state.location.search).toBe('?mode=live&version=3'));
  expect(server().callsOf(api.approvals.approve)[0]?.body).toEqual({ comment: 'Fine' });
});

test('[APPR-4] agreeing leads to the flow also when the page says that it is decided before the menu has counted', async () => {
  const counted = Promise.withResolvers<{ count: number }>();
  server().reply(api.approvals.getApproval, request);
  server().reply(api.approvals.countWaiting, { count: 1 });
  server().reply(api.approvals.approve, () => {
    server().reply(api.approvals.getApproval, { ...request, state: 'approved', version: 3 });
    server().reply(api.approvals.countWaiting, () => counted.promise);
    return { version: 3 };
  });
  const Menu = () => <p>Waiting: {useWaitingApprovals()}</p>;
  const page = (
    <>
      <Menu />
      <ApprovalPage />
    </>
  );
  const { router } = await renderPage(page, { path: '/approvals/:approvalId', at: '/approvals/r1' });
  await screen.findByText('Waiting: 1');
  await userEvent.click(await screen.findByRole('button', { name: 'Approve and publish' }));
  const dialog = await screen.findByRole('dialog', { name: 'Publish version 3 of “Spring sale”?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Approve and publish' }));
  await screen.findByRole('link', { name: 'Open version 3' });
  counted.resolve({ count: 0 });
  await waitFor(() => expect(router.state.location.search).toBe('?mode=live&version=3'));
});

test('[APPR-2] whoever asked is told that somebody else decides, and may withdraw', async () => {
  await open({ isOwn: true });
  expect(await screen.findByText(/somebody else decides/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Withdraw the request' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Approve and publish' })).not.toBeInTheDocument();
});

test('[APPR-3] a void request says why, and offers no decision', async () => {
  await open({ state: 'void' });
  expect(await screen.findByText(/The draft has changed since|the draft has changed since/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Send back' })).not.toBeInTheDocument();
});

test('an operator cannot agree while cases fail', async () => {
  server().reply(api.access.state, { ...SIGNED_IN, account: { ...SIGNED_IN.account, role: 'operator' } });
  await open({ cases: [{ name: 'quiet hours', isPassed: false }] });
  expect(await screen.findByRole('button', { name: 'Approve and publish' })).toBeDisabled();
  expect(screen.getByText(/an administrator has to agree/)).toBeInTheDocument();
});

test('[APPR-6] the setting says who made it, and is taken back after a second look', async () => {
  server().reply(api.approvals.listApprovals, { items: [], next: null });
  await renderPage(<ApprovalsPage />);
  expect(await screen.findByText(/Set by Ada/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('switch', { name: 'A second person approves before publishing' }));
  await userEvent.click(await screen.findByRole('button', { name: 'No longer ask' }));
  await waitFor(() =>
    expect(server().callsOf(api.approvals.setSetting)).toMatchObject([{ body: { isRequired: false } }]),
  );
});
