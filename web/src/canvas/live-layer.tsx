import type { FlowCounts } from '@sluice/shared/http-api';
import { createContext, useContext } from 'react';

/** The profiles behind a number on the canvas. */
export type CountPlace =
  | { readonly node: string; readonly port?: string; readonly stage?: 'converted' }
  | { readonly at: string; readonly status: 'waiting' | 'failed' };

export interface LiveLayer {
  readonly counts: FlowCounts | undefined;
  /** By node, how many of those who entered it have converted; absent where nothing is measured. */
  readonly conversions?: Readonly<Record<string, number>> | undefined;
  open(place: CountPlace): void;
}

/** Absent while the flow is being edited. */
const LiveContext = createContext<LiveLayer | null>(null);

export const LiveProvider = LiveContext;

export function useLive(): LiveLayer | null {
  return useContext(LiveContext);
}
