import type { GraphNode } from '@sluice/shared/graph';
import { expect, test } from 'vitest';
import { documentOf } from '../editor/flow-document.ts';
import { nodeKinds } from '../plans/node-kinds.ts';
import { usagesOf } from './mentions.ts';

const nodeOf = (id: string, kind: string, x: number, params: object): GraphNode => ({
  id,
  kind,
  kindVersion: 1,
  params: { ...(nodeKinds.find(kind)?.defaults as object), ...params },
  position: { x, y: 0 },
});
const city = { op: 'attribute', name: 'city', is: { operator: 'equals', value: 'Graz' } };
const NODES = [
  nodeOf('start', 'event-trigger', 0, { event: 'Ordered' }),
  nodeOf('filter', 'filter', 300, { condition: city }),
  nodeOf('mail', 'email', 600, { subject: 'News from {{ profile["city"] }}', mjml: '{{ profile.level }}' }),
  nodeOf('code', 'code', 900, { source: 'return { same: profile.attributes.city === "Graz" }' }),
  nodeOf('wait', 'wait-for-event', 1200, { events: [{ key: 'a', name: 'A', on: { event: 'Ordered' } }] }),
];
const document = documentOf('Any', { schema: 1, nodes: NODES, edges: [] });
const usages = (id: string) => usagesOf(document, nodeKinds, NODES.find((node) => node.id === id) as GraphNode);

test('an attribute is found in conditions, texts and code', () => {
  expect(usages('filter')).toEqual([{ of: 'attribute', name: 'city', nodes: ['mail', 'code'] }]);
});

test('an event is found where others wait for it', () => {
  expect(usages('start')).toEqual([{ of: 'event', name: 'Ordered', nodes: ['wait'] }]);
});
