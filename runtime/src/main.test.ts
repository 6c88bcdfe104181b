import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = path.resolve(import.meta.dirname, 'main.ts');

interface Started {
  child: ChildProcess;
  output(): string;
  /** Resolves with the match, or rejects with the output when the process ends first. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<number | null>;
}

let folder: string;
let running: Started[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sluice-main-'));
  running = [];
});
afterEach(async () => {
  for (const { child } of running) if (child.exitCode === null) child.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function start(env: Record<string, string> = {}): Started {
  const { MONGODB_URL: _shared, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { ...inherited, PORT: '0', DATA_DIR: path.join(folder, 'data'), LOG_LEVEL: 'warn', ...env },
  });
  let output = '';
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer) => {
    output += String(chunk);
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => resolve(code));
  });
  const started: Started = {
    child,
    ended,
    output: () => output,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without saying ${pattern}:\n${output}`)));
      }),
  };
  running.push(started);
  return started;
}

const addressOf = async (server: Started) => (await server.says(/http:\/\/127\.0\.0\.1:\d+(?=\n)/))[0];

async function freePort(): Promise<{ port: number; release(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const place = server.address() as { port: number };
  return {
    port: place.port,
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

describe('a start', () => {
  it('prints the address and a set-up link that works, and ends cleanly on SIGTERM', async () => {
    const server = start();
    const address = await addressOf(server);
    const [, token] = await server.says(/setup\?token=([\w-]{43})/);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    const setup = await fetch(`${address}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, email: 'a@b.test', name: 'A', password: 'long enough' }),
    });
    expect(setup.status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);

    const again = start();
    await addressOf(again);
    expect((await (await fetch(`${await addressOf(again)}/api/state`)).json()) as object).toMatchObject({
      needsSetup: false,
    });
    again.child.kill('SIGINT');
    expect(await again.ended).toBe(0);
    expect(again.output()).not.toContain('token=');
  });

  it('lets a call in flight finish before it ends', async () => {
    const server = start();
    const address = await addressOf(server);
    const [, token] = await server.says(/setup\?token=([\w-]{43})/);
    const body = JSON.stringify({ token, email: 'a@b.test', name: 'A', password: 'long enough' });
    const headers = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' };
    const call = request(`${address}/api/setup`, { method: 'POST', headers });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      call.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    call.flushHeaders();
    await once(call, 'continue');
    server.child.kill('SIGTERM');
    await server.says(/Stopping/);
    call.end(body);
    expect(await answered).toBe(200);
    expect(await server.ended).toBe(0);
  });
});

describe('a start that cannot be', () => {
  const failureOf = async (env: Record<string, string>) => {
    const server = start(env);
    const code = await server.ended;
    return { code, lines: server.output().trim().split('\n') };
  };

  it('names the port in use and frees the data folder again', async () => {
    const taken = await freePort();
    const { code, lines } = await failureOf({ PORT: String(taken.port) });
    expect([code, lines]).toEqual([
      1,
      [`Port ${taken.port} on 127.0.0.1 is in use; stop what uses it, or set PORT to another one.`],
    ]);
    await taken.release();
    await addressOf(start());
  });

  it('names a data folder that cannot be written', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const { code, lines } = await failureOf({ DATA_DIR: path.join(file, 'data') });
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain(path.join(file, 'data'));
  });

  it('names a data folder that another process uses, and leaves that one alone', async () => {
    const first = start();
    const address = await addressOf(first);
    const { code, lines } = await failureOf({});
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain(path.join(folder, 'data'));
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
  });

  it('names a MongoDB that does not answer, without the password', async () => {
    const nobody = await freePort();
    await nobody.release();
    const { code, lines } = await failureOf({ MONGODB_URL: `mongodb://ann:secret@127.0.0.1:${nobody.port}/x` });
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain(`mongodb://***@127.0.0.1:${nobody.port}`);
    expect(lines[0]).toContain('MONGODB_URL');
    expect(lines[0]).not.toContain('secret');
  });

  it('names a bad setting', async () => {
    const { code, lines } = await failureOf({ PORT: 'abc' });
    expect([code, lines]).toEqual([1, ['PORT must be a number from 0 to 65535, not "abc".']]);
  });
});
