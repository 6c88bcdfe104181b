import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type App, compose } from './compose.ts';
import { type Config, readConfig } from './config.ts';
import { explainStartFailure } from './ops/explain-start-failure.ts';
import { createLog } from './ops/log.ts';
import { openDatabase } from './ops/open-database.ts';
import { stopOnSignal } from './ops/stop-on-signal.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Starts the product; whatever was opened before a failure is closed again, so that the folder is free for the next try. */
async function start(config: Config): Promise<void> {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const log = createLog(config.logLevel);
  const opened = await openDatabase(config, log);
  let app: App | undefined;
  const stop = async () => {
    await app?.close();
    await opened.close();
  };
  try {
    app = await compose(config, opened.database, { log, version, clock: { now: Date.now } });
    const address = await app.listen();
    stopOnSignal(stop, console.log);
    await greet(address, app);
  } catch (failure) {
    await stop();
    throw failure;
  }
}

async function greet(address: string, app: App): Promise<void> {
  console.log(`Sluice 渠成  ${address}`);
  const token = await app.openSetup();
  if (token === undefined) return;
  console.log(`
  First start: create the administrator here (the link works once)
  首次启动：请打开以下链接创建管理员（链接仅可使用一次）

  ${address}/setup?token=${token}
`);
}

let config: Config | undefined;
try {
  config = readConfig(process.env, root);
  await start(config);
} catch (failure) {
  console.error(explainStartFailure(failure, config));
  // Not by running out of work: a connection left over would keep a failed start alive.
  process.exit(1);
}
