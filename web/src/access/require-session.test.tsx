import { api } from '@sluice/shared/http-api';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { useReply } from '../http/use-route.ts';
import { RequireSession } from './require-session.tsx';

const { server } = useReplyServer();

function Secret() {
  const accounts = useReply(api.access.listAccounts, {});
  return <p>{accounts.data ? 'secret' : 'asking'}</p>;
}

const guarded = (
  <RequireSession>
    <Secret />
  </RequireSession>
);

describe('the guard of signed-in pages', () => {
  it('sends whoever is not signed in to sign-in and remembers the page', async () => {
    server().reply(api.access.state, { ...SIGNED_IN, account: null });
    const { router } = await renderPage(guarded, { path: '/data/profiles', at: '/data/profiles?search=a' });
    await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'));
    expect(new URLSearchParams(router.state.location.search).get('next')).toBe('/data/profiles?search=a');
  });

  it('sends everyone to set-up while there is no administrator, with the token of the link', async () => {
    server().reply(api.access.state, { ...SIGNED_IN, account: null, needsSetup: true });
    const { router } = await renderPage(guarded, { path: '/', at: '/?token=x' });
    await waitFor(() => expect(router.state.location.pathname).toBe('/setup'));
    expect(router.state.location.search).toBe('?token=x');
  });

  it('sends to sign-in when a call finds the session gone', async () => {
    let isOver = false;
    server().reply(api.access.state, () => ({ ...SIGNED_IN, account: isOver ? null : SIGNED_IN.account }));
    server().reply(api.access.listAccounts, { items: [], next: null });
    const { router, client } = await renderPage(guarded, { path: '/settings/accounts' });
    expect(await screen.findByText('secret')).toBeVisible();
    isOver = true;
    server().refuse(api.access.listAccounts, 401, { code: 'not-signed-in', message: 'The session is over' });
    await client.invalidateQueries({ queryKey: [api.access.listAccounts.path] });
    await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'));
  });

  it('says that the server does not answer instead of showing an empty page', async () => {
    server().refuse(api.access.state, 503, { code: 'store-unreachable', message: 'x' });
    await renderPage(guarded, { path: '/' });
    expect(await screen.findByRole('alert')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
