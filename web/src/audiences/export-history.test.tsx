import { api, type Audience, type MemberExport } from '@sluice/shared/http-api';
import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { ExportHistory } from './export-history.tsx';

const { server } = useReplyServer();
const AUDIENCE = { id: 'a1', name: 'Best' } as Audience;
const taken = (record: Partial<MemberExport>): MemberExport => ({
  id: 'e1',
  at: '2026-03-01T08:00:00.000Z',
  by: 'Lin',
  accountId: 'acc1',
  audience: { id: 'a1', name: 'Best' },
  attributes: ['city'],
  hidden: 0,
  protection: 'masked',
  status: 'complete',
  members: 1234,
  ...record,
});

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
});

describe('[AUD-9] the exports of an audience', () => {
  it('say who took how many away, how it was kept from others, and that one of them broke off', async () => {
    const items = [taken({}), taken({ id: 'e2', protection: 'recipients', status: 'broken', members: 7, hidden: 2 })];
    server().reply(api.exports.listExports, { items, next: null });
    await renderPage(<ExportHistory audience={AUDIENCE} />);
    const [, first, second] = await screen.findAllByRole('row');
    for (const text of ['Lin', '1,234', 'masks', 'city', 'Handed out'])
      expect(within(first as HTMLElement).getByText(text)).toBeVisible();
    for (const text of ['7', 'keys', 'city, 2 hidden from you', 'Broken off'])
      expect(within(second as HTMLElement).getByText(text)).toBeVisible();
  });
});
