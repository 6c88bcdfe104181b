/** The main job by HTTP on all 64,000 Hillstrom profiles: import, campaign, real SMTP, outcomes, funnel; against the published truths. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, sendBatch } from '@sluice/e2e/api-client';
import { startSmtpSink } from '@sluice/e2e/smtp-sink';
import { startApp } from '@sluice/e2e/start-app';
import type { Condition } from '@sluice/shared/condition';
import { api, type FlowCounts } from '@sluice/shared/http-api';
import { outcomesOfRow, readHillstrom } from './fixture/hillstrom-data.ts';
import { hillstromFlow } from '@sluice/e2e/hillstrom-flow';
import { Report } from './fixture/report.ts';

const { csv, rows, arms } = readHillstrom();
const report = new Report();
const mensArm = arms['Mens E-Mail'];
const womensArm = arms['Womens E-Mail'];
const holdOutArm = arms['No E-Mail'];
if (!mensArm || !womensArm || !holdOutArm) throw new Error('truths.json lacks an arm');
/** Long enough for the outcomes to be sent in while everybody waits. */
const DELAY_MS = 180_000;

const sink = await startSmtpSink();
const app = await startApp({ env: { LOG_LEVEL: 'error' } });
try {
  const client = new ApiClient(app.url);
  await client.setUp(app.setupToken ?? '');
  await client.call(api.content.setEmailProvider, {
    body: {
      provider: {
        kind: 'smtp',
        host: '127.0.0.1',
        port: sink.port,
        security: 'none',
        from: 'Shop <shop@example.test>',
        maxConnections: 5,
      },
    },
  });
  await importFile(client);

  const above100: Condition = { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } };
  const counted = await client.call(api.data.countAudience, { body: { condition: above100 } });
  report.expect(
    'profiles with history > 100',
    counted.count,
    rows.filter((row) => Number(row['history']) > 100).length,
  );
  report.note('sentence', counted.sentence['en-US']);

  const everyoneOfTheFile: Condition = { op: 'attribute', name: 'history', is: { operator: 'exists' } };
  const publishedAt = Date.now();
  const flowId = await publish(
    client,
    'Hillstrom',
    hillstromFlow({ by: 'attribute', audience: everyoneOfTheFile, delayMs: DELAY_MS }),
  );
  await until('all are taken in', async () => (await counts(client, flowId)).enrolment.status === 'done');
  report.note('enrolSeconds', seconds(publishedAt));
  await sendOutcomes(client);
  report.note('secondsUntilOutcomesSent', seconds(publishedAt));
  const done = await until(
    'all have passed',
    async () => {
      const now = await counts(client, flowId);
      return now.ended === rows.length && now;
    },
    900_000,
  );
  report.note('passSeconds', seconds(publishedAt));
  const treated = mensArm.n + womensArm.n;
  await until('the SMTP server has it all', async () => sink.recipients.size >= treated, 900_000);
  report.note('smtpSeconds', seconds(publishedAt));

  report.expect('profiles through the flow', done.runs, 64_000);
  report.expect('failed runs', done.failed, 0);
  report.expect('men’s arm', done.nodes['split']?.left['mens'], mensArm.n);
  report.expect('women’s arm', done.nodes['split']?.left['womens'], womensArm.n);
  report.expect('hold-out', done.nodes['split']?.left['holdout'], holdOutArm.n);
  report.expect(
    'visited before the wait was over',
    done.nodes['engaged']?.left['yes'],
    mensArm.visits + womensArm.visits + holdOutArm.visits,
  );
  report.expect('addresses at the SMTP server', sink.recipients.size, treated);
  report.expect(
    'addresses written to more than once',
    [...sink.recipients.values()].filter((times) => times > 1).length,
    0,
  );
  report.expect('messages under a repeated id', [...sink.messageIds.values()].filter((times) => times > 1).length, 0);
  report.expect(
    'hold-out members written to',
    rows.filter((row, index) => row['segment'] === 'No E-Mail' && sink.recipients.has(addressOf(index + 1))).length,
    0,
  );
  await until(
    'reached is counted',
    async () => (await client.call(api.flows.funnel, { params: { flowId } })).total.reached === treated,
    60_000,
  );
  await checkFunnel(client, flowId);
  await checkHashSplit(client, everyoneOfTheFile);
} finally {
  await app.stop();
  await sink.close();
}
report.end('hillstrom');

