import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineFlow } from './fixture/engine-flow.ts';
import { openHttpSink } from './fixture/http-sink.ts';
import { insertFloor } from './fixture/insert-floor.ts';
import { insertCustomers, openMeasuredApp, publishFlow } from './fixture/measured-app.ts';
const PROFILES = Number(process.env['PROFILES'] ?? 20_000);
const sink = await openHttpSink();
const app = await openMeasuredApp({ HTTP_ALLOW_PRIVATE: 'yes' });
const cpu = (pid: number) => {
  const p = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(p[11]) + Number(p[12])) / 100;
};
const storePid = Number((await app.database.admin().serverStatus())['pid']);
const pids = { app: app.apps[0]!.pid, store: storePid, bench: process.pid };
const cpus = () => Object.fromEntries(Object.entries(pids).map(([k, p]) => [k, cpu(p)]));
await insertCustomers(app, PROFILES);
for (let round = 0; round < Number(process.env['ROUNDS'] ?? 1); round++) {
  const c0 = cpus();
  const s0 = await app.database.admin().serverStatus();
  const r0 = sink.received();
  const startedAt = Date.now();
  const flowId = await publishFlow(app, 'Engine', engineFlow(process.env['NOCALL'] ? {} : { url: sink.url }));
  let last = c0;
  for (;;) {
    await sleep(1000);
    const runs = await app.database.collection('runs').countDocuments({ flowId });
    const ended = await app.database.collection('runs').countDocuments({ flowId, status: 'ended' });
    const open = await app.database
      .collection('calls')
      .countDocuments({ flowId, status: { $in: ['planned', 'sending'] } });
    const c = cpus();
    console.log(
      ((Date.now() - startedAt) / 1000).toFixed(1),
      { runs, ended, open, received: sink.received() - r0 },
      Object.entries(c)
        .map(([k, v]) => `${k} ${(v - last[k]!).toFixed(2)}`)
        .join(' '),
    );
    last = c;
    if (ended === PROFILES && open === 0 && (process.env['NOCALL'] || sink.received() - r0 >= PROFILES)) break;
  }
  const c = cpus();
  console.log(
    'cpu',
    Object.entries(c)
      .map(([k, v]) => `${k} ${(v - c0[k]!).toFixed(2)}`)
      .join(' '),
    'seconds',
    (Date.now() - startedAt) / 1000,
  );
  const s1 = await app.database.admin().serverStatus();
  for (const [k, v] of Object.entries(s1['metrics'].commands as Record<string, { total: number }>)) {
    const d = v.total - (s0['metrics'].commands[k]?.total ?? 0);
    if (d > 5) console.log('  ', k, d);
  }
  const f0 = cpus();
  const floor = await insertFloor(app.mongo, [
    { collection: 'runs', filter: { flowId } },
    { collection: 'calls', filter: { flowId } },
  ]);
  const f1 = cpus();
  console.log(
    'floor',
    floor,
    'store cpu',
    (f1['store']! - f0['store']!).toFixed(2),
    'bench cpu',
    (f1['bench']! - f0['bench']!).toFixed(2),
  );
}
await app.close();
await sink.close();
process.exit(0);
