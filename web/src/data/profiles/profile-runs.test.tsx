import { api, type RunRecord } from '@sluice/shared/http-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../../test/render-page.tsx';
import { ProfileRuns } from './profile-runs.tsx';

const { server } = useReplyServer();
const START = Date.parse('2026-03-01T10:00:00Z');
const RUN: RunRecord = {
  id: 'r1',
  flowId: 'f1',
  flowName: 'Spring letter',
  version: 2,
  profileId: 'p1',
  userId: 'user-1',
  status: 'ended',
  enteredAt: new Date(START).toISOString(),
  endedAt: new Date(START + 90_000).toISOString(),
  wakeAt: null,
  endReason: { code: 'exit:reason', values: { reason: 'all done' } },
  path: [
    { seq: 1, node: 'wait', enteredAt: START, leftAt: START + 90_000, port: 'next' },
    { seq: 2, node: 'out', enteredAt: START + 90_000, reason: { code: 'exit:reason', values: { reason: 'all done' } } },
  ],
  variants: {},
};

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.flows.listVersions, {
    items: [
      {
        version: 2,
        graph: {
          schema: 1,
          nodes: [
            {
              id: 'wait',
              kind: 'delay',
              kindVersion: 1,
              name: 'Let it rest',
              params: { durationMs: 90_000 },
              position: { x: 0, y: 0 },
            },
            { id: 'out', kind: 'exit', kindVersion: 1, params: { reason: 'all done' }, position: { x: 0, y: 0 } },
          ],
          edges: [],
        },
        publishedAt: new Date(START).toISOString(),
        publishedBy: 'Ada',
        note: '',
      },
    ],
    next: null,
  });
});

describe('the runs of a profile', () => {
  it('show each step with its time in the workspace’s zone, its stay, its port and its reason', async () => {
    server().reply(api.flows.listProfileRuns, { items: [RUN], next: null });
    await renderPage(<ProfileRuns profileId="p1" />);
    const [rest, out] = await screen.findAllByRole('listitem');
    await waitFor(() => expect(rest).toHaveTextContent('Let it rest'));
    await waitFor(() => expect(rest).toHaveTextContent('Mar 1, 2026, 18:00:00'));
    expect(rest).toHaveTextContent('after 1 min 30 sec');
    expect(within(rest as HTMLElement).getByText('Next')).toBeVisible();
    expect(out).toHaveTextContent('Mar 1, 2026, 18:01:30');
    expect(out).toHaveTextContent(/all done/);
    expect(screen.queryByRole('button', { name: 'Try again from here' })).toBeNull();
  });

  it('[RUN-10] let a failed run be tried again', async () => {
    const user = userEvent.setup();
    server().reply(api.flows.listProfileRuns, { items: [{ ...RUN, status: 'failed' }], next: null });
    server().reply(api.flows.retryRun, RUN);
    await renderPage(<ProfileRuns profileId="p1" />);
    await user.click(await screen.findByRole('button', { name: 'Try again from here' }));
    await waitFor(() => expect(server().callsOf(api.flows.retryRun)[0]?.body).toEqual({ runId: 'r1' }));
  });

  it('say in Chinese that no flow came by yet', async () => {
    server().reply(api.flows.listProfileRuns, { items: [], next: null });
    await renderPage(<ProfileRuns profileId="p1" />, { language: 'zh-CN' });
    expect(await screen.findByText('还没有运营方案触达过这个用户。')).toBeVisible();
  });
});
