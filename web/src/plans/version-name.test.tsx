import { api, type FlowVersion } from '@sluice/shared/http-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { VersionName } from './version-name.tsx';

const { server } = useReplyServer();
const version: FlowVersion = {
  version: 3,
  graph: { schema: 1, nodes: [], edges: [] },
  publishedAt: '2026-03-01T10:00:00.000Z',
  publishedBy: 'Ada',
  note: '',
};
const open = () => renderPage(<VersionName flowId="f1" version={version} />);

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.flows.nameVersion, { ...version, name: 'Spring' });
});

test('a version is named where it is listed', async () => {
  await open();
  await userEvent.click(await screen.findByRole('button', { name: 'Name version 3' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Name version 3' }), ' Spring {Enter}');
  await waitFor(() => expect(server().callsOf(api.flows.nameVersion)).toMatchObject([{ body: { name: 'Spring' } }]));
});

test('Escape leaves the name as it was', async () => {
  await open();
  await userEvent.click(await screen.findByRole('button', { name: 'Name version 3' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Name version 3' }), 'Spring{Escape}');
  expect(await screen.findByRole('heading', { name: 'Version 3' })).toBeInTheDocument();
  expect(server().callsOf(api.flows.nameVersion)).toEqual([]);
});

test('whoever may not publish reads the names and gives none', async () => {
  server().reply(api.access.state, { ...SIGNED_IN, account: { ...SIGNED_IN.account, role: 'developer' } });
  await open();
  expect(await screen.findByRole('heading', { name: 'Version 3' })).toBeInTheDocument();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
