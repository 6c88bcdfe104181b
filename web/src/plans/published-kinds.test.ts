import type { InstalledTemplate } from '@sluice/shared/http-api';
import type { TemplateManifest } from '@sluice/shared/node-template';
import { beforeAll, expect, test } from 'vitest';
import { createEditor } from '../editor/editor.ts';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { createChecker } from './check-flow.ts';
import { nodeKinds, onKinds, revisionOfKinds, takeInstalled } from './node-kinds.ts';

const texts = (card: string): TemplateManifest['texts']['en-US'] => ({
  title: 'Tier',
  description: 'Tier',
  card,
  ports: { gold: 'Gold', other: 'Other' },
  params: { least: { label: 'Points' }, tag: { label: 'Tag' } },
  reasons: {},
});
const versionOf = (version: string, change: Partial<TemplateManifest> = {}): InstalledTemplate => ({
  manifest: {
    name: 'tier',
    version,
    category: 'condition',
    icon: 'trophy',
    params: { type: 'object', properties: { least: { type: 'integer', minimum: 0, maximum: 1000 } } },
    defaults: { least: 100 },
    ports: [{ id: 'gold' }, { id: 'other' }],
    passBy: 'other',
    capabilities: {},
    texts: { 'en-US': texts('{{least}}'), 'zh-CN': texts('{{least}}') },
    ...change,
  },
  grant: {},
  state: 'available',
});
const TAGGED = versionOf('2.0.0', {
  params: { type: 'object', properties: { tag: { type: 'string', maxLength: 20 } } },
  defaults: { tag: 'vip' },
  ports: [{ id: 'gold' }],
});
const CONTEXT = { attributes: new Map<string, string>(), events: new Set<string>() };
const editorWith = (kind: string, params: object) => {
  let next = 0;
  const node = { id: 'n', kind, kindVersion: 1, params: params as Record<string, unknown>, position: { x: 0, y: 0 } };
  const end = { id: 'end', kind: 'exit', kindVersion: 1, params: { reason: '' }, position: { x: 300, y: 0 } };
  const edges = ['gold', 'other'].map((port) => ({ id: `e-${port}`, from: 'n', port, to: 'end' }));
  const document = documentOf('Flow', { schema: 1, nodes: [node, end], edges });
  return createEditor({ document, catalog: nodeKinds, createId: (prefix) => `${prefix}-${++next}` });
};

beforeAll(() => takeInstalled([versionOf('1.0.0')]));

test('a published kind is offered, drawn and checked like any other', () => {
  expect(nodeKinds.kinds.at(-1)?.kind).toBe('tier@1.0.0');
  const editor = editorWith('tier@1.0.0', { least: 5000 });
  editor.run('add-node', { kind: 'tier@1.0.0', target: { at: 'point' } });
  const { document } = editor.store.getState();
  const added = Object.values(document.nodes).find(({ id }) => id !== 'n' && id !== 'end');
  expect(added).toMatchObject({ id: expect.stringMatching(/^tier-\d+$/), params: { least: 100 } });
  const { problems } = createChecker()(document, CONTEXT);
  expect(problems).toContainEqual(expect.objectContaining({ node: 'n', code: 'param-too-large', param: '/least' }));
});

test('[NODE-4] of several versions the newest that is available is offered, and flows keep the one they have', () => {
  takeInstalled([
    versionOf('1.0.0'),
    versionOf('1.10.0'),
    versionOf('1.9.0'),
    { ...versionOf('1.11.0'), state: 'deprecated' },
  ]);
  const offered = nodeKinds.kinds.map(({ kind }) => kind).filter((kind) => kind.startsWith('tier'));
  expect(offered).toEqual(['tier@1.10.0']);
  expect(nodeKinds.find('tier@1.0.0')).toBeDefined();
});

test('the same news again tells nobody', () => {
  const news = [versionOf('1.0.0'), versionOf('1.10.0')];
  takeInstalled(news);
  const before = revisionOfKinds();
  let told = 0;
  const stop = onKinds(() => {
    told += 1;
  });
  takeInstalled(structuredClone(news));
  expect([revisionOfKinds(), told]).toEqual([before, 0]);
  takeInstalled([{ ...versionOf('1.0.0'), state: 'deprecated', note: 'Use 1.10.0.' }]);
  expect([revisionOfKinds(), told]).toEqual([before + 1, 1]);
  stop();
});

test('[NODE-5] a draft with a deprecated version is warned, with one that is blocked it cannot be published', () => {
  const { document } = editorWith('tier@1.0.0', { least: 1 }).store.getState();
  const problemOf = () => createChecker()(document, CONTEXT).problems.find(({ code }) => code.startsWith('kind-'));
  expect(problemOf()).toMatchObject({ code: 'kind-deprecated', values: { note: 'Use 1.10.0.' } });
  takeInstalled([{ ...versionOf('1.0.0'), state: 'blocked', note: 'It leaks.' }]);
  expect(problemOf()).toMatchObject({ code: 'kind-blocked' });
});

test('[EDIT-1] an upgrade keeps what still fits, says what goes, and is undone in one step', () => {
  takeInstalled([versionOf('1.0.0'), TAGGED]);
  const editor = editorWith('tier@1.0.0', { least: 7 });
  const before = graphOf(editor.store.getState().document);
  expect(nodeKinds.upgradeOf?.('tier@1.0.0')).toMatchObject({
    to: '2.0.0',
    isBreaking: true,
    changes: expect.arrayContaining([
      { what: 'param-removed', at: '/least' },
      { what: 'param-added', at: '/tag' },
      { what: 'port-removed', port: 'other' },
    ]),
  });
  editor.run('upgrade-node', { node: 'n' });
  const { nodes, edges } = editor.store.getState().document;
  expect(nodes['n']).toMatchObject({ kind: 'tier@2.0.0', params: { tag: 'vip' } });
  expect(Object.keys(edges)).toEqual(['e-gold']);
  editor.run('undo');
  expect(graphOf(editor.store.getState().document)).toEqual(before);
  expect(nodeKinds.upgradeOf?.('tier@2.0.0')).toBeUndefined();
});
