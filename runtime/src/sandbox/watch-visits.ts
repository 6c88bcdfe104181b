import type { FactRead, TraceEntry, TraceVisit } from '@sluice/shared/http-api';
import type { Outcome, StepContext } from '@sluice/shared/node-contract';
import type { Visit, VisitWatch } from '../executor/step-context.ts';

/** A visit as it was seen; its effects are those that its step decided from `firstEffect` on. */
export interface SeenVisit extends Omit<TraceVisit, 'run' | 'effects'> {
  runId: string;
  firstEffect: number;
  effectCount: number;
}

/** What a dry run writes down as it goes, in order. */
export type Told = Exclude<TraceEntry, { kind: 'visit' }> | SeenVisit;

/**
 * Sees every visit of the executor: what it read, what it decided and why. Changes nothing. `before`: how many effects the
 * steps of runs that were under way had decided, by `runId/seq`.
 */
export function createVisitLog(before: ReadonlyMap<string, number> = new Map()): {
  watch: VisitWatch;
  readonly visits: SeenVisit[];
  onVisit(tell: (visit: SeenVisit) => void): void;
} {
  const visits: SeenVisit[] = [];
  const decided = new Map(before);
  let tell: (visit: SeenVisit) => void = () => {};

  const note = (visit: Visit, at: number, reads: FactRead[], outcome: Outcome | undefined, problem?: string) => {
    const step = `${visit.run._id}/${visit.seq}`;
    const firstEffect = decided.get(step) ?? 0;
    const effectCount = outcome?.effects?.length ?? 0;
    decided.set(step, firstEffect + effectCount);
    const seen: SeenVisit = {
      kind: 'visit',
      at,
      runId: visit.run._id,
      seq: visit.seq,
      node: visit.node,
      ...causeOf(visit),
      ...(outcome ? decisionOf(outcome) : { outcome: 'failed' as const, ports: [] }),
      ...(problem !== undefined && { problem }),
      reads,
      firstEffect,
      effectCount,
    };
    visits.push(seen);
    tell(seen);
  };

  return {
    visits,
    onVisit: (listener) => {
      tell = listener;
    },
    watch(visit, context, take) {
      const reads: FactRead[] = [];
      const fail = (error: unknown): never => {
        note(visit, context.now, reads, undefined, error instanceof Error ? error.message : String(error));
        throw error;
      };
      const keep = (outcome: Outcome) => {
        note(visit, context.now, reads, outcome);
        return outcome;
      };
      try {
        const answer = take(readingContext(context, reads));
        return answer instanceof Promise ? answer.then(keep, fail) : keep(answer);
      } catch (error) {
        return fail(error);
      }
    },
  };
}

function causeOf({ cause }: Visit): Pick<SeenVisit, 'cause' | 'by'> {
  if (!cause) return { cause: 'enter' };
  if (cause.kind === 'timer') return { cause: 'timer' };
  return { cause: cause.kind, by: cause.kind === 'event' ? cause.event.name : cause.await };
}

function decisionOf(outcome: Outcome): Pick<SeenVisit, 'outcome' | 'ports'> & Partial<SeenVisit> {
  const reason = outcome.reason && { reason: outcome.reason };
  switch (outcome.kind) {
    case 'advance':
      return {
        outcome: 'advance',
        ports: [outcome.port],
        ...reason,
        ...(outcome.variant && { variant: outcome.variant.variant }),
      };
    case 'fork':
      return { outcome: 'fork', ports: outcome.ports, ...reason };
    case 'wait': {
      const awaited = (outcome.awaits ?? []).flatMap((one) => (one.kind === 'event' ? [one.event] : []));
      return {
        outcome: 'wait',
        ports: [],
        ...reason,
        ...(outcome.untilAt !== undefined && { untilAt: outcome.untilAt }),
        ...(awaited.length > 0 && { awaited: [...new Set(awaited)] }),
      };
    }
    case 'join':
    case 'exit':
      return { outcome: outcome.kind, ports: [], ...reason };
  }
}

/** Passes every read on and notes what came of it, once where the same is read again. */
function readingContext(context: StepContext<unknown>, reads: FactRead[]): StepContext<unknown> {
  const note = (read: FactRead) => {
    const spelled = JSON.stringify(read);
    if (!reads.some((one) => JSON.stringify(one) === spelled)) reads.push(read);
  };
  return {
    ...context,
    attribute(name) {
      const value = context.attribute(name);
      note({ kind: 'attribute', name, value: value ?? null });
      return value;
    },
    async matches(condition) {
      const verdict = await context.matches(condition);
      note({ kind: 'condition', isMatch: verdict.isMatch, ...(verdict.reason && { reason: verdict.reason }) });
      return verdict;
    },
    bucket(salt) {
      const value = context.bucket(salt);
      note({ kind: 'draw', value });
      return value;
    },
    async pastEvent(name, where, since, same) {
      const found = await context.pastEvent(name, where, since, same);
      note({ kind: 'history', event: name, at: found?.at ?? null });
      return found;
    },
    async reserveSlot(perMinute) {
      const at = await context.reserveSlot(perMinute);
      note({ kind: 'place', at });
      return at;
    },
    async passGate(perMinute) {
      const isOpen = await context.passGate(perMinute);
      note({ kind: 'gate', isOpen });
      return isOpen;
    },
    async decision() {
      const variant = await context.decision();
      note({ kind: 'winner', variant: variant ?? null });
      return variant;
    },
    async runCode(source, input, limits) {
      const result = await context.runCode(source, input, limits);
      const text = result.isOk ? JSON.stringify(result.value) : result.message;
      note({ kind: 'code', isOk: result.isOk, text: (text ?? '').slice(0, 500) });
      return result;
    },
  };
}
