import { createContext, useContext } from 'react';

/** What a card or a connection is in what is being shown: the way of one run, or the difference of two versions. */
export type CanvasMark = 'passed' | 'here' | 'away' | 'added' | 'changed' | 'removed';

export interface CanvasMarks {
  readonly nodes: ReadonlyMap<string, CanvasMark>;
  readonly edges: ReadonlyMap<string, CanvasMark>;
  /** Of all that is not named. */
  readonly others?: CanvasMark;
}

const Marks = createContext<CanvasMarks | null>(null);

export const MarksProvider = Marks;

export function useMarkOf(part: 'nodes' | 'edges', id: string): CanvasMark | undefined {
  const marks = useContext(Marks);
  return marks?.[part].get(id) ?? marks?.others;
}
