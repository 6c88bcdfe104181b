import type { Account } from '@sluice/shared/http-api';
import type { TemplateManifest } from '@sluice/shared/node-template';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { type CodeSandbox, createCodeRunner } from '../code/code-runner.ts';
import { createTemplateRegistry, type TemplateRegistry } from './registry.ts';
import { nodeTemplates } from './template-record.ts';
import { bundle, TIER, TIER_CASES, TIER_SOURCE } from './template.fixture.ts';

let opened: TestDatabase;
let code: CodeSandbox;
let registry: TemplateRegistry;
const DEVELOPER: Account = { id: 'd', email: 'd@example.test', name: 'Dev', role: 'developer', createdAt: '' };
const ADMINISTRATOR: Account = { ...DEVELOPER, id: 'a', name: 'Ada', role: 'administrator' };

beforeAll(async () => {
  opened = await openTestDatabase([nodeTemplates]);
  code = createCodeRunner({ threads: 1 });
  registry = createTemplateRegistry({ database: opened.database, clock: { now: () => 1_800_000_000_000 }, code });
});
beforeEach(() => opened.database.collection(nodeTemplates).deleteMany({}));
afterAll(async () => {
  await code.stop();
  await opened.close();
});

const submit = (change: Partial<TemplateManifest> = {}, source = TIER_SOURCE, cases = TIER_CASES) =>
  registry.submit({ manifest: { ...TIER, ...change }, source, cases }, DEVELOPER);
const refusal = async (attempt: Promise<unknown>) => {
  try {
    await attempt;
  } catch (error) {
    const { code, message, details } = error as { code: string; message: string; details: { problem?: object } };
    return { code, message, problem: details.problem };
  }
  throw new Error('It was not refused');
};
const params = (properties: object): TemplateManifest['params'] => ({
  type: 'object',
  properties: { ...TIER.params.properties, ...properties },
});

describe('publishing', () => {
  it('[NODE-1] the same content again is harmless, other content under the same version is refused', async () => {
    expect(await submit()).toMatchObject({ isNew: true, record: { _id: 'loyalty-tier@1.0.0', state: 'submitted' } });
    expect(await submit()).toMatchObject({ isNew: false });
    expect(await refusal(submit({}, `${TIER_SOURCE}\n`))).toMatchObject({ code: 'template-conflict' });
    expect(await refusal(submit({ icon: 'gift' }))).toMatchObject({
      code: 'template-conflict',
      problem: { 'zh-CN': expect.stringContaining('1.0.0'), 'en-US': expect.stringContaining('Raise the version') },
    });
  });

  it('[NODE-2] a lower version than the highest of its major number is refused, an older line may go on', async () => {
    await submit({ version: '1.2.0' });
    await submit(
      { version: '2.0.0', ports: [{ id: 'gold' }], passBy: 'gold' },
      bundle('{ enter: () => ({ kind: "advance", port: "gold" }) }'),
      [],
    );
    expect(await refusal(submit({ version: '1.1.9' }))).toMatchObject({ message: expect.stringContaining('1.2.0') });
    expect(await submit({ version: '1.2.1' })).toMatchObject({
      isNew: true,
      record: { follows: 'loyalty-tier@1.2.0' },
    });
  });

  it.each<[string, Partial<TemplateManifest>]>([
    [
      'param-removed',
      {
        params: { type: 'object', properties: { least: TIER.params.properties['least'] as object } },
        defaults: { least: 1 },
        hints: {},
        capabilities: {},
        version: '1.1.0',
      },
    ],
    [
      'param-narrowed',
      { params: params({ least: { type: 'integer', minimum: 10, maximum: 1000 } }), version: '1.0.1' },
    ],
    [
      'param-changed',
      {
        params: params({ least: { type: 'boolean' } }),
        defaults: { least: true, attribute: 'tier' },
        version: '1.1.0',
      },
    ],
    ['category-changed', { category: 'action', version: '1.1.0' }],
  ])('[NODE-2] %s takes a new major version', async (what, change) => {
    await submit();
    const cases = what === 'category-changed' || what === 'param-narrowed' ? TIER_CASES : [];
    expect(await refusal(submit(change, TIER_SOURCE, cases))).toMatchObject({
      code: 'template-conflict',
      message: expect.stringContaining(what),
    });
    expect(await submit({ ...change, version: '2.0.0' }, TIER_SOURCE, cases)).toMatchObject({ isNew: true });
  });

  it('[NODE-2] of two versions submitted at once the second is held against the first', async () => {
    await submit();
    const wider = { version: '1.1.0', ports: [{ id: 'gold' }, { id: 'other' }, { id: 'more' }] };
    const answers = await Promise.allSettled([
      submit({ ...wider, texts: withPort('more') }),
      submit({ version: '1.2.0' }),
    ]);
    // Either order is fine, but together they never break what the lower one promises.
    const taken = (await registry.list())[0]?.versions.map(({ manifest }) => manifest.version);
    const isFirstIn = answers[0]?.status === 'fulfilled';
    expect(taken).toEqual(isFirstIn ? ['1.1.0', '1.0.0'] : ['1.2.0', '1.0.0']);
  });

  it('what a refused version promised binds nobody', async () => {
    await submit();
    await submit({
      version: '1.1.0',
      ports: [{ id: 'gold' }, { id: 'other' }, { id: 'more' }],
      texts: withPort('more'),
    });
    await registry.refuse('loyalty-tier', '1.1.0', 'Why a third way?', ADMINISTRATOR);
    expect(await submit({ version: '1.1.1' })).toMatchObject({ record: { follows: 'loyalty-tier@1.0.0' } });
  });

  it.each([
    ['a manifest that does not fit', { manifest: { ...TIER, icon: 'rocket' } }, '/icon'],
    [
      'texts in one language',
      { manifest: { ...TIER, texts: { ...TIER.texts, 'zh-CN': { ...TIER.texts['zh-CN'], ports: {} } } } },
      'ports.gold',
    ],
    [
      'a default that does not fit',
      { manifest: { ...TIER, defaults: { least: -1, attribute: 'tier' } } },
      '/defaults/least',
    ],
    ['code that cannot be read', { source: 'var x = {;' }, 'cannot be read'],
    ['code that is more than a function', { source: '}); process.exit(1); (async () => {' }, 'cannot be read'],
    ['a case that fails', { cases: [{ name: 'all get gold', expect: { port: 'gold' } }] }, '/port'],
  ])('%s is refused, and the place is named', async (_what, change, place) => {
    const submission = { manifest: TIER as unknown, source: TIER_SOURCE, cases: TIER_CASES, ...change };
    const { code, message, problem } = await refusal(registry.submit(submission, DEVELOPER));
    expect(code).toBe('template-invalid');
    expect(message).toContain(place);
    expect(problem).toHaveProperty('zh-CN');
  });
});

