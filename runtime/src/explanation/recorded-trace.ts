import type { DryEffect, Standing, TraceEntry, TraceVisit } from '@sluice/shared/http-api';
import type { FlowProgram } from '../executor/flow-program.ts';
import { portsOf, type Position, type RunRecord, type StepRecord } from '../executor/run-record.ts';
import { positionsOf } from '../executor/strand.ts';
import { simpleProperties } from '../sandbox/simple-properties.ts';
import { addLeavings } from '../sandbox/write-trace.ts';

/**
 * The way of a run as its record tells it, as entries of a trace; the run is number 0. What a step read is not kept: its reason
 * is, and the way by which it was left. Pure.
 */
export function recordedTrace(
  run: RunRecord,
  program: FlowProgram | undefined,
  effects: ReadonlyMap<number, DryEffect[]>,
): TraceEntry[] {
  const positions = new Map(positionsOf(run).map((position) => [position.seq, position]));
  const visits = run.path.map((step, seq) => toVisit(run, step, seq, positions.get(seq), effects.get(seq) ?? []));
  const first = run.firstEvent ?? run.event;
  const entries: TraceEntry[] = first
    ? [
        {
          kind: 'happened',
          at: run.enteredAt.getTime(),
          from: 'start',
          happening: { kind: 'event', afterMs: 0, name: first.name, properties: simpleProperties(first.properties) },
        },
        ...visits,
      ]
    : visits;
  addLeavings(entries, [run], () => program);
  return entries;
}

/** Where the run stands, strand by strand. */
export function standingOf(run: RunRecord): Standing[] {
  if (run.status === 'ended') return [];
  return positionsOf(run).map(({ node, seq, wakeAt, awaits = [], isFailed }) => ({
    node,
    since: run.path[seq]?.enteredAt ?? run.enteredAt.getTime(),
    untilAt: wakeAt?.getTime() ?? null,
    awaited: eventsOf({ awaits }),
    awaitsResult: awaits.some(({ kind }) => kind === 'result'),
    isFailed: isFailed ?? false,
  }));
}

function toVisit(
  run: RunRecord,
  step: StepRecord,
  seq: number,
  position: Position | undefined,
  effects: DryEffect[],
): TraceVisit {
  const { node, enteredAt: at, leftAt, reason } = step;
  const visit = { kind: 'visit' as const, at, run: 0, seq, node, cause: 'enter' as const, reads: [], effects };
  const because = reason && { reason };
  const awaited = position ? eventsOf(position) : [];
  if (position?.isFailed) return { ...visit, outcome: 'failed', ports: [], problem: run.failure?.message ?? '' };
  if (leftAt === undefined)
    return {
      ...visit,
      outcome: position?.joins ? 'join' : 'wait',
      ports: [],
      ...because,
      ...(position?.wakeAt && { untilAt: position.wakeAt.getTime() }),
      ...(awaited.length > 0 && { awaited }),
    };
  // It stood there: why and how it went on is told where it did.
  if (leftAt > at) return { ...visit, outcome: 'wait', ports: [] };
  const ports = [...portsOf(step)];
  if (ports.length > 1) return { ...visit, outcome: 'fork', ports, ...because };
  return { ...visit, outcome: ports.length > 0 ? 'advance' : 'exit', ports, ...because };
}

function eventsOf({ awaits = [] }: Pick<Position, 'awaits'>): string[] {
  return [...new Set(awaits.flatMap((one) => (one.kind === 'event' ? [one.event] : [])))];
}
