import { api, type MemberExport, type Reveal } from '@sluice/shared/http-api';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../../test/render-page.tsx';
import { RecordsPage } from './records-page.tsx';

const { server } = useReplyServer();
const AT = '2026-03-01T08:00:00.000Z';
const EXPORTS: MemberExport[] = [
  {
    id: 'e1',
    at: AT,
    by: 'Lin',
    accountId: 'acc1',
    audience: { id: 'a1', name: 'Best' },
    attributes: ['city'],
    hidden: 0,
    protection: 'passphrase',
    status: 'complete',
    members: 1234,
  },
];
const LOOKS: Reveal[] = [
  {
    id: 'r1',
    at: AT,
    by: 'Lin',
    accountId: 'acc1',
    profileId: 'p1',
    userId: 'u1',
    attribute: 'phone',
    purpose: 'Calls back',
  },
];

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.exports.listExports, ({ query }) => ({
    items: query['protection'] === 'masked' ? [] : EXPORTS,
    next: null,
  }));
  server().reply(api.data.listReveals, { items: LOOKS, next: null });
});
const open = (search = '') =>
  renderPage(<RecordsPage />, { path: '/settings/data-access', at: `/settings/data-access${search}` });
/** Until then the page does not know who is signed in, which the frame around it always does. */
const tabs = () => screen.findByRole('tab', { name: 'Exports' });

describe('[AUD-9] the exports of a workspace', () => {
  it('say who took which audience away and how it was kept from others, narrowed as the address says', async () => {
    const { router } = await open();
    const user = userEvent.setup();
    await tabs();
    expect(await screen.findByRole('link', { name: 'Best' })).toHaveAttribute('href', '/audiences/a1');
    for (const text of ['1,234', 'a passphrase', 'city', 'Handed out']) expect(screen.getByText(text)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Lin' }));
    expect(await screen.findByText('Who: Lin')).toBeVisible();
    expect(router.state.location.search).toBe('?by=acc1');
    expect(server().callsOf(api.exports.listExports).at(-1)?.query).toMatchObject({ accountId: 'acc1' });
  });

  it('of which none fits say so, and not that there never was one', async () => {
    await open('?protection=masked');
    await tabs();
    expect(await screen.findByText('None such')).toBeVisible();
  });
});

describe('[GOV-3] the looks at masked values', () => {
  it('stand beside them for an administrator, with person, attribute and purpose', async () => {
    await open();
    await userEvent.setup().click(await screen.findByRole('tab', { name: 'Original values seen' }));
    expect(await screen.findByRole('link', { name: 'u1' })).toHaveAttribute('href', '/data/profiles/p1');
    for (const text of ['Lin', 'phone', 'Calls back']) expect(screen.getByText(text)).toBeVisible();
  });

  it('are no business of anybody else', async () => {
    const { account } = SIGNED_IN;
    server().reply(api.access.state, { ...SIGNED_IN, account: { ...account, role: 'operator' } });
    await open('?tab=reveals');
    expect(await screen.findByRole('link', { name: 'Best' })).toBeVisible();
    expect(screen.queryByRole('tab')).toBeNull();
    expect(server().callsOf(api.data.listReveals)).toHaveLength(0);
  });
});
