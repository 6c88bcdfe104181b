import type { Scenario } from '@sluice/shared/http-api';
import { useState } from 'react';

const keyOf = (flowId: string) => `sluice:scenario:${flowId}`;

/** The scenario of a flow; it outlives a look at the editor, and ends with the tab. */
export function useScenario(flowId: string, blank: () => Scenario): [Scenario, (next: Scenario) => void] {
  const [scenario, setScenario] = useState<Scenario>(() => read(flowId) ?? blank());
  const set = (next: Scenario) => {
    setScenario(next);
    sessionStorage.setItem(keyOf(flowId), JSON.stringify(next));
  };
  return [scenario, set];
}

function read(flowId: string): Scenario | undefined {
  const kept = sessionStorage.getItem(keyOf(flowId));
  if (kept === null) return undefined;
  try {
    return JSON.parse(kept) as Scenario;
  } catch {
    // Not ours, or cut off: as if nothing had been kept.
    return undefined;
  }
}
