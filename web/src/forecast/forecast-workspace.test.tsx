import { api, type Forecast, type ForecastBasis, type ForecastResult } from '@sluice/shared/http-api';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AT, draftOf, EVERYONE, nodeNamed, row } from '../../test/small-flow.ts';
import { nodeKinds } from '../plans/node-kinds.ts';
import { hoursCsv, stepsOf } from './forecast-csv.ts';
import { ForecastWorkspace } from './forecast-workspace.tsx';

const { server } = useReplyServer();

const graph = row(
  EVERYONE,
  nodeNamed('Letter', 'mail', 'email', { to: 'email', subject: 'Hello', body: '<mjml></mjml>' }),
);
const flow = draftOf(graph);
const basis: ForecastBasis = {
  events: [{ key: 'Link Clicked', event: 'Link Clicked', where: [] }],
  messageNodes: [{ node: 'mail', channel: 'email' }],
  rates: [
    {
      key: 'Link Clicked',
      node: 'mail',
      share: 0.125,
      medianMs: 7_200_000,
      source: { kind: 'workspace', count: 4000 },
    },
  ],
  channels: [{ channel: 'email', deliveredShare: 0.98, source: { kind: 'workspace', count: 4000 } }],
  arrivals: [],
  callNodes: [],
};
const counts = { ended: 0, waiting: 0, failed: 0, waited: 0, waitedMs: 0 };
const result: ForecastResult = {
  startAt: AT,
  endAt: '2026-03-31T10:00:00.000Z',
  hours: 720,
  profiles: 64_000,
  entered: 60_000,
  runs: 60_000,
  ended: 60_000,
  refused: [{ trigger: 'begin', reason: 'already-entered', count: 4000 }],
  nodes: [
    { node: 'begin', entered: 60_000, left: { next: 60_000 }, ...counts },
    { node: 'mail', entered: 60_000, left: {}, ...counts, ended: 60_000 },
  ],
  messages: [
    {
      channel: 'email',
      asked: 60_000,
      suppressed: [{ reason: 'email:no-address', count: 500 }],
      sent: 59_500,
      undelivered: 1190,
      peak: { at: AT, perMinute: 59_500 },
      costMinor: 20_825,
    },
  ],
  sentBy: [{ node: 'mail', sent: 59_500 }],
  held: [],
  outcomes: [{ key: 'Link Clicked', event: 'Link Clicked', people: 7300 }],
  clicked: 7300,
  converted: 0,
  valueMinor: 0,
  nodeCosts: [{ node: 'mail', taken: 60_000, costMinor: 0, stock: 50_000, usedUpAt: AT }],
  costMinor: 20_825,
  warnings: [
    { code: 'stock-short', node: 'mail', values: { taken: 60_000, stock: 50_000, short: 10_000, at: AT } },
    { code: 'port-unused', node: 'begin', port: 'next', values: { entered: 3 } },
  ],
  tookMs: 12_300,
};
const forecast: Forecast = {
  id: '01A',
  flowId: 'f1',
  status: 'done',
  phase: 'people',
  progress: 1,
  profiles: 64_000,
  startedAt: AT,
  finishedAt: AT,
  createdBy: 'Ada',
  version: null,
  problem: null,
  settings: { days: 30, seed: 1, rates: [], arrivals: [], answers: [], channels: [], nodes: [], currency: 'CNY' },
  result,
  graph,
  basis,
};
const HOURS = {
  startAt: AT,
  hours: 720,
  nodes: [{ node: 'begin', entered: [0, 60_000] }],
  channels: [{ channel: 'email' as const, sent: [0, 59_500] }],
};

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.audiences.listAudiences, { items: [], next: null });
  server().reply(api.forecasts.forecastBasis, basis);
  server().reply(api.forecasts.listForecasts, { items: [], next: null });
  server().reply(api.forecasts.getForecast, forecast);
  server().reply(api.forecasts.forecastHours, HOURS);
});

