import { api, type Dataset } from '@sluice/shared/http-api';
import type { AttributeDefinition } from '@sluice/shared/model';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../../test/render-page.tsx';
import { DatasetPage } from './dataset-page.tsx';
import { DatasetsPage } from './datasets-page.tsx';
import { DeclareDataset, EditDataset } from './declare-dataset.tsx';

const { server } = useReplyServer();

const rights = { read: 'plain', mayReveal: false, mayUse: true } as const;
const POLICIES: Dataset = {
  name: 'policies',
  displayName: 'Policies',
  columns: [
    { name: 'user_id', type: 'string', sensitivity: 'internal', rights },
    { name: 'number', displayName: 'Policy number', type: 'string', sensitivity: 'internal', rights },
    { name: 'premium', type: 'number', sensitivity: 'sensitive', rights },
    { name: 'city', type: 'string', sensitivity: 'internal', joined: 'city', rights },
  ],
  userColumn: 'user_id',
  keyColumns: ['number'],
  lookups: [{ name: 'dearest', columns: ['number', 'premium'], where: [], sortBy: 'premium', limit: 3 }],
  rows: 12_345,
  isFilling: false,
  updatedAt: '2026-03-01T10:00:00.000Z',
};
const CITY: AttributeDefinition = {
  name: 'city',
  type: 'string',
  sensitivity: 'internal',
  rights,
  samples: [],
  lastSeenAt: '2026-03-01T10:00:00.000Z',
};
const analyst = { ...SIGNED_IN, account: { ...SIGNED_IN.account, role: 'analyst' as const } };
const pageAt = '/data/datasets/:dataset';

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [CITY], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.audiences.listAudiences, { items: [], next: null });
  server().reply(api.datasets.listDatasets, { items: [POLICIES] });
  server().reply(api.datasets.getDataset, POLICIES);
});

describe('the list', () => {
  it('offers to declare the first one to whom may, and says to the others who does', async () => {
    server().reply(api.datasets.listDatasets, { items: [] });
    const { unmount } = await renderPage(<DatasetsPage />);
    expect(await screen.findByRole('link', { name: 'Declare a dataset' })).toBeInTheDocument();
    unmount();
    server().reply(api.access.state, analyst);
    await renderPage(<DatasetsPage />);
    expect(await screen.findByText('An administrator or a developer declares datasets.')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Declare a dataset' })).not.toBeInTheDocument();
  });

  it('leads from a row to its dataset', async () => {
    const { router } = await renderPage(<DatasetsPage />);
    await userEvent.click(await screen.findByText('12,345'));
    expect(router.state.location.pathname).toBe('/data/datasets/policies');
  });
});

describe('a dataset', () => {
  const show = (tab = '') => renderPage(<DatasetPage />, { path: pageAt, at: `/data/datasets/policies${tab}` });

  it('[DS-5] shows rows as the role may see them, and says which columns follow the owner', async () => {
    const values = { user_id: 'ada', number: 'P-1', premium: '***', city: 'Utrecht' };
    const row = { id: 'r1', profileId: 'p1', values, masked: ['premium'], writtenAt: '2026-03-01T10:00:00.000Z' };
    server().reply(api.datasets.listRows, { items: [row], next: null });
    await show();
    expect(await screen.findByText('P-1')).toBeInTheDocument();
    expect(screen.getByText('***')).toBeInTheDocument();
    expect(screen.getAllByLabelText('Profile: city').length).toBeGreaterThan(0);
    expect(screen.getByRole('link', { name: 'Open profile' })).toHaveAttribute('href', '/data/profiles/p1?tab=rows');
  });

  it('looks for the rows of one user, and says so when there are none', async () => {
    const row = { id: 'r1', profileId: 'p1', values: { number: 'P-1' }, writtenAt: '2026-03-01T10:00:00.000Z' };
    server().reply(api.datasets.listRows, ({ query }) => ({ items: query['userId'] ? [] : [row], next: null }));
    await show();
    await userEvent.type(await screen.findByRole('searchbox', { name: 'User id' }), 'nobody');
    expect(await screen.findByText('No row of the user nobody')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all rows' }));
    expect(await screen.findByText('P-1')).toBeInTheDocument();
  });

  it('is only looked at by those who may change nothing', async () => {
    server().reply(api.access.state, analyst);
    server().reply(api.datasets.listRows, { items: [], next: null });
    await show();
    expect(await screen.findByText('No rows yet')).toBeInTheDocument();
    for (const name of ['Change', 'Import rows']) expect(screen.queryByRole('link', { name })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'More actions' })).not.toBeInTheDocument();
  });

  it('hands out the words by which a message names a look-up', async () => {
    await show('?tab=lookups');
    expect(await screen.findByText(/for row in related\.policies\.dearest/)).toBeInTheDocument();
  });

  it('[DS-6] cannot be deleted while something names it, and says what', async () => {
    server().reply(api.datasets.listRows, { items: [], next: null });
    server().reply(api.datasets.datasetUses, { audiences: [{ id: 'a1', name: 'Dear ones' }], flows: [] });
    await show();
    const dialog = await askToDelete();
    expect(await within(dialog).findByRole('link', { name: 'Dear ones' })).toHaveAttribute('href', '/audiences/a1');
    expect(within(dialog).getByRole('button', { name: 'Delete the dataset' })).toBeDisabled();
  });

  it('says how many rows go with it, and leads back to the list', async () => {
    server().reply(api.datasets.listRows, { items: [], next: null });
    server().reply(api.datasets.datasetUses, { audiences: [], flows: [] });
    server().reply(api.datasets.deleteDataset, {} as never);
    const { router } = await show();
    const dialog = await askToDelete();
    expect(await within(dialog).findByText(/Its 12,345 rows/)).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete the dataset' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/data/datasets'));
    expect(server().callsOf(api.datasets.deleteDataset)).toHaveLength(1);
  });

  async function askToDelete(): Promise<HTMLElement> {
    await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete the dataset' }));
    return screen.findByRole('dialog', { name: 'Delete Policies?' });
  }
});

