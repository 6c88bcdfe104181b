import { api, type Service } from '@sluice/shared/http-api';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { ServicesPage } from './services-page.tsx';

const { server } = useReplyServer();
const RISK: Service = {
  id: 's1',
  name: 'Risk score',
  kind: 'risk',
  request: { method: 'POST', url: 'https://risk.test/score', headers: [], format: 'json', body: '{}' },
  secretHeader: 'Authorization',
  fields: [{ name: 'score', path: 'data.score', type: 'number', isRequired: true }],
  decides: 'score',
  timeoutMs: 1000,
  maxAttempts: 2,
  hasSecret: true,
  updatedAt: '2026-03-01T10:00:00.000Z',
};

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.calls.listServices, { items: [RISK], next: null });
});

async function open() {
  await renderPage(<ServicesPage />);
  const row = await screen.findByRole('row', { name: /Risk score/ });
  await userEvent.click(within(row).getByRole('button', { name: 'Edit and try' }));
  return screen.findByRole('dialog');
}

describe('the services', () => {
  it('open as a form in which every input has a label above it', async () => {
    const form = await open();
    expect(within(form).getByLabelText('Place in the answer')).toHaveValue('data.score');
    expect(within(form).getByLabelText('Secret')).toHaveValue('');
  });

  it('say what went wrong with a test call, and what was sent', async () => {
    server().reply(api.calls.testService, {
      request: { method: 'POST', url: 'https://risk.test/score', body: '{"user":"u1"}' },
      status: 503,
      ms: 12,
      answer: 'busy',
      fields: null,
      failure: { code: 'turned-down', status: 503, detail: '' },
    });
    const form = await open();
    await userEvent.click(within(form).getByRole('button', { name: 'Call the service' }));
    expect(await within(form).findByText(/503/)).toBeVisible();
    expect(within(form).getByText(/"user":"u1"/)).toBeVisible();
    expect(within(form).getByText('busy')).toBeVisible();
  });
});
