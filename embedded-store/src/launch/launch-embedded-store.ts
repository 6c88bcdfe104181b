import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Listen } from '../server/store-server.ts';
import { chooseAddress } from './choose-address.ts';
import { isProcessMessage, type StopMessage } from './process-message.ts';

export interface LaunchOptions {
  /** Where the data lies; made when missing, readable for this user alone. */
  folder: string;
  /**
   * Called when the store's process ended without being told to. `willRestart` is false after it failed to come
   * back several times: then nothing answers at the address any more.
   */
  onExit?: (exit: { sentence: string; willRestart: boolean }) => void;
}

export interface EmbeddedStore {
  /** A connection string for the official MongoDB driver; stays the same over restarts. */
  url: string;
  /** Ends the process after its last write; calling it again waits for the same end. */
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('./store-process.ts', import.meta.url));
const firstPauseMs = 100;
const longestPauseMs = 10_000;
const maxFailedRestarts = 8;
const stopPatienceMs = 10_000;

/**
 * Starts the embedded store in a process of its own and keeps it running: after a crash it comes back on the same
 * address, and the driver reconnects. It ends with this process, however this process ends.
 * Rejects with one sentence when the folder cannot be written, is in use, or has an unknown format.
 *
 * States: starting -> running -> (crashed -> pausing -> starting) ... -> stopping -> stopped.
 */
export async function launchEmbeddedStore({ folder, onExit }: LaunchOptions): Promise<EmbeddedStore> {
  const path = makePrivate(resolvePath(folder));
  let address = chooseAddress(path, process.platform);
  let failedRestarts = 0;
  let isStopping = false;
  let pause: NodeJS.Timeout | undefined;
  let { child, url, port } = await startProcess(path, address);
  if (port !== undefined) address = { port };
  superviseExit(child);

  function superviseExit(running: ChildProcess): void {
    running.once('exit', (code, signal) => {
      if (isStopping) return;
      failedRestarts++;
      report(`The embedded store's process ended unexpectedly (${signal ?? `exit code ${code}`}).`);
      planRestart();
    });
  }

  function report(sentence: string): void {
    onExit?.({ sentence, willRestart: failedRestarts <= maxFailedRestarts });
  }

  function planRestart(): void {
    if (failedRestarts > maxFailedRestarts) return;
    const pauseMs = Math.min(firstPauseMs * 2 ** (failedRestarts - 1), longestPauseMs);
    pause = setTimeout(() => void restart(), pauseMs);
  }

  async function restart(): Promise<void> {
    try {
      const started = await startProcess(path, address);
      child = started.child;
      if (isStopping) endProcess(child);
      else superviseExit(child);
      // Only a process that stays up for a while counts as recovered, or a crash loop would never slow down.
      pause = setTimeout(() => (failedRestarts = 0), longestPauseMs);
      pause.unref();
    } catch (error) {
      failedRestarts++;
      report((error as Error).message);
      planRestart();
    }
  }

  let stopped: Promise<void> | undefined;
  return {
    url,
    stop: () => {
      isStopping = true;
      clearTimeout(pause);
      return (stopped ??= waitForEnd(child));
    },
  };
}

function makePrivate(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The socket lies inside: whoever may enter the folder may talk to the store.
    chmodSync(folder, 0o700);
    return folder;
  } catch (error) {
    throw new Error(
      `The embedded store cannot use ${folder} as its data folder (${(error as NodeJS.ErrnoException).code}). ` +
        'Give this user the right to write there, or choose another folder.',
      { cause: error },
    );
  }
}

function startProcess(folder: string, address: Listen): Promise<{ child: ChildProcess; url: string; port?: number }> {
  const where = 'path' in address ? address.path : String(address.port);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, folder, where], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Flags of the launcher (a debugger, a test runner's loader) are not meant for the store.
    env: { ...process.env, NODE_OPTIONS: process.env.NODE_OPTIONS },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`The embedded store's process ended before it was ready (${signal ?? `exit code ${code}`}).`));
    });
    child.on('message', (message) => {
      if (!isProcessMessage(message)) return;
      if (message.kind === 'failed') reject(new Error(message.sentence));
      else {
        // The store must not keep its launcher alive when that has nothing else to do.
        child.unref();
        child.channel?.unref();
        resolve({ child, url: message.url, ...(message.port !== undefined && { port: message.port }) });
      }
    });
  });
}

function endProcess(child: ChildProcess): void {
  const message: StopMessage = { kind: 'stop' };
  if (child.connected) child.send(message, () => {});
  else child.kill('SIGTERM');
}

function waitForEnd(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const impatience = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
    child.ref();
    child.once('exit', () => {
      clearTimeout(impatience);
      resolve();
    });
    endProcess(child);
  });
}
