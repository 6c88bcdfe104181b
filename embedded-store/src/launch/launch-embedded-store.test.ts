import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { launchEmbeddedStore } from './launch-embedded-store.ts';

async function pidOf(client: MongoClient): Promise<number> {
  return Number((await client.db('admin').command({ serverStatus: 1 }))['pid']);
}

/** Asks until an answer comes: a store that starts again needs a moment. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

// Each of these starts processes one after the other: on a busy computer one alone may take many seconds.
describe('the launcher', { timeout: 180_000 }, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-launch-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('[STORE-16] brings the store back on the same address after a crash, with all that was acknowledged', async () => {
    const exits: { willRestart: boolean }[] = [];
    const store = await launchEmbeddedStore({ folder, onExit: (exit) => exits.push(exit) });
    const client = new MongoClient(store.url);
    const things = client.db('test').collection<{ _id: number }>('things');
    await things.insertOne({ _id: 1 });
    const pid = await pidOf(client);
    process.kill(pid, 'SIGKILL');
    expect(await untilAnswered(() => things.find().toArray())).toEqual([{ _id: 1 }]);
    expect(await pidOf(client)).not.toBe(pid);
    expect(exits).toEqual([{ sentence: expect.stringContaining('SIGKILL'), willRestart: true }]);
    await client.close();
    await store.stop();
  });

  it('[STORE-13] refuses a second store on the folder and leaves the first as it was', async () => {
    const store = await launchEmbeddedStore({ folder });
    await expect(launchEmbeddedStore({ folder })).rejects.toThrow(
      `The data folder ${folder} is in use by another process`,
    );
    const client = new MongoClient(store.url);
    await client.db('test').collection('things').insertOne({});
    await client.close();
    await store.stop();
    await store.stop();
    const again = await launchEmbeddedStore({ folder });
    await again.stop();
  });

  it('[STORE-17] listens on a socket that only this user can reach, else on the loopback interface', async () => {
    const store = await launchEmbeddedStore({ folder });
    expect(decodeURIComponent(store.url)).toContain(join(folder, 'store.sock'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await store.stop();
    const deep = join(folder, 'd'.repeat(110));
    const other = await launchEmbeddedStore({ folder: deep });
    expect(other.url).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\//);
    await other.stop();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '[STORE-16] goes on serving when %s reaches the whole process group, until its launcher stops it',
    async (signal) => {
      const exits: unknown[] = [];
      const store = await launchEmbeddedStore({ folder, onExit: (exit) => exits.push(exit) });
      const client = new MongoClient(store.url);
      const things = client.db('test').collection<{ _id: number }>('things');
      await things.insertOne({ _id: 0 });
      const pid = await pidOf(client);
      process.kill(pid, signal);
      // Many turns of the store's event loop: the signal has been seen by the last of them.
      for (let i = 1; i <= 20; i++) await things.insertOne({ _id: i });
      expect(await pidOf(client)).toBe(pid);
      expect(exits).toEqual([]);
      await client.close();
      await store.stop();
      const again = await launchEmbeddedStore({ folder });
      await again.stop();
    },
  );

  it('[STORE-16] ends the store when the launcher is killed', async () => {
    const program = fileURLToPath(new URL('../../test/launch-and-wait.ts', import.meta.url));
    const launcher: ChildProcess = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void launcher.kill('SIGKILL'));
    const [pid] = (await once(launcher.stdout as NodeJS.ReadableStream, 'data')).map((line) => Number(String(line)));
    launcher.kill('SIGKILL');
    // Until the first store lets go of the folder no other can have it.
    const store = await untilAnswered(() => launchEmbeddedStore({ folder }));
    const client = new MongoClient(store.url);
    expect(await pidOf(client)).not.toBe(pid);
    await client.close();
    await store.stop();
  });
});
