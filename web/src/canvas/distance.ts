import { createContext, useContext } from 'react';

/** Below this zoom the one line of a card cannot be read: its name takes the room, and of what is counted only what cannot be told from a card is shown. */
export const FAR_ZOOM = 0.55;
/** Below this zoom even that name needs the room of its icon, and there is none for the names of ports and the counts of edges. */
export const SMALL_ZOOM = 0.42;
/** Below this zoom no word can be read: a card is its colour, which costs a tenth and says as much. */
export const DISTANT_ZOOM = 0.3;

const Distant = createContext(false);

export const DistantProvider = Distant;

/** Whether the drawing is seen from so far away that words would be dots. */
export function useIsDistant(): boolean {
  return useContext(Distant);
}
