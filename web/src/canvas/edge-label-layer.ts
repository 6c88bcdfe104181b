import { createContext } from 'react';

/**
 * Where the labels of edges are put, above the lines. React Flow's own component looks this element up in the page for
 * every edge at every step of a drag, which took a third of the time with 500 edges; it is looked up once instead.
 */
export const EdgeLabelLayer = createContext<Element | null>(null);
