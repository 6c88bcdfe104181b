/**
 * The store's own process: `node store-process.ts <folder> <socket path | port>`.
 * States: starting -> ready or failed; ready -> stopping when told so, or when the launcher is gone. Signals end it
 * only when there is no launcher.
 */
import { chmodSync, existsSync, unlinkSync } from 'node:fs';
import { type Listen, startStoreServer, type StoreServer } from '../server/store-server.ts';
import type { ProcessMessage } from './process-message.ts';

const [folder = '', where = ''] = process.argv.slice(2);
const listen: Listen = /^\d+$/.test(where) ? { port: Number(where) } : { path: where };

function tell(message: ProcessMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, undefined, {}, () => resolve());
    else resolve();
  });
}

let server: StoreServer | undefined;
let isStopping = false;

async function start(): Promise<void> {
  watchLauncher();
  try {
    server = await startLocked(folder, listen);
    if (isStopping) return endServer(server);
    const port = /127\.0\.0\.1:(\d+)/.exec(server.url)?.[1];
    await tell({ kind: 'ready', url: server.url, ...(port && { port: Number(port) }) });
  } catch (error) {
    await tell({ kind: 'failed', sentence: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
}

async function startLocked(folder: string, listen: Listen): Promise<StoreServer> {
  // A socket file outlives a process that was killed. Under the folder's lock nobody else can be listening on it.
  const server = await startStoreServer({
    folder,
    listen,
    onLocked: () => {
      if ('path' in listen && existsSync(listen.path)) unlinkSync(listen.path);
    },
  });
  if ('path' in listen) chmodSync(listen.path, 0o600);
  return server;
}

function watchLauncher(): void {
  // The channel closes when the launcher ends, even by SIGKILL: the store must not outlive it.
  process.on('disconnect', stop);
  process.on('message', stop);
  // Ctrl-C, and a service manager's SIGTERM, reach the whole process group: a store that ended by itself would cut off
  // the last writes of a launcher that is still shutting down. While there is a launcher, it alone decides.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!process.connected) stop();
    });
  }
}

/** Ends the server, or sees to it that one that is still starting ends at once. */
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  if (server) endServer(server);
}

function endServer(running: StoreServer): void {
  running.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error('embedded store: stopping failed', error);
      process.exit(1);
    },
  );
}

await start();
