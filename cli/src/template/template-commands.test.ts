import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  Step as WrittenStep,
  Outcome as WrittenOutcome,
  Signal as WrittenSignal,
} from '../../scaffold/node-template.d.ts';
import type { TemplateOutcome, TemplateSignal, TemplateStep } from '@sluice/shared/node-template';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { commands } from '../commands.ts';
import { runCommand } from '../run-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-template-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function type(line: string, env: Record<string, string> = {}) {
  const said: string[] = [];
  const say = (one: string) => said.push(one);
  const code = await runCommand(commands, line.split(' '), { cwd: folder, env, write: say, warn: say });
  return { code, said: said.join('\n') };
}
const fileOf = (name: string) => path.join(folder, 'points-tier', name);
async function change(name: string, from: string, to: string): Promise<void> {
  const text = await readFile(fileOf(name), 'utf8');
  expect(text).toContain(from);
  await writeFile(fileOf(name), text.replace(from, to));
}

describe('a template that has just been begun', () => {
  beforeEach(() => type('template init points-tier'));

  it('passes its own test', async () => {
    const { code, said } = await type('template test points-tier');
    expect(said).toMatch(/^ok {3}who has reached it$/m);
    expect(said).toContain('13 passed, 0 failed');
    expect(code).toBe(0);
  });

  it('is not begun a second time, nor under a name that no kind may have', async () => {
    expect(await type('template init points-tier')).toMatchObject({
      code: 2,
      said: expect.stringContaining('is there already'),
    });
    expect(await type('template init Points')).toMatchObject({
      code: 2,
      said: expect.stringContaining('cannot name a template'),
    });
  });

  it('is told where its manifest is wrong, in the language of the terminal', async () => {
    await change('manifest.json', '"id": "below"', '"id": "under"');
    expect(await type('template test points-tier')).toMatchObject({
      code: 1,
      said: expect.stringContaining('/passBy'),
    });
    expect((await type('template test points-tier', { LANG: 'zh_CN.UTF-8' })).said).toContain('缺少');
  });

  it.each([
    ['a case that fails', 'cases.json', '"value": 100', '"value": 7', 'At /reason/values/value the answer is another'],
    ['a way out that is none', 'handler.ts', "'reached' : 'below'", "'reached' : 'above'", 'the way out "above"'],
    ['a clock', 'handler.ts', 'found : 0;', "found : Date.now();\n    fetch('http://example.com');", 'fetch'],
    ['chance', 'handler.ts', "typeof found === 'number' ? found : 0", 'Number(found)', 'values/value'],
    ['a syntax error', 'handler.ts', 'enter({', 'enter(({', 'handler.ts'],
    [
      'a module of Node',
      'handler.ts',
      'interface Params',
      "import 'node:fs';\ninterface Params",
      'The sandbox has no modules',
    ],
    [
      'an endless loop',
      'handler.ts',
      'const found',
      'while (params.least >= 0);\n    const found',
      'longer than its limit',
    ],
  ])('fails for %s, and says why', async (_what, file, from, to, sentence) => {
    await change(file, from, to);
    const { code, said } = await type('template test points-tier');
    expect(said).toContain(sentence);
    expect(code).toBe(1);
  });

  it('is answered in Chinese where that is asked for', async () => {
    const { code, said } = await type('template test points-tier --lang zh');
    expect(said).toContain('ok   标识符合要求');
    expect(said).toContain('通过 13 个，未通过 0 个');
    expect(code).toBe(0);
  });

  it('is told what it lacks: a folder, a manifest, a handler, sound cases', async () => {
    expect(await type('template test nowhere')).toMatchObject({
      code: 1,
      said: expect.stringContaining('sluice template init NAME'),
    });
    await writeFile(fileOf('cases.json'), '[{"name": "odd"}]');
    expect((await type('template test points-tier')).said).toContain('FAIL cases.json: /0 lacks “expect”. Add it.');
    await writeFile(fileOf('manifest.json'), '{');
    expect((await type('template test points-tier')).said).toContain('manifest.json: It is no JSON from line 1');
    await writeFile(fileOf('manifest.json'), 'null');
    expect(await type('template test points-tier')).toMatchObject({ code: 1 });
  });

  it('is told that its handler is not there', async () => {
    await rm(fileOf('handler.ts'));
    const { code, said } = await type('template test points-tier');
    expect(code).toBe(1);
    expect(said).toContain('There is no');
    expect(said).toContain('handler.ts');
  });

  it('is not published without a token, nor while it fails', async () => {
    expect(await type('template publish points-tier')).toMatchObject({
      code: 2,
      said: expect.stringContaining('SLUICE_TOKEN'),
    });
    await change('cases.json', '"value": 100', '"value": 7');
    expect(await type('template publish points-tier', { SLUICE_TOKEN: 'x' })).toMatchObject({ code: 1 });
  });
});

it('the types that a developer gets are those of the sandbox', () => {
  expectTypeOf<TemplateStep>().toMatchTypeOf<WrittenStep<Record<string, unknown>>>();
  expectTypeOf<WrittenOutcome>().toMatchTypeOf<TemplateOutcome>();
  expectTypeOf<TemplateSignal>().toEqualTypeOf<WrittenSignal>();
});
