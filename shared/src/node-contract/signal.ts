import type { PropertyFilter } from '../condition/ast.ts';
import type { EffectResult } from './effect.ts';

/** Something that happened to a profile, as a step reads it. `at` in Unix milliseconds. */
export interface EventFacts {
  id: string;
  name: string;
  properties: Readonly<Record<string, unknown>>;
  at: number;
  /** How many events of flows led to this one, each in answer to the last; absent for one that came from outside. */
  depth?: number;
}

/** What wakes a waiting step besides its timer; `id` names it within the step. */
export type Await =
  | { id: string; kind: 'event'; event: string; where?: PropertyFilter[] }
  /** The result of one of the effects of the same outcome, by its index there. */
  | { id: string; kind: 'result'; effect: number };

/** Why a waiting step goes on. Of timer and signals the first wins, the others are void (RUN-6). */
export type Signal =
  | { kind: 'timer' }
  | { kind: 'event'; await: string; event: EventFacts }
  | { kind: 'result'; await: string; result: EffectResult };

/** The await that means the goal node's own event, wherever in the flow the run stood. */
export const GOAL_AWAIT = 'goal';
