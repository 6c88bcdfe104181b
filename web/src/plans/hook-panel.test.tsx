import { api, type Hook } from '@sluice/shared/http-api';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { HookPanel } from './hook-panel.tsx';

const { server } = useReplyServer();

const hook: Hook = { node: 'start', path: '/hooks/first', hasSecret: false, needsSignature: true };
const open = (shown: Hook) => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.hooks.listHooks, { items: [shown] });
  return renderPage(<HookPanel flowId="f1" node="start" />);
};

test('a trigger without an address gets one when asked', async () => {
  await open({ ...hook, path: null });
  server().reply(api.hooks.renewAddress, { path: '/hooks/first', hasSecret: false });
  const button = await screen.findByRole('button', { name: 'Create address' });
  server().reply(api.hooks.listHooks, { items: [hook] });
  await userEvent.click(button);
  const address = await screen.findByLabelText('Address for other systems');
  expect(address).toHaveTextContent(`${window.location.origin}/hooks/first`);
  expect(server().callsOf(api.hooks.renewAddress)).toHaveLength(1);
});

test('a missing secret is named, and a new one is shown once it is made', async () => {
  await open(hook);
  expect(await screen.findByText(/no secret is set/)).toBeInTheDocument();
  server().reply(api.hooks.setSecret, { secret: 'made-up-secret' });
  await userEvent.click(screen.getByRole('button', { name: 'Make a secret' }));
  expect(await screen.findByLabelText('Secret')).toHaveTextContent('made-up-secret');
  expect(server().callsOf(api.hooks.setSecret)[0]?.body).toEqual({});
});
