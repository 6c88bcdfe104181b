import { api, type Audience } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AudiencePage } from './audience-page.tsx';
import { AudiencesPage } from './audiences-page.tsx';
import { CreateAudience } from './create-audience.tsx';

const { server } = useReplyServer();
const at = '2026-03-01T10:00:00.000Z';
const RICH: Audience = {
  id: 'a1',
  name: 'Rich',
  description: '',
  kind: 'snapshot',
  size: 1234,
  refreshedAt: at,
  extraction: {
    status: 'done',
    problem: null,
    isAnnounced: false,
    entered: 1234,
    left: 0,
    progress: 1,
    startedAt: at,
    finishedAt: at,
  },
  isFilling: false,
  createdAt: at,
  createdBy: 'Ada',
  updatedAt: at,
  condition: { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } },
  source: null,
  sentence: { 'en-US': 'history is greater than 100', 'zh-CN': 'history 大于 100' },
  revision: 1,
  sizes: [],
};
const profile = { id: 'p1', userId: 'u1', attributes: {}, createdAt: at, updatedAt: at };

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.audiences.listAudiences, { items: [RICH], next: null });
  server().reply(api.audiences.getAudience, RICH);
  server().reply(api.audiences.listMembers, ({ query }) => ({
    items: [{ profile, isMember: query.show !== 'left', since: at }],
    next: null,
  }));
});
const open = () => renderPage(<AudiencePage />, { path: '/audiences/:audienceId', at: '/audiences/a1' });

describe('the history of its size', () => {
  it('is shown from the second time on that it was gone through, as a chart and as a table with the changes', async () => {
    const user = userEvent.setup();
    server().reply(api.audiences.getAudience, { ...RICH, sizes: [{ at, size: 1000 }] });
    const first = await open();
    expect(await screen.findByRole('heading', { name: 'Members' })).toBeVisible();
    expect(screen.queryByText('How has its size changed?')).toBeNull();
    first.unmount();
    const later = '2026-03-02T10:00:00.000Z';
    const sizes = [
      { at, size: 1000 },
      { at: later, size: 940 },
    ];
    server().reply(api.audiences.getAudience, { ...RICH, sizes });
    await open();
    expect(await screen.findByText('How has its size changed?')).toBeVisible();
    await user.click(screen.getByText('Table'));
    const rows = within(screen.getByRole('table', { name: 'How has its size changed?' })).getAllByRole('row');
    expect(rows.slice(1).map((row) => row.textContent)).toEqual([
      expect.stringContaining('940−60'),
      expect.stringContaining('1,0000'),
    ]);
  });
});

describe('the list of audiences', () => {
  it('names each with its kind, size and state', async () => {
    await renderPage(<AudiencesPage />);
    const row = await screen.findByRole('row', { name: /Rich/ });
    expect(row).toHaveTextContent('Snapshot');
    expect(row).toHaveTextContent('1,234');
    expect(within(row).getByRole('link', { name: 'Rich' })).toHaveAttribute('href', '/audiences/a1');
  });
});

describe('the page of an audience', () => {
  it('says the condition as a sentence and lists members, or those who left', async () => {
    const user = userEvent.setup();
    await open();
    expect(await screen.findByText('history is greater than 100')).toBeVisible();
    expect(await screen.findByRole('link', { name: 'u1' })).toBeVisible();
    await user.click(screen.getByText('Have left'));
    await waitFor(() => expect(server().callsOf(api.audiences.listMembers).at(-1)?.query.show).toBe('left'));
  });

  it('names the flows that use it before it is deleted', async () => {
    const user = userEvent.setup();
    server().reply(api.audiences.audienceUses, {
      flows: [{ id: 'f1', name: 'Win back', isLive: true }],
      audiences: [{ id: 'a2', name: 'Regulars' }],
    });
    server().reply(api.audiences.deleteAudience, {});
    await open();
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    expect(await screen.findByRole('link', { name: 'Flow “Win back” (running)' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Audience “Regulars”' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Delete it all the same' }));
    await waitFor(() => expect(server().callsOf(api.audiences.deleteAudience)[0]?.query).toEqual({ confirm: 'yes' }));
  });

  it('shows how far an extraction is, and can stop it', async () => {
    const user = userEvent.setup();
    const running = { ...RICH.extraction, status: 'running', progress: 0.25, entered: 300, finishedAt: null } as never;
    server().reply(api.audiences.getAudience, { ...RICH, extraction: running });
    server().reply(api.audiences.cancelExtraction, RICH);
    await open();
    expect(await screen.findByText(/300 entered, 0 left so far/)).toBeVisible();
    await user.click(await screen.findByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(server().callsOf(api.audiences.cancelExtraction)).toHaveLength(1));
  });

  it('adds people to a manual audience by user id and says which are unknown', async () => {
    const user = userEvent.setup();
    server().reply(api.audiences.getAudience, { ...RICH, kind: 'manual', condition: null, sentence: null });
    server().reply(api.audiences.changeMembers, { matched: 1, unmatched: 1, unmatchedIds: ['u9'], duplicates: 1 });
    await open();
    await user.click(await screen.findByRole('button', { name: 'Add people' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), 'u1\nu9\nu1');
    await user.click(within(dialog).getByRole('button', { name: 'Add people' }));
    expect(await within(dialog).findByText('Unknown: u9')).toBeInTheDocument();
    expect(server().callsOf(api.audiences.changeMembers)[0]?.body).toEqual({
      change: 'add',
      userIds: ['u1', 'u9', 'u1'],
    });
  });
});

describe('a new audience', () => {
  it('needs a name, and is saved with its condition', async () => {
    const user = userEvent.setup();
    server().reply(api.data.countAudience, { count: 1, total: 2, sample: [], sentence: { 'zh-CN': '', 'en-US': '' } });
    server().reply(api.audiences.createAudience, RICH);
    const { router } = await renderPage(<CreateAudience />);
    await user.click(await screen.findByRole('button', { name: 'Create the audience' }));
    expect(await screen.findByText('Give the audience a name.')).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Rich');
    await user.click(screen.getByRole('combobox', { name: 'Add a condition' }));
    await user.click(await screen.findByTitle('Rich'));
    await user.click(screen.getByRole('button', { name: 'Create the audience' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/audiences/a1'));
    expect(server().callsOf(api.audiences.createAudience)[0]?.body).toEqual({
      name: 'Rich',
      description: '',
      kind: 'dynamic',
      condition: { op: 'all', of: [{ op: 'audience', audience: 'a1', is: 'member' }] },
      isAnnounced: false,
    });
  });
});
