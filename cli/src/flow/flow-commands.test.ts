import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startApp, type TestApp } from '@sluice/runtime/testing';
import { type Graph, writeFlowFile } from '@sluice/shared/graph';
import { api, type Flow } from '@sluice/shared/http-api';
import { readyFlows } from '@sluice/templates/flows';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../commands.ts';
import { runCommand } from '../run-command.ts';
import { compareGraphs } from './compare-graphs.ts';

const birthday = readyFlows.find(({ id }) => id === 'birthday');
if (!birthday) throw new Error('The ready-made flow is gone');
const graph: Graph = birthday.graph['en-US'];

let app: TestApp;
let folder: string;
let env: Record<string, string>;
let headers: Record<string, string>;

beforeAll(async () => {
  app = await startApp();
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-flows-'));
  headers = await app.signInAs('operator');
  const { body } = await app.call('POST', api.access.createAccessToken.path, {
    headers,
    body: { name: 'CLI', days: 1 },
  });
  env = { SLUICE_TOKEN: String(body.token), SLUICE_URL: app.address };
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function type(line: string, change: Record<string, string> = {}) {
  const said: string[] = [];
  const say = (one: string) => said.push(one);
  const code = await runCommand(commands, line.split(' '), {
    cwd: folder,
    env: { ...env, ...change },
    write: say,
    warn: say,
  });
  return { code, said: said.join('\n') };
}
const fileOf = (name: string) => path.join(folder, name);
const textOf = (name: string) => readFile(fileOf(name), 'utf8');
const change = async (name: string, from: string, to: string) =>
  writeFile(fileOf(name), (await textOf(name)).replace(from, to));
const create = async (): Promise<Flow> => {
  const { body } = await app.call('POST', api.flows.createFlow.path, { headers, body: { name: 'Birthday', graph } });
  return body as unknown as Flow;
};

describe('[TEXT-2] a flow that is pulled, changed and pushed', () => {
  let flow: Flow;
  beforeEach(async () => {
    flow = await create();
    await type(`flow pull ${flow.id} birthday.json --force`);
  });

  it('is saved as the next revision, which the file knows then', async () => {
    expect(await type('flow diff birthday.json')).toEqual({ code: 0, said: 'No difference.' });
    await change('birthday.json', '"Happy birthday"', '"Many happy returns"');
    const { code, said } = await type('flow diff birthday.json');
    expect({ code, said }).toEqual({
      code: 1,
      said: '~ node wish (email) /subject: "Happy birthday" → "Many happy returns"',
    });
    expect(await type('flow push birthday.json')).toMatchObject({ code: 0 });
    expect(await type('flow diff birthday.json')).toMatchObject({ code: 0 });
    expect(JSON.parse(await textOf('birthday.json'))).toMatchObject({ revision: 2, flowId: flow.id });
    const again = await type('flow push birthday.json');
    expect(again).toEqual({ code: 0, said: 'Nothing to save: revision 2 of “Birthday” says the same.' });
  });

  it('brings its cases along by name, and deletes none', async () => {
    const [one, other] = birthday?.cases['en-US'] ?? [];
    if (!one || !other) throw new Error('The ready-made flow lost its cases');
    const write = async (cases: object[]) => {
      const file = JSON.parse(await textOf('birthday.json')) as object;
      await writeFile(fileOf('birthday.json'), JSON.stringify({ ...file, cases }));
    };
    await write([one, other]);
    expect(await type('flow diff birthday.json')).toMatchObject({
      code: 1,
      said: `+ case ${JSON.stringify(one.name)}\n+ case ${JSON.stringify(other.name)}`,
    });
    expect((await type('flow push birthday.json')).said).toContain('Cases: 2 added, 0 changed.');
    expect(await type('flow diff birthday.json')).toEqual({ code: 0, said: 'No difference.' });
    await write([{ ...one, assertions: [{ kind: 'avoids', node: 'gift' }] }]);
    const { said } = await type('flow push birthday.json');
    expect(said).toContain('Cases: 0 added, 1 changed.');
    expect(said).toContain(`${JSON.stringify(other.name)} is not in the file and stays`);
    await type(`flow pull ${flow.id} again.json`);
    expect(JSON.parse(await textOf('again.json')).cases).toHaveLength(2);
  });

  it('is not saved over what somebody saved meanwhile', async () => {
    const params = api.flows.saveDraft.path.replace(':flowId', flow.id);
    await app.call('PUT', params, { headers, body: { name: 'Theirs', graph, baseRevision: 1 } });
    const before = await textOf('birthday.json');
    expect(await type('flow push birthday.json')).toMatchObject({
      code: 1,
      said: expect.stringContaining('Nothing was saved'),
    });
    expect(await textOf('birthday.json')).toBe(before);
  });

  it('is not pulled over what somebody wrote in the file', async () => {
    await change('birthday.json', '"Happy birthday"', '"Many happy returns"');
    const before = await textOf('birthday.json');
    const { code, said } = await type(`flow pull ${flow.id} birthday.json`);
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('it was not touched') });
    expect(await textOf('birthday.json')).toBe(before);
    expect(await type(`flow pull ${flow.id} birthday.json --force`)).toMatchObject({ code: 0 });
    expect(await textOf('birthday.json')).not.toBe(before);
    expect((await type(`flow pull ${flow.id} birthday.json`)).said).toContain('says the same already');
  });

  it('becomes a flow of its own with --create', async () => {
    expect(await type('flow push birthday.json --create')).toMatchObject({ code: 0 });
    expect(JSON.parse(await textOf('birthday.json')).flowId).not.toBe(flow.id);
  });
});

