import type { GraphEdge } from '@sluice/shared/graph';
import { createContext, useContext } from 'react';

/** What a card or a connection is in a way that was gone: of one run, of a dry run, or of all cases together. */
export type WayMark = 'passed' | 'here' | 'waiting' | 'failed' | 'away';
/** ... or in the difference of two versions. */
export type CanvasMark = WayMark | 'added' | 'changed' | 'removed';

export interface CanvasMarks {
  readonly nodes: ReadonlyMap<string, CanvasMark>;
  readonly edges: ReadonlyMap<string, CanvasMark>;
  /** Of all that is not named. */
  readonly others?: CanvasMark;
}

/** A way through the flow: what is not on it steps back. `ways` are the ways out that were taken, as `node:port`. */
export function marksOfWay(
  { nodes, ways }: { nodes: ReadonlyMap<string, WayMark>; ways: ReadonlySet<string> },
  edges: readonly GraphEdge[],
): CanvasMarks {
  const taken = edges.filter(({ from, port }) => ways.has(`${from}:${port}`));
  return { nodes, edges: new Map(taken.map(({ id }) => [id, 'passed'])), others: 'away' };
}

const Marks = createContext<CanvasMarks | null>(null);

export const MarksProvider = Marks;

/** Absent where nothing is marked. */
export function useMarks(): CanvasMarks | null {
  return useContext(Marks);
}

export function useMarkOf(part: 'nodes' | 'edges', id: string): CanvasMark | undefined {
  const marks = useMarks();
  return marks?.[part].get(id) ?? marks?.others;
}