describe('declaring one', () => {
  it('names what is missing, and sends what was written', async () => {
    server().reply(api.datasets.declareDataset, POLICIES);
    const { router } = await renderPage(<DeclareDataset />, { path: '/data/datasets/new' });
    const user = userEvent.setup();
    const submit = () => user.click(screen.getByRole('button', { name: 'Declare a dataset' }));
    await user.click(await screen.findByRole('button', { name: 'Add a column' }));
    await submit();
    expect(await screen.findByText('Say what people call it.')).toBeInTheDocument();
    expect(screen.getByText('Each column needs a name.')).toBeInTheDocument();
    expect(server().callsOf(api.datasets.declareDataset)).toEqual([]);

    await user.type(screen.getByLabelText('Name on screen'), 'Our Policies');
    expect(screen.getByLabelText('Technical name')).toHaveValue('our_policies');
    await user.type(screen.getByLabelText('Name of the column 3'), 'premium');
    await user.clear(screen.getByLabelText('Name of the column number'));
    await user.type(screen.getByLabelText('Name of the column 2'), 'policy');
    await submit();
    await waitFor(() => expect(router.state.location.pathname).toBe('/data/datasets/policies'));
    const [call] = server().callsOf(api.datasets.declareDataset);
    expect(call).toMatchObject({
      path: '/api/datasets/our_policies',
      query: { isNew: 'true' },
      // The key goes with the name of its column.
      body: { displayName: 'Our Policies', userColumn: 'user_id', keyColumns: ['policy'] },
    });
    const sent = call?.body as Dataset | undefined;
    expect(sent?.columns.map(({ name }) => name)).toEqual(['user_id', 'policy', 'premium']);
  });

  it('keeps what was written where the server refuses it', async () => {
    server().refuse(api.datasets.declareDataset, 409, { code: 'dataset-exists', message: 'There is one already.' });
    await renderPage(<DeclareDataset />, { path: '/data/datasets/new' });
    await userEvent.type(await screen.findByLabelText('Name on screen'), 'Policies');
    await userEvent.click(screen.getByRole('button', { name: 'Declare a dataset' }));
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(screen.getByLabelText('Name on screen')).toHaveValue('Policies');
  });
});

it('[DS-6] changing one leaves types, user and key as they are, also of a column that is joined in', async () => {
  await renderPage(<EditDataset />, { path: '/data/datasets/:dataset/edit', at: '/data/datasets/policies/edit' });
  expect(await screen.findByLabelText('Name of the column premium')).toBeDisabled();
  expect(screen.getByLabelText('Technical name')).toBeDisabled();
  expect(screen.getByRole('radio', { name: 'user_id holds the user id' })).toBeDisabled();
  expect(screen.getByRole('checkbox', { name: 'number is part of the key' })).toBeDisabled();
  expect(screen.getByRole('button', { name: 'Remove the column premium' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Remove the column number' })).not.toBeInTheDocument();
  expect(screen.queryByRole('radio', { name: 'city holds the user id' })).not.toBeInTheDocument();
});
