import type { Condition, EventWindow } from '@sluice/shared/condition';

/** The event happened at least once in the window. */
export function did(name: string, window: EventWindow): Condition {
  return { op: 'event', name, measure: { kind: 'count' }, window, is: { operator: 'atLeast', value: 1 } };
}

/** The event did not happen in the window. */
export function didNot(name: string, window: EventWindow): Condition {
  return { op: 'event', name, measure: { kind: 'count' }, window, is: { operator: 'equals', value: 0 } };
}

export const EVER: EventWindow = { kind: 'ever' };
export const SINCE_ENTERING: EventWindow = { kind: 'this-run' };
export function inLast(ms: number): EventWindow {
  return { kind: 'last', ms };
}