describe('[TEXT-3] validating without a server', () => {
  it('finds what publishing would, with the node and what to do', async () => {
    await writeFile(fileOf('sound.json'), writeFlowFile({ name: 'Sound', graph }));
    expect(await type('flow validate sound.json')).toEqual({ code: 0, said: 'sound.json: 0 errors, 0 warnings' });
    const broken: Graph = {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.id === 'wish' ? { ...node, params: { ...node.params, body: '<mjml><mj-nothing/></mjml>' } } : node,
      ),
      edges: graph.edges.filter(({ from }) => from !== 'gift'),
    };
    await writeFile(fileOf('broken.json'), writeFlowFile({ name: 'Broken', graph: broken }));
    const { code, said } = await type('flow validate broken.json');
    expect(code).toBe(1);
    expect(said).toContain('broken.json: 1 error, ');
    expect(said).toContain('broken.json: error: node gift “Gift”');
    expect(said).toMatch(/warning: node wish .*content-invalid/);
  });

  it('says where a file is none, or is not there', async () => {
    expect(await type('flow validate nowhere.json')).toMatchObject({
      code: 2,
      said: `There is no ${fileOf('nowhere.json')}. Check the name.`,
    });
    await writeFile(fileOf('none.json'), '{"graph":{"schema":1,"nodes":[{}],"edges":[]}}');
    expect(await type('flow validate none.json')).toMatchObject({
      code: 2,
      said: expect.stringContaining('/graph/nodes/0'),
    });
    await writeFile(fileOf('cut.json'), '{\n  "graph": {,}\n}');
    expect((await type('flow validate cut.json')).said).toContain('line 2, column 13');
    expect((await type('flow validate cut.json --lang zh')).said).toContain('第 2 行第 13 列');
    expect(await type('flow validate .')).toMatchObject({ code: 2, said: expect.stringContaining('is a folder') });
  });
});

describe('[TEXT-4] what is wrong with a call', () => {
  const DEAD = 'http://127.0.0.1:9';
  it.each<[string, Record<string, string>, string]>([
    ['flow pull f1', { SLUICE_TOKEN: '' }, 'Set SLUICE_TOKEN'],
    ['flow pull f1', { SLUICE_TOKEN: 'a b' }, 'SLUICE_TOKEN is no access token'],
    ['flow pull f1', { SLUICE_TOKEN: 'wrong' }, 'The server does not accept SLUICE_TOKEN'],
    ['flow pull f1 --url localhost:4310', {}, 'it begins with http:// or https://'],
    ['flow pull f1', { SLUICE_URL: DEAD }, `No server answers at ${DEAD}`],
    ['flow pull nothing', {}, 'Check the id'],
    ['flow push nothing.json', {}, 'There is no'],
    ['flow test', {}, 'Name either a file or a flow'],
  ])('“%s” is said with what to do, in both languages', async (line, change, words) => {
    const english = await type(line, change);
    expect(english.code).toBe(2);
    expect(english.said).toContain(words);
    const chinese = await type(`${line} --lang zh`, change);
    expect(chinese.code).toBe(2);
    expect(chinese.said.split('\n')[0]).toMatch(/\p{Script=Han}/u);
  });

  it('is said, too, where something else than Sluice answers', async () => {
    const other = createServer((_request, reply) =>
      reply.setHeader('content-type', 'application/json').end('{"ok":true}'),
    );
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = other.address() as AddressInfo;
      const { code, said } = await type('flow pull f1', { SLUICE_URL: `http://127.0.0.1:${port}` });
      expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('but not as Sluice does') });
    } finally {
      other.close();
    }
  });

  it('is said for a graph whose cases cannot be run', async () => {
    const cut: Graph = { ...graph, edges: graph.edges.filter(({ from }) => from !== 'gift') };
    await writeFile(
      fileOf('cut-graph.json'),
      writeFlowFile({ graph: cut, cases: [...(birthday?.cases['en-US'] ?? [])] }),
    );
    const { code, said } = await type('flow test cut-graph.json');
    expect(code).toBe(2);
    expect(said).toContain('cut-graph.json: error: node gift “Gift”');
    expect(said).toContain('sluice flow validate cut-graph.json');
  });
});

