import { compileComparison, type EvaluationInstant, type PropertyFilter } from '@sluice/shared/condition';
import { type EventFacts, GOAL_AWAIT } from '@sluice/shared/node-contract';
import type { FlowProgram } from '../executor/flow-program.ts';
import { isVisited } from '../executor/is-visited.ts';
import { GOAL, type RunRecord } from '../executor/run-record.ts';
import type { RunSignal } from '../executor/run-store.ts';

/** What of a waiting run tells whether an event is for it. */
export type WaitingRun = Pick<
  RunRecord,
  '_id' | 'flowId' | 'version' | 'profileId' | 'enteredAt' | 'positions' | 'event'
> & {
  path?: RunRecord['path'];
};

/** An event with the instant at which it was received (Unix milliseconds); that is when it wakes. */
export interface ArrivedEvent extends EventFacts {
  receivedAt: number;
}

/** Filters as a test of properties; compiled once, asked of many. Dates relative to today are those of the instant. */
export function compileWhere(
  where: readonly PropertyFilter[] | undefined,
  instant: EvaluationInstant,
): (properties: Readonly<Record<string, unknown>>) => boolean {
  const filters = (where ?? []).map(({ property, is }) => ({ property, test: compileComparison(is, instant) }));
  return (properties) =>
    filters.every(({ property, test }) => test(Object.hasOwn(properties, property) ? properties[property] : undefined));
}

export function matchesWhere(
  where: readonly PropertyFilter[] | undefined,
  properties: Readonly<Record<string, unknown>>,
  instant: EvaluationInstant,
): boolean {
  return compileWhere(where, instant)(properties);
}

/**
 * The signals that an event means for a waiting run: one per waiting step, and one to its goal. An event that arrived
 * before the step began to wait, or that is what brought the run here, is not for it.
 */
export function signalsOf(
  event: ArrivedEvent,
  run: WaitingRun,
  goals: FlowProgram['goals'],
  timeZone: string,
): RunSignal[] {
  if (run.event?.id === event.id || event.receivedAt < run.enteredAt.getTime()) return [];
  const instant = { now: event.receivedAt, timeZone };
  const { receivedAt, ...facts } = event;
  const base = { runId: run._id, at: new Date(receivedAt), event: facts };
  const signals = (run.positions ?? []).flatMap(({ seq, awaits = [] }): RunSignal[] => {
    const isWaitingSince = run.path?.[seq]?.enteredAt ?? 0;
    if (receivedAt < isWaitingSince) return [];
    const found = awaits.find(
      (one) => one.kind === 'event' && one.event === event.name && matchesWhere(one.where, facts.properties, instant),
    );
    return found ? [{ ...base, id: `${event.id}/${seq}`, seq, await: found.id }] : [];
  });
  const goal = goals.find(
    (one) =>
      one.event === event.name && !isVisited(run, one.node) && matchesWhere(one.where, facts.properties, instant),
  );
  if (goal) signals.push({ ...base, id: `${event.id}/goal`, seq: GOAL, await: GOAL_AWAIT, goal: goal.node });
  return signals;
}
