import { api, type Audience } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { ExportMembers } from './export-members.tsx';

const { server } = useReplyServer();
const AUDIENCE = { id: 'a1', name: "Ada's best" } as Audience;

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
});

async function openDialog() {
  const user = userEvent.setup();
  await renderPage(<ExportMembers audience={AUDIENCE} />);
  await user.click(await screen.findByRole('button', { name: 'Export' }));
  return { user, dialog: within(await screen.findByRole('dialog')) };
}
const orders = () => server().calls.filter(({ path }) => path.endsWith('members.csv.age'));

describe('[AUD-8] the export of members', () => {
  it('is a plain file first, and says that sensitive attributes are masked in it', async () => {
    const { dialog } = await openDialog();
    expect(dialog.getByText(/Sensitive attributes are masked/)).toBeVisible();
    const link = dialog.getByRole('link', { name: /Download CSV/ });
    expect(link).toHaveAttribute('href', '/api/audiences/a1/members.csv?attributes=%5B%5D');
  });

  it('is encrypted with a passphrase that is drawn, sent in the body, and opened by the command that is shown', async () => {
    const { user, dialog } = await openDialog();
    await user.click(dialog.getByText('Who knows a passphrase'));
    await user.click(dialog.getByRole('button', { name: /Download encrypted/ }));
    expect(dialog.getByText('Enter at least 12 characters.')).toBeVisible();
    expect(orders()).toEqual([]);
    await user.click(dialog.getByRole('button', { name: /Draw one/ }));
    const { value } = dialog.getByLabelText<HTMLInputElement>('Passphrase');
    expect(value).toMatch(/^([a-hj-km-np-z2-9]{5}-){4}[a-hj-km-np-z2-9]{5}$/);
    expect(dialog.getByText(`age -d -o 'Ada'\\''s best.csv' 'Ada'\\''s best.csv.age'`)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: /Download encrypted/ }));
    await waitFor(() => expect(orders()).toHaveLength(1));
    expect(orders()[0]).toMatchObject({
      path: '/api/audiences/a1/members.csv.age',
      query: {},
      body: { attributes: [], seal: { kind: 'passphrase', passphrase: value } },
    });
    // Nothing is prepared at that address: the refusal is shown.
    expect((await dialog.findAllByRole('alert')).at(-1)).toBeVisible();
  });

  it('is encrypted for the keys that are pasted, however they are set apart', async () => {
    const { user, dialog } = await openDialog();
    await user.click(dialog.getByText('Holders of a key'));
    await user.click(dialog.getByLabelText('Public keys of the recipients'));
    await user.paste('age1one\n age1two,age1three\n');
    await user.click(dialog.getByRole('button', { name: /Download encrypted/ }));
    await waitFor(() => expect(orders()).toHaveLength(1));
    expect(orders()[0]?.body).toEqual({
      attributes: [],
      seal: { kind: 'recipients', recipients: ['age1one', 'age1two', 'age1three'] },
    });
    expect(dialog.getByText(/^age -d -i key.txt -o/)).toBeVisible();
  });
});
