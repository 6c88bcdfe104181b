import { createServer, type Server, type Socket } from 'node:net';
import { removeLeftovers } from '../collection/remove-leftovers.ts';
import { expireDocuments } from '../index/expire-documents.ts';
import { openStoreFolder } from '../storage/store-folder.ts';
import { openMemoryStore } from '../storage/memory-store.ts';
import { serveConnection } from './connection.ts';
import { createEngine, type Engine } from './engine.ts';

/** Where a server listens: a Unix socket, or a port of the loopback interface (0 is any free one). */
export type Listen = { path: string } | { port: number };

export interface StoreServerOptions {
  /** The data folder; leave out with `inMemory`. */
  folder?: string;
  inMemory?: boolean;
  listen: Listen;
  /** How often TTL indexes are swept; MongoDB's minute unless a test wants another. */
  expireEveryMs?: number;
  /** Called when the folder belongs to this process, before it listens. */
  onLocked?: () => void;
}

export interface StoreServer {
  /** A connection string for the official driver. */
  url: string;
  engine: Engine;
  /** Stops taking connections, finishes what is queued, closes the files. */
  stop(): Promise<void>;
}

const expireEveryMs = 60_000;
const cursorIdleMs = 10 * 60_000;

/** Starts a store in this process; `launchEmbeddedStore` gives it a process of its own. */
export async function startStoreServer(options: StoreServerOptions): Promise<StoreServer> {
  const opened = options.inMemory
    ? { store: openMemoryStore(), release: () => {} }
    : await openStoreFolder(requireFolder(options));
  const engine = createEngine(opened.store);
  const sockets = new Set<Socket>();
  let nextConnection = 1;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(engine, socket, nextConnection++);
  });
  try {
    options.onLocked?.();
    await listen(server, options.listen);
  } catch (error) {
    await opened.store.close();
    opened.release();
    throw error;
  }
  const sweeper = startSweeper(engine, options.expireEveryMs ?? expireEveryMs);
  return {
    url: urlOf(server, options.listen),
    engine,
    stop: async () => {
      clearInterval(sweeper);
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      engine.cursors.closeAll();
      await engine.writes.drain();
      await opened.store.close();
      opened.release();
    },
  };
}

function requireFolder({ folder }: StoreServerOptions): string {
  if (folder === undefined) throw new Error('The embedded store needs a folder for its data, or inMemory: true.');
  return folder;
}

function startSweeper(engine: Engine, everyMs: number): NodeJS.Timeout {
  let isRunning = false;
  const sweep = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    try {
      engine.cursors.sweep(cursorIdleMs, Date.now());
      await expireDocuments(engine, new Date());
      await removeLeftovers(engine);
    } catch (error) {
      console.error('embedded store: the sweep failed and will be tried again', error);
    } finally {
      isRunning = false;
    }
  };
  const timer = setInterval(() => void sweep(), everyMs);
  timer.unref();
  return timer;
}

function listen(server: Server, where: Listen): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Never another address than loopback: the store has no authentication.
    if ('path' in where) server.listen(where.path, resolve);
    else server.listen(where.port, '127.0.0.1', resolve);
  });
}

function urlOf(server: Server, where: Listen): string {
  const address = server.address();
  const host =
    'path' in where || address === null || typeof address === 'string'
      ? encodeURIComponent('path' in where ? where.path : String(address))
      : `127.0.0.1:${address.port}`;
  return `mongodb://${host}/?directConnection=true&retryWrites=false`;
}
