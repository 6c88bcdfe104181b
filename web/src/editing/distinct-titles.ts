import type { GraphNode } from '@sluice/shared/graph';
import { useMemo } from 'react';
import type { NodeWords } from './use-node-words.ts';

/** Of a line that may be as long as a subject. */
const MOST_LETTERS = 48;

/**
 * Titles by id that tell the nodes of a list apart. Nodes without a name of their own are called like their kind; where that
 * is said of several, what each does is said with it, and where they do the same they are counted.
 */
export function distinctTitles(nodes: readonly GraphNode[], words: NodeWords): ReadonlyMap<string, string> {
  const titles = new Map(nodes.map((node) => [node.id, words.titleOf(node)]));
  tell(titles, nodes, (node, title) =>
    node.name === undefined ? `${title} · ${shorten(words.summaryOf(node))}` : title,
  );
  tell(titles, nodes, (_, title, place) => `${title} (${place})`);
  return titles;
}

export function useDistinctTitles(nodes: readonly GraphNode[], words: NodeWords): (id: string) => string {
  const titles = useMemo(() => distinctTitles(nodes, words), [nodes, words]);
  return (id) => titles.get(id) ?? id;
}

/** Says more of those that share their title with another. */
function tell(
  titles: Map<string, string>,
  nodes: readonly GraphNode[],
  more: (node: GraphNode, title: string, place: number) => string,
): void {
  const groups = Map.groupBy(nodes, ({ id }) => titles.get(id) ?? '');
  for (const [title, alike] of groups)
    if (alike.length > 1)
      for (const [index, node] of alike.entries()) titles.set(node.id, more(node, title, index + 1));
}

function shorten(text: string): string {
  const letters = [...text];
  return letters.length <= MOST_LETTERS ? text : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`;
}
