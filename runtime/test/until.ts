import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 20;
const LIMIT_MS = 60_000;

/** Reads until the answer is as wanted, and answers with it; the clock work of the product runs beside. Also for hooks. */
export async function until<T>(read: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  for (const end = performance.now() + LIMIT_MS; ; await sleep(EVERY_MS)) {
    const found = await read();
    if (isSo(found)) return found;
    if (performance.now() > end) throw new Error(`It did not become so: ${JSON.stringify(found)}`);
  }
}
