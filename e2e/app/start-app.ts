import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { api } from '@sluice/shared/http-api';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const START_LIMIT_MS = 240_000;

export interface RunningApp {
  url: string;
  dataDir: string;
  pid: number;
  /** One-time token of the first visit; undefined when the data folder had an administrator already. */
  setupToken: string | undefined;
  /** Everything the process printed so far. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the product as `npm start` does, on a free port and (unless told) a new data folder, which is removed at the
 * stop. Rejects with what the process printed when it ends before it answers.
 */
export async function startApp(options: { env?: Record<string, string>; dataDir?: string } = {}): Promise<RunningApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'sluice-')));
  const child = spawn(process.execPath, ['runtime/src/main.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: path.join(ROOT, '.tools', 'compile-cache'),
      PORT: String(await freePort()),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      TIME_ZONE: 'UTC',
      ...options.env,
    },
  });
  let printed = '';
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-200_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

  const deadline = Date.now() + START_LIMIT_MS;
  let url: string | undefined;
  while (!url) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The app ended before it answered:\n${printed}`);
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The app did not answer within ${START_LIMIT_MS} ms:\n${printed}`);
    }
    await sleep(50);
    const address = /http:\/\/[\w.[\]:-]+:\d+/.exec(printed)?.[0];
    if (
      address &&
      (await fetch(`${address}/readyz`).then(
        (reply) => reply.ok,
        () => false,
      ))
    )
      url = address;
  }
  // The link of the first visit is printed after the address: whoever is quick would find none.
  const { needsSetup } = (await (await fetch(`${url}${api.access.state.path}`)).json()) as { needsSetup: boolean };
  const readToken = () => /[?&]token=([\w-]+)/.exec(printed)?.[1];
  if (needsSetup) while (readToken() === undefined && Date.now() < deadline) await sleep(20);
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    setupToken: readToken(),
    output: () => printed,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const code = await exited;
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** Tracked links carry the address of the app, so the port must be known before it starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