async function importFile(client: ApiClient): Promise<void> {
  const startedAt = Date.now();
  const uploaded = await client.upload(api.data.uploadImport, 'hillstrom.csv', csv);
  const columns = (uploaded.preview?.columns ?? []).map(({ name, type }) => ({ column: name, attribute: name, type }));
  report.expect('columns found', columns.length, 12);
  const mapping = {
    identity: { kind: 'row-number' as const, prefix: 'user-' },
    columns,
    computed: [{ attribute: 'email', liquid: 'user-{{row}}@example.test', type: 'string' as const }],
  };
  const params = { importId: uploaded.id };
  await client.call(api.data.startImport, { params, body: mapping });
  const finished = await until(
    'the import is done',
    async () => {
      const job = await client.call(api.data.getImport, { params });
      return (job.status === 'done' || job.status === 'failed') && job;
    },
    600_000,
  );
  report.expect('rows imported', finished.rowsImported, 64_000);
  report.expect('rows rejected', finished.rowsRejected, 0);
  report.note('importSeconds', seconds(startedAt));
}

async function publish(client: ApiClient, name: string, graph: ReturnType<typeof hillstromFlow>): Promise<string> {
  const flow = await client.call(api.flows.createFlow, { body: { name, graph } });
  await client.call(api.flows.publishFlow, {
    params: { flowId: flow.id },
    body: { baseRevision: flow.revision, note: 'first' },
  });
  return flow.id;
}

async function sendOutcomes(client: ApiClient): Promise<void> {
  const { key } = await client.call(api.access.createWriteKey, { body: { name: 'shop' } });
  const outcomes = rows.flatMap(outcomesOfRow);
  let accepted = 0;
  for (let from = 0; from < outcomes.length; from += 500) {
    const batch = outcomes.slice(from, from + 500);
    accepted += (await sendBatch(app.url, key, batch)).accepted;
    // The same calls again, as a client would after a time-out: they must change nothing.
    if (from === 0) await sendBatch(app.url, key, batch);
  }
  report.expect('outcomes accepted', accepted, outcomes.length);
}

async function checkFunnel(client: ApiClient, flowId: string): Promise<void> {
  const { rows: found, total } = await client.call(api.flows.funnel, { params: { flowId } });
  for (const [key, arm, sent] of [
    ['mens', mensArm, mensArm?.n],
    ['womens', womensArm, womensArm?.n],
    ['holdout', holdOutArm, 0],
  ] as const) {
    const row = found.find(({ variant }) => variant === key);
    if (!arm || !row) throw new Error(`No arm ${key}`);
    report.expect(
      `${key}: targeted, sent, clicked, converted`,
      [row.targeted, row.reached, row.clicked, row.converted],
      [arm.n, sent, arm.visits, arm.conversions],
    );
    report.expect(`${key}: spend`, row.value, arm.total_spend);
    report.note(`${key}VisitPercent`, Number(((100 * row.clicked) / row.targeted).toFixed(2)));
  }
  report.note('total', total);
}

async function checkHashSplit(client: ApiClient, audience: Condition): Promise<void> {
  await client.call(api.content.setEmailProvider, { body: { provider: { kind: 'outbox' } } });
  const startedAt = Date.now();
  const flowId = await publish(
    client,
    'Hillstrom, dealt by hash',
    hillstromFlow({ by: 'hash', audience, delayMs: DELAY_MS }),
  );
  await until(
    'all are taken in again',
    async () => (await counts(client, flowId)).enrolment.status === 'done',
    600_000,
  );
  report.note('hashSplitEnrolSeconds', seconds(startedAt));
  const { rows: found, sampleRatio } = await client.call(api.flows.funnel, { params: { flowId } });
  report.note(
    'hashShares',
    found.map(({ variant, targeted }) => [variant, Number(((100 * targeted) / 64_000).toFixed(2))]),
  );
  report.note('sampleRatio', sampleRatio);
  report.expect('sample ratio is suspect', sampleRatio?.isSuspect, false);
  report.expect(
    'outbox took the treated arms',
    found.filter((row) => !row.isHoldOut).every((row) => row.reached === row.targeted),
    true,
  );
}

function counts(client: ApiClient, flowId: string): Promise<FlowCounts> {
  return client.call(api.flows.counts, { params: { flowId } });
}

async function until<T>(what: string, ask: () => Promise<T | false | undefined>, limitMs = 300_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${limitMs / 1000} s: ${what}\n${app.output().slice(-3000)}`);
    await sleep(500);
  }
}

function addressOf(row: number): string {
  return `user-${row}@example.test`;
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 100) / 10;
}
