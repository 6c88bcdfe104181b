import { api, type FlowSummary, type FunnelRow } from '@sluice/shared/http-api';
import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { HomePage } from './home-page.tsx';

const { server } = useReplyServer();
const FLOW: FlowSummary = {
  id: 'f1',
  name: 'Spring letter',
  status: 'draft',
  liveVersion: null,
  hasUnpublishedChanges: true,
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
  entered: 0,
};
const TOTAL: FunnelRow = {
  variant: '',
  name: '',
  isHoldOut: false,
  targeted: 2000,
  reached: 1000,
  clicked: 100,
  converted: 10,
  value: 1234.5,
};

beforeEach(() => server().reply(api.access.state, SIGNED_IN));

describe('Home', () => {
  it('starts a newcomer with three steps and marks those that are done', async () => {
    server().reply(api.flows.listFlows, { items: [FLOW], next: null });
    server().reply(api.data.listProfiles, {
      items: [{ id: 'p', userId: 'u', attributes: {}, createdAt: FLOW.createdAt, updatedAt: FLOW.updatedAt }],
      next: null,
      total: 64_000,
    });
    await renderPage(<HomePage />);
    expect(await screen.findByText('64,000 profiles are here.')).toBeVisible();
    expect(screen.getByText('The latest is “Spring letter”.')).toBeVisible();
    expect(screen.getAllByLabelText('Done')).toHaveLength(2);
    expect(screen.getByRole('link', { name: 'Open “Spring letter”' })).toHaveAttribute('href', '/flows/f1');
  });

  it('shows what the live flows reached and earned, with the counts behind each rate', async () => {
    server().reply(api.flows.listFlows, { items: [{ ...FLOW, status: 'live', liveVersion: 1 }], next: null });
    server().reply(api.flows.counts, {
      version: 1,
      runs: 2000,
      waiting: 300,
      ended: 1698,
      failed: 2,
      enrolment: { status: 'done', scanned: 2000, enrolled: 2000 },
      nodes: {},
      asOf: FLOW.createdAt,
    });
    server().reply(api.flows.funnel, {
      version: 1,
      experiment: null,
      rows: [],
      total: TOTAL,
      sampleRatio: null,
      currency: 'USD',
      decision: null,
    });
    await renderPage(<HomePage />);
    expect(await screen.findByRole('cell', { name: '1,000 50.0%' })).toBeVisible();
    expect(screen.getByRole('cell', { name: '$1,234.50' })).toBeVisible();
    expect(screen.getByRole('cell', { name: '2' })).toBeVisible();
    expect(screen.getByText('50.0% of 2,000 targeted')).toBeVisible();
    expect(screen.getByText('Version 1')).toBeVisible();
    expect(screen.queryByText('Three steps to a first campaign')).toBeNull();
  });

  it('says that it could not be read, and offers to try again', async () => {
    server().refuse(api.flows.listFlows, 503, { code: 'store-unreachable', message: 'x' });
    await renderPage(<HomePage />);
    expect(await screen.findByRole('alert')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
