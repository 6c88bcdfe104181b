import type { GraphNode } from '@sluice/shared/graph';
import { expect, test } from 'vitest';
import { distinctTitles } from './distinct-titles.ts';
import type { NodeWords } from './use-node-words.ts';

const words = {
  titleOf: (node: GraphNode) => node.name ?? node.kind,
  summaryOf: ({ params }: GraphNode) => String(params['subject'] ?? ''),
} as unknown as NodeWords;
const nodeOf = (id: string, kind: string, subject: string, name?: string): GraphNode => ({
  id,
  kind,
  kindVersion: 1,
  params: { subject },
  position: { x: 0, y: 0 },
  ...(name !== undefined && { name }),
});
const titlesOf = (...nodes: GraphNode[]) => [...distinctTitles(nodes, words).values()];

test('a node alone of its kind is called like it, and a name is kept', () => {
  expect(titlesOf(nodeOf('a', 'E-mail', 'One'), nodeOf('b', 'E-mail', 'Two', 'Last call'))).toEqual([
    'E-mail',
    'Last call',
  ]);
});

test('several without a name are told apart by what they do, and those that do the same by a number', () => {
  expect(titlesOf(nodeOf('a', 'E-mail', 'One'), nodeOf('b', 'E-mail', 'Two'), nodeOf('c', 'E-mail', 'Two'))).toEqual([
    'E-mail · One',
    'E-mail · Two (1)',
    'E-mail · Two (2)',
  ]);
});

test('two of the same name are counted, and a long line is cut', () => {
  expect(titlesOf(nodeOf('a', 'E-mail', '', 'Call'), nodeOf('b', 'E-mail', '', 'Call'))).toEqual([
    'Call (1)',
    'Call (2)',
  ]);
  const [title] = titlesOf(nodeOf('a', 'E-mail', '优'.repeat(80)), nodeOf('b', 'E-mail', 'Two'));
  expect(title).toBe(`E-mail · ${'优'.repeat(47)}…`);
});