describe('[CASE-3] the cases of a file', () => {
  it('are run without a server; the exit code and the JUnit report say which fail', async () => {
    const [passing, other] = birthday?.cases['en-US'] ?? [];
    if (!passing || !other) throw new Error('The ready-made flow lost its cases');
    const failing = {
      ...other,
      name: 'Never & nowhere',
      assertions: [
        { kind: 'avoids', node: 'gift' },
        { kind: 'reaches', node: 'gone' },
      ],
    };
    await writeFile(fileOf('cases.json'), writeFlowFile({ graph, cases: [passing, failing] }));
    const { code, said } = await type('flow test cases.json --junit report.xml');
    expect(said).toContain(
      `ok   ${passing.name}\nFAIL Never & nowhere\n       avoids "gift": not so\n       reaches "gone": no longer in the flow\n`,
    );
    expect(code).toBe(1);
    const xml = await textOf('report.xml');
    expect(xml).toContain('<testsuites tests="2" failures="1">');
    expect(xml).toContain('Never &amp; nowhere');
  });

  it('that are stored with a flow are run on the server', async () => {
    const { id } = await create();
    expect(await type(`flow test --flow ${id}`)).toEqual({
      code: 0,
      said: expect.stringMatching(/There are no cases: .*\n0 passed, 0 failed/),
    });
  });
});

describe('[TEXT-1] the text of a flow', () => {
  const linesOf = (one: Graph) => writeFlowFile({ flowId: 'f', name: 'Flow', graph: one }).split('\n');
  /** Lines that a line-wise diff shows, without the common beginning and end. */
  function changedLines(before: readonly string[], after: readonly string[]): number {
    let start = 0;
    while (start < before.length && before[start] === after[start]) start += 1;
    let end = 0;
    while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
    return before.length - start - end + (after.length - start - end);
  }

  it('changes by one line where one setting changes, and by the lines of a node where one is added', () => {
    const moved = { ...graph, nodes: graph.nodes.toReversed(), edges: graph.edges.toReversed() };
    expect(linesOf(moved)).toEqual(linesOf(graph));
    const changed = {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.id === 'used' ? { ...node, params: { ...node.params, timeoutMs: 1000 } } : node,
      ),
    };
    expect(changedLines(linesOf(graph), linesOf(changed))).toBe(2);
    const added = {
      id: 'pause',
      kind: 'delay',
      kindVersion: 1,
      params: { durationMs: 1000 },
      position: { x: 0, y: 0 },
    };
    expect(changedLines(linesOf(graph), linesOf({ ...graph, nodes: [...graph.nodes, added] }))).toBe(12);
    expect(compareGraphs(graph, { ...graph, nodes: [...graph.nodes, added] })).toEqual(['+ node pause (delay)']);
  });

  it('names each place that differs, and of a long text the words around it', () => {
    const [first, ...others] = graph.nodes;
    if (!first) throw new Error('The ready-made flow is empty');
    const body = (word: string) => `${'Dear friend, '.repeat(20)}${word} is for you`;
    const with_ = (params: object): Graph => ({ ...graph, nodes: [{ ...first, params: { ...params } }, ...others] });
    const before = with_({ audience: { op: 'all', of: [{ value: 1 }, { value: 2 }] }, body: body('tea') });
    const after = with_({ audience: { op: 'all', of: [{ value: 1 }, { value: 3 }] }, body: body('coffee') });
    expect(compareGraphs(before, after)).toEqual([
      `~ node ${first.id} (${first.kind}) /audience/of/1/value: 2 → 3`,
      `~ node ${first.id} (${first.kind}) /body: …riend, Dear friend, tea is for you" → …riend, Dear friend, coffee is for you"`,
    ]);
    const measured = { ...graph, measurement: { ...graph.measurement, windowMs: 60_000 } };
    expect(
      compareGraphs(measured, { ...measured, measurement: { ...measured.measurement, windowMs: 90_000 } }),
    ).toEqual(['~ measurement windowMs: 60000 → 90000']);
  });
});
