/** Takes the pictures of the README from a product with 2,000 profiles: `node e2e/app/take-screenshots.ts`. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { api } from '@sluice/shared/http-api';
import { chromium } from '@playwright/test';
import { Outbox } from '../pages/outbox.ts';
import { setUpAdministrator } from '../pages/entry.ts';
import { ADMINISTRATOR, ApiClient, sendBatch } from './api-client.ts';
import { CHROMIUM } from './chromium.ts';
import { hillstromFlow } from './hillstrom-flow.ts';
import { importSample } from './import-sample.ts';
import { createSample, HISTORY_BOUND, isInAudience, outcomesOf, sampleCsv, SEGMENTS, truthOf } from './sample.ts';
import { startApp } from './start-app.ts';

const FOLDER = path.resolve(import.meta.dirname, '..', '..', 'docs', 'images');
const BATCH = 500;
/** Side by side, so that the picture can be read at the width of a README. */
const PLACES: Record<string, { x: number; y: number }> = {
  start: { x: 0, y: 160 },
  split: { x: 300, y: 160 },
  'mail-mens': { x: 620, y: 0 },
  'mail-womens': { x: 620, y: 140 },
  wait: { x: 920, y: 240 },
  'end-other': { x: 620, y: 420 },
  engaged: { x: 1200, y: 240 },
  mark: { x: 1500, y: 160 },
  end: { x: 1800, y: 280 },
};
const rows = createSample(2000);
const reader = rows.find((row) => isInAudience(row) && row.segment === SEGMENTS[0] && row.spend > 0);
if (!reader) throw new Error('The sample lacks a buyer');

const app = await startApp();
const browser = await chromium.launch(CHROMIUM);
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await setUpAdministrator(page, app);
  const client = new ApiClient(app.url);
  await client.call(api.access.signIn, { body: { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password } });
  await importSample(client, sampleCsv(rows));
  const drawn = hillstromFlow({
    by: 'attribute',
    audience: { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: HISTORY_BOUND } },
    delayMs: 20_000,
  });
  const graph = {
    ...drawn,
    nodes: drawn.nodes.map((node) => ({ ...node, position: PLACES[node.id] ?? node.position })),
  };
  const flow = await client.call(api.flows.createFlow, { body: { name: 'Spring sale', graph } });
  const params = { flowId: flow.id };
  await client.call(api.flows.publishFlow, { params, body: { baseRevision: flow.revision, note: 'first' } });
  await until(async () => (await client.call(api.flows.counts, { params })).enrolment.status === 'done');

  const outbox = new Outbox(page);
  await page.goto(`${app.url}/content/outbox?search=${reader.userId}@`);
  const mail = await outbox.read('New for men');
  await page.request.get((await mail.getByRole('link').getAttribute('href')) ?? '', { maxRedirects: 0 });
  const { key } = await client.call(api.access.createWriteKey, { body: { name: 'Shop' } });
  const outcomes = outcomesOf(rows);
  for (let from = 0; from < outcomes.length; from += BATCH)
    await sendBatch(app.url, key, outcomes.slice(from, from + BATCH));
  const bought = SEGMENTS.reduce((sum, segment) => sum + truthOf(rows, segment).conversions, 0);
  await until(async () => (await client.call(api.flows.counts, { params })).waiting === 0);
  await until(async () => (await client.call(api.flows.funnel, { params })).total.converted === bought);

  await page.goto(`${app.url}/flows/${flow.id}?mode=live`);
  await page.getByText('How far did each variant get?').waitFor();
  await page.getByText('hold-out').waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(FOLDER, 'flow-live.png') });

  const found = await client.call(api.data.listProfiles, { query: { search: reader.userId } });
  const profile = found.items.find(({ userId }) => userId === reader.userId);
  await page.goto(`${app.url}/data/profiles/${profile?.id ?? ''}`);
  await page.getByRole('article').waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(FOLDER, 'profile-path.png') });
} finally {
  await browser.close();
  await app.stop();
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`Not within two minutes\n${app.output().slice(-2000)}`);
    await sleep(200);
  }
}
