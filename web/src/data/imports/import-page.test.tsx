import { api, type ImportJob } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../../test/render-page.tsx';
import { ImportPage } from './import-page.tsx';

const { server } = useReplyServer();

const UPLOADED: ImportJob = {
  id: 'i1',
  fileName: 'hillstrom.csv',
  bytes: 4_250_000,
  status: 'uploaded',
  preview: {
    format: 'text',
    encoding: 'utf-8',
    delimiter: ',',
    hasHeader: true,
    sheet: null,
    sheets: [],
    columns: [
      { name: 'recency', type: 'number', samples: ['10', '6'] },
      { name: 'segment', type: 'string', samples: ['Womens E-Mail', 'No E-Mail'] },
    ],
    rows: [['10', 'Womens E-Mail']],
  },
  mapping: null,
  rowsRead: 0,
  rowsImported: 0,
  rowsRejected: 0,
  rejectedBy: {},
  progress: 0,
  failure: null,
  createdAt: '2026-03-01T10:00:00.000Z',
  finishedAt: null,
  undoUntil: null,
  undo: null,
};
const DONE: ImportJob = {
  ...UPLOADED,
  status: 'done',
  rowsRead: 1000,
  rowsImported: 998,
  rowsRejected: 2,
  progress: 1,
  finishedAt: '2026-03-01T10:00:04.000Z',
};
const show = () => renderPage(<ImportPage />, { path: '/data/imports/:importId', at: '/data/imports/i1' });

