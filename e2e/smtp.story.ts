import { api } from '@sluice/shared/http-api';
import { hillstromFlow } from './app/hillstrom-flow.ts';
import { createSample, HISTORY_BOUND, isInAudience, sampleCsv, SEGMENTS } from './app/sample.ts';
import { startSmtpSink } from './app/smtp-sink.ts';
import { expect, test } from './app/story.ts';
import { importSample } from './app/import-sample.ts';
import { enter } from './pages/entry.ts';
import { sendThroughSmtp } from './pages/settings.ts';
import { Shell } from './pages/shell.ts';

test('every treated person is written to exactly once through a real SMTP server', async ({ page, app }) => {
  const sink = await startSmtpSink();
  const rows = createSample(200);
  const treated = rows.filter((row) => isInAudience(row) && row.segment !== SEGMENTS[2]);

  const client = await enter(page, app);

  await test.step('the administrator sets the server up on the settings page', async () => {
    await new Shell(page).goTo('E-mail');
    await sendThroughSmtp(page, { host: '127.0.0.1', port: sink.port, from: 'Shop <shop@example.test>' });
  });

  await test.step('a campaign without a wait is published', async () => {
    await importSample(client, sampleCsv(rows));
    const graph = hillstromFlow({
      by: 'attribute',
      audience: { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: HISTORY_BOUND } },
    });
    const flow = await client.call(api.flows.createFlow, { body: { name: 'By SMTP', graph } });
    await client.call(api.flows.publishFlow, {
      params: { flowId: flow.id },
      body: { baseRevision: flow.revision, note: 'first' },
    });
  });

  await test.step('the server has every address of the two arms, each once', async () => {
    const wanted = Object.fromEntries(treated.map(({ userId }) => [`${userId}@example.test`, 1]));
    await expect.poll(() => Object.fromEntries(sink.recipients), { timeout: 60_000 }).toEqual(wanted);
    expect([...sink.messageIds.values()].every((times) => times === 1)).toBe(true);
    expect(sink.messageIds.size).toBe(treated.length);
  });
  await sink.close();
});
