import type { FlowDocument } from './flow-document.ts';
import { nodesInReadingOrder } from './neighbour.ts';

/** Nodes whose words or settings hold the text, in reading order; `wordsOf` says what stands on the card. */
export function findNodes(
  document: FlowDocument,
  wordsOf: (node: string) => readonly string[],
  text: string,
): string[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return [];
  const holds = (words: string) => words.toLocaleLowerCase().includes(wanted);
  return nodesInReadingOrder(document).filter(
    (id) => wordsOf(id).some(holds) || leavesOf(document.nodes[id]?.params).some(holds),
  );
}

/** Every text and number of a value, at any depth. */
function leavesOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}
