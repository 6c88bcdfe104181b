import { createContext, useContext } from 'react';

/** How far a dry run has come, or what cases exercise, as the drawing shows it. */
export interface PlayLayer {
  markOf(node: string): 'done' | 'current' | 'waiting' | 'failed' | undefined;
  isTaken(node: string, port: string): boolean;
  /** What is not marked steps back. */
  readonly isPlaying: boolean;
}

/** Absent where nothing is played. */
const PlayContext = createContext<PlayLayer | null>(null);

export const PlayProvider = PlayContext;

export function usePlay(): PlayLayer | null {
  return useContext(PlayContext);
}