describe('review', () => {
  it('[NODE-3] grants no more than was asked for', async () => {
    await submit();
    const grant = { readAttributes: ['points', 'salary'] };
    expect(await refusal(registry.grant('loyalty-tier', '1.0.0', grant, ADMINISTRATOR))).toMatchObject({
      code: 'request-invalid',
      message: expect.stringContaining('salary'),
    });
  });

  it('[NODE-1] moves from state to state by its rules, and each move is kept', async () => {
    await submit();
    const move = (to: 'available' | 'deprecated' | 'blocked', note?: string) =>
      registry.move('loyalty-tier', '1.0.0', to, note, ADMINISTRATOR);
    expect(await refusal(move('deprecated'))).toMatchObject({ code: 'template-state' });
    await registry.grant('loyalty-tier', '1.0.0', TIER.capabilities, ADMINISTRATOR);
    expect(await refusal(registry.refuse('loyalty-tier', '1.0.0', 'late', ADMINISTRATOR))).toMatchObject({
      code: 'template-state',
    });
    await move('deprecated', 'Use 2.0.0');
    await move('blocked', 'It leaks');
    const { moves, state } = await move('available');
    expect(state).toBe('available');
    expect(moves.map(({ to, by, note }) => [to, by, note])).toEqual([
      ['submitted', 'Dev', undefined],
      ['available', 'Ada', undefined],
      ['deprecated', 'Ada', 'Use 2.0.0'],
      ['blocked', 'Ada', 'It leaks'],
      ['available', 'Ada', undefined],
    ]);
  });
});

function withPort(port: string): TemplateManifest['texts'] {
  const add = (texts: TemplateManifest['texts']['zh-CN']) => ({ ...texts, ports: { ...texts.ports, [port]: port } });
  return { 'zh-CN': add(TIER.texts['zh-CN']), 'en-US': add(TIER.texts['en-US']) };
}