test('a first forecast starts from the figures of history, with those that were changed', async () => {
  const user = userEvent.setup();
  server().reply(api.forecasts.startForecast, { ...forecast, status: 'running', result: null });
  await renderPage(<ForecastWorkspace flow={flow} catalog={nodeKinds} />);
  expect(await screen.findByText('from 4,000 messages of any flow')).toBeInTheDocument();
  const share = screen.getByRole('spinbutton', { name: 'Share who do it: Link Clicked, Letter' });
  expect(share).toHaveValue('12.5');
  fireEvent.change(share, { target: { value: '20' } });
  expect(await screen.findByText('entered by hand')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Make forecast' }));
  await waitFor(() => expect(server().callsOf(api.forecasts.startForecast)).toHaveLength(1));
  expect(server().callsOf(api.forecasts.startForecast)[0]?.body).toEqual({
    settings: {
      ...forecast.settings,
      rates: [{ key: 'Link Clicked', node: 'mail', share: 0.2, medianMs: 7_200_000 }],
    },
  });
});

test('a forecast shows how far it is and can be stopped', async () => {
  const running: Forecast = { ...forecast, status: 'running', progress: 0.4, profiles: 25_000, result: null };
  server().reply(api.forecasts.listForecasts, { items: [running], next: null });
  server().reply(api.forecasts.getForecast, running);
  server().reply(api.forecasts.cancelForecast, { ...running, status: 'cancelled' });
  const user = userEvent.setup();
  await renderPage(<ForecastWorkspace flow={flow} catalog={nodeKinds} />);
  expect(await screen.findByText('25,000 people so far')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(server().callsOf(api.forecasts.cancelForecast)).toHaveLength(1));
});

test('a result says who enters, what is sent, who is held back, what it costs and what to look at', async () => {
  server().reply(api.forecasts.listForecasts, { items: [forecast], next: null });
  await renderPage(<ForecastWorkspace flow={flow} catalog={nodeKinds} />);
  expect(await screen.findByText('of 64,000 looked at; 60,000 runs')).toBeInTheDocument();
  expect(screen.getByText(/“Letter” takes 60,000, and 50,000 are in stock: 10,000 are missing/)).toBeInTheDocument();
  expect(screen.getByText('Nobody leaves “Everyone” by “Next”; 3 were there.')).toBeInTheDocument();
  const lost = within(screen.getByRole('table', { name: 'Who is held back' }));
  expect(lost.getByText('Turned away: has been in the flow before')).toBeInTheDocument();
  expect(lost.getByText('no e-mail address')).toBeInTheDocument();
  const costs = within(screen.getByRole('table', { name: 'What it costs and takes' }));
  expect(costs.getAllByText('CN¥208.25')).toHaveLength(2);
  expect(screen.getByRole('button', { name: 'New forecast' })).toBeInTheDocument();
});

test('an analyst reads forecasts and makes none', async () => {
  server().reply(api.access.state, { ...SIGNED_IN, account: { ...SIGNED_IN.account, role: 'analyst' } } as never);
  await renderPage(<ForecastWorkspace flow={flow} catalog={nodeKinds} />);
  expect(await screen.findByText('Nobody has made a forecast of this flow yet.')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Make forecast' })).not.toBeInTheDocument();
  expect(server().callsOf(api.forecasts.forecastBasis)).toHaveLength(0);
});

test('hours are written as a table for a spreadsheet, and summed up by day from midnight', () => {
  const csv = hoursCsv(HOURS, ['Hour', 'Place', 'Count'], (node) => node, String, 'sent');
  const start = Date.parse(AT);
  expect(csv).toBe(`\uFEFF"Hour","Place","Count"\r\n"${start}","begin",60000\r\n"${start}","sent",59500\r\n`);
  expect(stepsOf([0, 5, 13, 7, 14, 2], 48, 24, 10)).toEqual([12, 2, 0]);
});