describe('the page of an import', () => {
  it('sends the mapping that was set: numbered rows, a skipped column, a computed address', async () => {
    const user = userEvent.setup();
    server().reply(api.access.state, SIGNED_IN);
    server().reply(api.data.getImport, () => (server().callsOf(api.data.startImport).length > 0 ? DONE : UPLOADED));
    server().reply(api.data.tryImport, ({ body }) => {
      const { computed } = body as { computed: { attribute: string }[] };
      const attributes = Object.fromEntries(computed.map(({ attribute }) => [attribute, 'user-1@example.test']));
      return { profiles: [{ userId: 'user-1', attributes: { recency: 10, ...attributes } }], rejections: [] };
    });
    server().reply(api.data.startImport, DONE);
    server().reply(api.data.listRejections, { items: [], next: null });
    await show();
    const prefix = await screen.findByLabelText(/^Prefix/);
    await user.clear(prefix);
    await user.paste('hill-');
    await user.click(screen.getByRole('checkbox', { name: 'Import the column segment' }));
    await user.click(screen.getByRole('button', { name: 'Add a computed attribute' }));
    await user.click(screen.getByRole('textbox', { name: 'Attribute' }));
    await user.paste('email');
    await user.click(screen.getByRole('textbox', { name: 'Expression' }));
    await user.paste('user-{{row}}@example.test');
    expect(await screen.findAllByText('user-1@example.test')).not.toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Import hillstrom.csv' }));
    await waitFor(() => expect(server().callsOf(api.data.startImport)).toHaveLength(1));
    expect(server().callsOf(api.data.startImport)[0]?.body).toEqual({
      identity: { kind: 'row-number', prefix: 'hill-' },
      columns: [
        { column: 'recency', attribute: 'recency', type: 'number' },
        { column: 'segment', attribute: 'segment', type: 'string', skip: true },
      ],
      computed: [{ attribute: 'email', liquid: 'user-{{row}}@example.test', type: 'string' }],
    });
  });

  it('does not start while two columns fill the same attribute', async () => {
    const user = userEvent.setup();
    server().reply(api.access.state, SIGNED_IN);
    server().reply(api.data.getImport, UPLOADED);
    server().reply(api.data.tryImport, { profiles: [], rejections: [] });
    await show();
    const name = await screen.findByRole('textbox', { name: 'Attribute for the column segment' });
    await user.clear(name);
    await user.type(name, 'recency');
    expect(await screen.findAllByText('Another column fills it too')).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Import hillstrom.csv' })).toBeDisabled();
  });

  it('shows the progress of a running import and asks before it stops it', async () => {
    const user = userEvent.setup();
    server().reply(api.access.state, SIGNED_IN);
    server().reply(api.data.getImport, {
      ...DONE,
      status: 'running',
      progress: 0.4,
      rowsImported: 400,
      finishedAt: null,
    });
    server().reply(api.data.cancelImport, { ...DONE, status: 'cancelled' });
    await show();
    await user.click(await screen.findByRole('button', { name: 'Stop the import' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Rows imported so far (400) stay.');
    expect(server().callsOf(api.data.cancelImport)).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Stop the import' }));
    await waitFor(() => expect(server().callsOf(api.data.cancelImport)).toHaveLength(1));
  });

  it('lists rejected rows with their reasons and offers them as a file', async () => {
    server().reply(api.access.state, SIGNED_IN);
    server().reply(api.data.getImport, DONE);
    server().reply(api.data.listRejections, {
      items: [{ line: 7, code: 'value-type', column: 'recency', value: 'soon', raw: 'soon,No E-Mail' }],
      next: null,
    });
    await show();
    expect(await screen.findByText('soon,No E-Mail')).toBeVisible();
    expect(screen.getByText('998')).toBeVisible();
    expect(screen.getByRole('link', { name: /Download as CSV/ })).toHaveAttribute(
      'href',
      '/api/imports/i1/rejections.csv?language=en-US',
    );
  });

  it('reads the file again when its encoding was found wrongly', async () => {
    const user = userEvent.setup();
    server().reply(api.access.state, SIGNED_IN);
    server().reply(api.data.getImport, UPLOADED);
    server().reply(api.data.tryImport, { profiles: [], rejections: [] });
    server().reply(api.data.readImport, UPLOADED);
    await show();
    await user.click(await screen.findByRole('combobox', { name: 'Encoding' }));
    await user.click(await screen.findByTitle('GB18030'));
    await waitFor(() => expect(server().callsOf(api.data.readImport)[0]?.body).toEqual({ encoding: 'gb18030' }));
  });

  it('makes an audience first, then brings the people of the file into it', async () => {
    const user = userEvent.setup();
    server().reply(api.access.state, SIGNED_IN);
    server().reply(api.data.getImport, UPLOADED);
    server().reply(api.data.listAttributes, { items: [], next: null });
    server().reply(api.data.tryImport, { profiles: [], rejections: [] });
    server().reply(api.audiences.listAudiences, { items: [], next: null });
    server().reply(api.audiences.createAudience, { id: 'a1' } as never);
    server().reply(api.data.startImport, UPLOADED);
    await show();
    await user.click(await screen.findByRole('radio', { name: 'A member of an audience' }));
    expect(screen.getByLabelText('Name')).toHaveValue('hillstrom');
    await user.click(screen.getByRole('button', { name: 'Import hillstrom.csv' }));
    await waitFor(() => expect(server().callsOf(api.data.startImport)).toHaveLength(1));
    expect(server().callsOf(api.audiences.createAudience)[0]?.body).toEqual({
      name: 'hillstrom',
      kind: 'snapshot',
      source: { kind: 'file', importId: UPLOADED.id, fileName: 'hillstrom.csv' },
    });
    expect(server().callsOf(api.data.startImport)[0]?.body).toMatchObject({ members: { audience: 'a1' } });
  });

  it('asks before it takes an import back, and says what came of it', async () => {
    const user = userEvent.setup();
    const undone: ImportJob = {
      ...DONE,
      rowsRejected: 0,
      status: 'undone',
      undo: { removed: 1200, kept: 1, restored: 0, events: 0, members: 0 },
    };
    const mapping = { identity: { kind: 'column' as const, column: 'recency' }, columns: [], computed: [] };
    server().reply(api.access.state, SIGNED_IN);
    server().reply(api.data.getImport, () =>
      server().callsOf(api.data.undoImport).length > 0
        ? undone
        : { ...DONE, rowsRejected: 0, mapping, undoUntil: '2999-01-01T00:00:00.000Z' },
    );
    server().reply(api.data.undoImport, undone);
    await show();
    await user.click(await screen.findByRole('button', { name: 'Undo the import' }));
    const dialog = await screen.findByRole('dialog');
    expect(server().callsOf(api.data.undoImport)).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Undo the import' }));
    expect(await screen.findByText('1,200 profiles deleted')).toBeVisible();
    expect(screen.getByText(/One profile stays/)).toBeVisible();
  });
});
