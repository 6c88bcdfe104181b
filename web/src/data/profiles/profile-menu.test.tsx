import { api, type Profile } from '@sluice/shared/http-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../../test/render-page.tsx';
import { ProfileMenu } from './profile-menu.tsx';
import { ProfileMerges } from './profile-merges.tsx';

const { server } = useReplyServer();
const AT = '2026-03-01T10:00:00.000Z';
const PROFILE: Profile = { id: 'device-profile', userId: null, attributes: {}, createdAt: AT, updatedAt: AT };
const OTHER: Profile = { ...PROFILE, id: 'ann-profile', userId: 'ann' };
const MERGE = {
  id: 'm1',
  from: PROFILE.id,
  fromUserId: null,
  into: OTHER.id,
  status: 'done',
  at: AT,
  by: 'ada@x.test',
} as const;

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
});

async function choose(item: string) {
  await userEvent.click(await screen.findByRole('button', { name: 'More' }));
  await userEvent.click(await screen.findByText(item));
}

describe('the menu of a profile', () => {
  it('says how many runs end before a profile is deleted, then deletes it', async () => {
    server().reply(api.identities.profileBelongings, { events: 7, rows: 0, audiences: 2, runs: 3 });
    server().reply(api.identities.deleteProfile, { events: 7, rows: 0, audiences: 2, runs: 3 });
    await renderPage(<ProfileMenu profile={PROFILE} />);
    await choose('Delete profile');
    expect(await screen.findByText('3 runs in flight end.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Delete profile' }));
    await waitFor(() => expect(server().callsOf(api.identities.deleteProfile)).toHaveLength(1));
  });

  it('merges a profile into the one that is chosen', async () => {
    server().reply(api.data.listProfiles, { items: [PROFILE, OTHER], next: null });
    server().reply(api.identities.mergeProfiles, MERGE);
    await renderPage(<ProfileMenu profile={PROFILE} />);
    await choose('Merge into…');
    await userEvent.click(await screen.findByRole('combobox'));
    await userEvent.click(await screen.findByTitle('ann'));
    await userEvent.click(screen.getByRole('button', { name: 'Merge' }));
    await waitFor(() =>
      expect(server().callsOf(api.identities.mergeProfiles)).toMatchObject([
        { body: { from: PROFILE.id, into: OTHER.id } },
      ]),
    );
  });
});

it('the merges of a profile name who was merged, and are undone', async () => {
  server().reply(api.identities.listMerges, { items: [MERGE] });
  server().reply(api.identities.undoMerge, { ...MERGE, status: 'undone' });
  await renderPage(<ProfileMerges profileId={OTHER.id} />);
  expect(await screen.findByText(/became part of this profile \(ada@x.test/)).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(server().callsOf(api.identities.undoMerge)).toHaveLength(1));
});
