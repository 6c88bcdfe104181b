import { Type } from 'typebox';
import { EVERYONE } from '../condition/ast.ts';
import type { AnyManifest, ManifestIndex } from '../node-contract/manifest.ts';
import { defineNode } from '../node-contract/manifest.ts';
import { ConditionParam } from '../node-contract/params.ts';
import type { NodeTexts } from '../node-contract/texts.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';

const WORDS: Omit<NodeTexts, 'title' | 'params'> = {
  description: '',
  ports: { next: 'Next', yes: 'Yes', no: 'No' },
  summary: { plain: '' },
  problems: { 'ask:loud': 'Do not shout “{{word}}”.' },
  reasons: {},
};

const start = defineNode({
  kind: 'start',
  version: 1,
  category: 'trigger',
  icon: 'x',
  params: Type.Object({}),
  defaults: {},
  ports: () => [{ id: 'next', label: 'next' }],
  summary: () => ({ key: 'plain' }),
  trigger: () => ({ start: { kind: 'publish' }, audience: EVERYONE, reentry: { kind: 'once' } }),
  texts: {
    'en-US': { ...WORDS, title: 'Start', params: {} },
    'zh-CN': { ...WORDS, title: '开始', params: {} },
  },
});

const ask = defineNode({
  kind: 'ask',
  version: 2,
  category: 'condition',
  icon: 'x',
  params: Type.Object(
    {
      word: Type.String({ minLength: 1, maxLength: 5 }),
      when: Type.Optional(ConditionParam),
      parts: Type.Optional(
        Type.Array(Type.Object({ share: Type.Integer({ minimum: 0, maximum: 10 }) }, { additionalProperties: false }), {
          maxItems: 3,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  defaults: { word: 'a' },
  ports: () => [
    { id: 'yes', label: 'yes' },
    { id: 'no', label: 'no' },
  ],
  summary: () => ({ key: 'plain' }),
  check: ({ word }) =>
    word === word.toUpperCase() ? [{ code: 'ask:loud', severity: 'error', param: '/word', values: { word } }] : [],
  texts: {
    'en-US': {
      ...WORDS,
      title: 'Ask',
      params: {
        word: { label: 'Word' },
        when: { label: 'When' },
        parts: { label: 'Parts', fields: { share: { label: 'Share' } } },
      },
    },
    'zh-CN': {
      ...WORDS,
      title: '提问',
      params: {
        word: { label: '词' },
        when: { label: '何时' },
        parts: { label: '部分', fields: { share: { label: '比例' } } },
      },
    },
  },
});

const step = defineNode({
  kind: 'step',
  version: 1,
  category: 'action',
  icon: 'x',
  params: Type.Object({}),
  defaults: {},
  ports: () => [{ id: 'next', label: 'next' }],
  summary: () => ({ key: 'plain' }),
  texts: { 'en-US': { ...WORDS, title: 'Step', params: {} }, 'zh-CN': { ...WORDS, title: '步骤', params: {} } },
});

const rest: AnyManifest = { ...step, kind: 'rest', canWait: true };
const end: AnyManifest = { ...step, kind: 'end', ports: () => [] };

/** A handful of made-up kinds for tests of the graph: start, ask (yes/no), step, rest (can wait), end. */
export const fakeManifests: ManifestIndex = new Map<string, AnyManifest>(
  [start, ask, step, rest, end].map((manifest) => [manifest.kind, manifest]),
);

export function fakeNode(id: string, kind: string, params: Record<string, unknown> = {}): GraphNode {
  const manifest = fakeManifests.get(kind);
  return {
    id,
    kind,
    kindVersion: manifest?.version ?? 1,
    params: Object.assign({}, manifest?.defaults, params),
    position: { x: 0, y: 0 },
  };
}

/** Edges written as `from.port>to`. */
export function fakeGraph(nodes: readonly GraphNode[], edges: readonly string[]): Graph {
  return {
    schema: 1,
    nodes: [...nodes],
    edges: edges.map((text, index): GraphEdge => {
      const [, from = '', port = '', to = ''] = /^(.+)\.(.+)>(.+)$/.exec(text) ?? [];
      return { id: `e${index}`, from, port, to };
    }),
  };
}
