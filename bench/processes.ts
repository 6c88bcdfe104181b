/** Events matched per second with 1, 2 and 4 runtime processes on this machine's cores. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const COUNTS = [1, 2, 4];
const rates: Record<string, unknown> = {};
for (const count of COUNTS) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'events.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { WAITING: '20000', EVENTS: '20000', SECONDS: '5', ...process.env, PROCESSES: String(count) },
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await once(child, 'close');
  const figures = JSON.parse(printed.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
  rates[count] = { matchedPerSecond: figures['matchedPerSecond'], p99Ms: figures['p99Ms'] };
  console.log(`${count}: ${JSON.stringify(rates[count])}`);
}
const passed = COUNTS.every((count) => Number((rates[count] as { matchedPerSecond?: number }).matchedPerSecond) > 0);
console.log(JSON.stringify({ name: 'processes', passed, rates }));
process.exitCode = passed ? 0 : 1;
