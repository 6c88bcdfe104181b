import { api } from '@sluice/shared/http-api';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { draftOf, nodeNamed, row } from '../../test/small-flow.ts';
import { TriggersButton } from './triggers-drawer.tsx';

const { server } = useReplyServer();
const graph = row(nodeNamed('By hand', 'begin', 'call-trigger', { audience: { op: 'all', of: [] } }));
const flow = draftOf(graph, { status: 'live', liveVersion: 1 });

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listProfiles, { items: [], next: null });
  server().reply(api.data.countAudience, {
    count: 12_345,
    total: 20_000,
    sample: [],
    sentence: { 'zh-CN': '所有人', 'en-US': 'everyone' },
  });
  server().reply(api.triggers.listTriggers, {
    items: [{ node: 'begin', kind: 'call', nextAt: null, refused: { 'already-entered': 1985 }, latestRefusals: [] }],
  });
});

async function open() {
  await renderPage(<TriggersButton flow={flow} graph={graph} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Triggers' }));
  return screen.findByRole('heading', { name: 'By hand' });
}

describe('the triggers of a live flow', () => {
  it('say how many were turned away and why', async () => {
    await open();
    const reason = screen.getByText('Turned away: has been in the flow before');
    expect(reason.parentElement).toHaveTextContent('1,985');
  });

  it('start for nobody before somebody is chosen', async () => {
    await open();
    expect(screen.getByRole('button', { name: 'Start for them' })).toBeDisabled();
  });

  it('start for the whole audience only after its number has been seen', async () => {
    const bodies: unknown[] = [];
    server().reply(api.triggers.startFlow, ({ body }) => {
      bodies.push(body);
      return { results: [] };
    });
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Start for the whole audience…' }));
    expect(await screen.findByText(/^12,345 profiles match now/)).toBeVisible();
    expect(bodies).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Start now' }));
    expect(await screen.findByText(/^Started\. People enter one after the other/)).toBeVisible();
    expect(bodies).toEqual([{ trigger: 'begin', whom: { everyone: true }, requestId: expect.any(String) as string }]);
  });
});
