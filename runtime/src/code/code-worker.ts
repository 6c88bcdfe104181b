import { readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { BEGUN, DONE, type WorkerOptions, type WorkOrder, type WorkReport } from './work-order.ts';

// The thread in which code of users runs, and nothing else. It has no environment, and may be ended at any moment.

/** Behind that much of a turn the thread is given back, so that one slow source does not keep all others waiting. */
const TURN_MS = 100;

/** So many sources are kept ready; each holds a megabyte or two. */
const MOST_SANDBOXES = 16;

const wasm = new WebAssembly.Module(readFileSync(fileURLToPath(import.meta.resolve('quickjs-wasi/quickjs.wasm'))));
const sandboxes = new Map<string, Sandbox>();
const port = parentPort;
if (port === null) throw new Error('code-worker runs in a worker thread');

// On Linux this is of the thread alone, elsewhere it would be of the whole process.
if ((workerData as WorkerOptions).hasLowPriority && process.platform === 'linux')
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

function cpuNow(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function sandboxFor({ source, limits }: WorkOrder): Sandbox {
  const key = JSON.stringify([source, limits]);
  const sandbox = sandboxes.get(key) ?? createSandbox(wasm, source, limits, cpuNow);
  // Taken out and put back: the first of the map is the one that was used longest ago.
  sandboxes.delete(key);
  sandboxes.set(key, sandbox);
  for (const oldest of sandboxes.keys()) {
    if (sandboxes.size <= MOST_SANDBOXES) break;
    sandboxes.delete(oldest);
  }
  return sandbox;
}

port.on('message', async (order: WorkOrder) => {
  Atomics.store(order.progress, BEGUN, 1);
  const sandbox = sandboxFor(order);
  const report: WorkReport = [];
  const begunAt = performance.now();
  for (const { args, now } of order.inputs) {
    if (report.length > 0 && performance.now() - begunAt > TURN_MS) break;
    report.push(await sandbox.run(args, now));
    Atomics.store(order.progress, DONE, report.length);
  }
  port.postMessage(report);
});
