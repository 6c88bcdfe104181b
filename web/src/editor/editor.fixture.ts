import type { Graph, GraphNode } from '@sluice/shared/graph';
import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { catalogOf } from './catalog.ts';
import { createEditor, type Editor } from './editor.ts';
import { documentOf } from './flow-document.ts';

const textsOf = (title: string) => {
  const texts = { title, description: title, ports: {}, summary: {}, problems: {}, reasons: {} };
  const params = { text: { label: 'Text' }, ways: { label: 'Ways' } };
  return { 'en-US': { ...texts, params }, 'zh-CN': { ...texts, params } };
};

const nothing = Type.Object({});
const onward = [{ id: 'out' }] as const;

const start = defineNode({
  kind: 'start',
  version: 1,
  texts: textsOf('Start'),
  category: 'trigger',
  icon: 'clock',
  params: nothing,
  defaults: {},
  ports: () => onward,
  summary: () => ({ key: 'summary.start' }),
});

const act = defineNode({
  kind: 'act',
  version: 2,
  texts: textsOf('Act'),
  category: 'action',
  icon: 'mail',
  params: Type.Object({ text: Type.String({ minLength: 1 }) }),
  defaults: { text: 'hello' },
  ports: () => onward,
  summary: ({ text }) => ({ key: 'summary.act', values: { text } }),
});

const pause = defineNode({
  kind: 'pause',
  version: 1,
  texts: textsOf('Pause'),
  category: 'control',
  icon: 'hourglass',
  params: nothing,
  defaults: {},
  ports: () => onward,
  summary: () => ({ key: 'summary.pause' }),
  canWait: true,
});

const fork = defineNode({
  kind: 'fork',
  version: 1,
  texts: textsOf('Fork'),
  category: 'control',
  icon: 'split',
  params: Type.Object({ ways: Type.Array(Type.String()) }),
  defaults: { ways: ['a', 'b'] },
  ports: ({ ways }) => ways.map((way) => ({ id: way, text: way })),
  summary: ({ ways }) => ({ key: 'summary.fork', values: { count: ways.length } }),
});

const end = defineNode({
  kind: 'end',
  version: 1,
  texts: textsOf('End'),
  category: 'control',
  icon: 'flag',
  params: nothing,
  defaults: {},
  ports: () => [],
  summary: () => ({ key: 'summary.end' }),
});

export const testCatalog = catalogOf([start, act, pause, fork, end]);

export function nodeOf(id: string, kind: string, x = 0, y = 0): GraphNode {
  const manifest = testCatalog.find(kind);
  const params = structuredClone(manifest?.defaults ?? {}) as Record<string, unknown>;
  return { id, kind, kindVersion: manifest?.version ?? 1, params, position: { x, y } };
}

/** start → fork, a → act → end, b → pause → end. */
export const FORKED: Graph = {
  schema: 1,
  nodes: [
    nodeOf('start', 'start', 0, 0),
    nodeOf('fork', 'fork', 320, 0),
    nodeOf('act', 'act', 640, -60),
    nodeOf('pause', 'pause', 640, 60),
    nodeOf('end', 'end', 960, 0),
  ],
  edges: [
    { id: 'e1', from: 'start', port: 'out', to: 'fork' },
    { id: 'e2', from: 'fork', port: 'a', to: 'act' },
    { id: 'e3', from: 'fork', port: 'b', to: 'pause' },
    { id: 'e4', from: 'act', port: 'out', to: 'end' },
    { id: 'e5', from: 'pause', port: 'out', to: 'end' },
  ],
};

/** An editor whose ids are counted, so that a test reads the same each time. */
export function editorOf(graph: Graph, isReadOnly = false): Editor {
  let next = 0;
  return createEditor({
    document: documentOf('Test flow', graph),
    catalog: testCatalog,
    createId: (prefix) => `${prefix}-n${++next}`,
    isReadOnly,
  });
}

export const documentIn = (editor: Editor) => editor.store.getState().document;
export const sessionIn = (editor: Editor) => editor.store.getState().session;

export function pick(editor: Editor, ...nodes: string[]): void {
  editor.run('select', { selection: { nodes, edges: [] } });
}
