import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startApp, type TestApp } from '@sluice/runtime/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../commands.ts';
import { runCommand } from '../run-command.ts';

const PAGE = path.resolve(import.meta.dirname, '../../../docs/writing-a-node.md');

/** A fenced block: what it is, what it is called with, and what stands in it. */
interface Block {
  form: string;
  argument: string;
  text: string;
}

let app: TestApp;
let folder: string;
let env: Record<string, string>;
let administrator: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-writing-'));
  administrator = await app.signInAs('administrator');
  const headers = await app.signInAs('developer');
  const made = await app.call('POST', '/api/access-tokens', { headers, body: { name: 'page', days: 1 } });
  env = { SLUICE_URL: app.address, SLUICE_TOKEN: made.body.token };
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

function readBlocks(page: string): Block[] {
  return [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, form = '', argument = '', text = '']) => ({
      form,
      argument,
      text,
    }),
  );
}

const fileOf = (name: string) => path.join(folder, 'birthday-gift', name);

/** Each line that begins with `$` is typed; the lines behind it are found in the answer, in that order. */
async function followConsole(text: string): Promise<void> {
  for (const session of text.split(/^\$ sluice /m).slice(1)) {
    const [line = '', ...expected] = session.trimEnd().split('\n');
    const said: string[] = [];
    const say = (one: string) => said.push(one);
    await runCommand(commands, line.split(' '), { cwd: folder, env, write: say, warn: say });
    let from = 0;
    for (const part of expected) {
      const found = said.findIndex((one, index) => index >= from && one.includes(part));
      expect(found, `"${part}" in the answer to ${line}:\n${said.join('\n')}`).toBeGreaterThanOrEqual(0);
      from = found;
    }
  }
}

const follow: Record<string, (block: Block) => Promise<void>> = {
  console: ({ text }) => followConsole(text),
  json: ({ argument, text }) => writeFile(fileOf(argument), text),
  ts: ({ argument, text }) => writeFile(fileOf(argument), text),
  async edit({ argument, text }) {
    const [from = '', to = ''] = text.split('\n');
    const before = await readFile(fileOf(argument), 'utf8');
    expect(before).toContain(from);
    await writeFile(fileOf(argument), before.replace(from, to));
  },
  async http({ argument, text }) {
    const [line = '', ...body] = text.split('\n');
    const [method = '', address = ''] = line.split(' ');
    const answer = await app.call(method, address, { headers: administrator, body: JSON.parse(body.join('\n')) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(Number(argument));
  },
};

it('does from top to bottom what the page says, with the answers that it prints', async () => {
  const blocks = readBlocks(await readFile(PAGE, 'utf8'));
  expect(blocks.length).toBeGreaterThan(8);
  for (const block of blocks) {
    const act = follow[block.form];
    if (!act) throw new Error(`Nobody knows how to follow a block of ${block.form}`);
    await act(block);
  }
  const { body } = await app.call('GET', '/api/node-templates/installed', { headers: administrator });
  expect(body.items).toMatchObject([{ manifest: { name: 'birthday-gift', version: '1.0.0' }, state: 'available' }]);
});
