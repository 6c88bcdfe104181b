import type { DryEffect, Trace, TraceEntry, TraceRun, TraceVisit } from '@sluice/shared/http-api';
import type { FlowProgram } from '../executor/flow-program.ts';
import { portsOf, type RunRecord } from '../executor/run-record.ts';
import type { DryEngine } from './dry-engine.ts';
import type { SeenVisit, Told } from './watch-visits.ts';

/**
 * Everything that was seen, in order, with the effects beside the visits that decided them. What runs that were `underWay`
 * had done before is not part of it.
 */
export function writeTrace(seen: {
  program: FlowProgram;
  engine: DryEngine;
  told: readonly Told[];
  startAt: number;
  endAt: number;
  isCut: boolean;
  underWay?: readonly RunRecord[] | undefined;
  nameOf(flowId: string): string;
}): Trace {
  const { engine, told } = seen;
  const runs = engine.runs();
  const indexOf = new Map(runs.map(({ _id }, index) => [_id, index]));
  const runOf = (runId: string) => runs[indexOf.get(runId) ?? -1];
  const entries: TraceEntry[] = [];
  for (const one of told)
    entries.push(one.kind === 'visit' ? toVisit(one, indexOf.get(one.runId) ?? -1, runOf(one.runId), engine) : one);
  const before = new Map(seen.underWay?.map((run) => [run._id, run]));
  addLeavings(entries, runs, (run) => engine.programOf(run), before);
  return {
    startAt: seen.startAt,
    endAt: seen.endAt,
    runs: runs.map((run) => toTraceRun(run, seen.nameOf)),
    entries,
    attributes: engine.world.facts().attributes,
    isCut: seen.isCut,
  };
}

/** Adds to the visits of runs how their steps were left without one, and how the runs ended. */
export function addLeavings(
  entries: TraceEntry[],
  runs: readonly RunRecord[],
  programOf: (run: RunRecord) => FlowProgram | undefined,
  before: ReadonlyMap<string, RunRecord> = new Map(),
): void {
  for (const [index, run] of runs.entries()) leaveSteps(entries, index, run, programOf(run), before.get(run._id));
  for (const [index, run] of runs.entries())
    if (run.endedAt && !before.get(run._id)?.endedAt) addEnd(entries, index, run.endedAt.getTime(), run.endReason);
}

function toVisit(visit: SeenVisit, index: number, run: RunRecord | undefined, engine: DryEngine): TraceVisit {
  const { runId, firstEffect, effectCount, ...rest } = visit;
  const effects: DryEffect[] = [];
  for (let at = firstEffect; at < firstEffect + effectCount; at += 1) {
    const found = engine.performed.get(`${runId}/${visit.seq}/${at}`);
    if (!found) continue;
    const { id, effect, result } = found;
    const message = engine.messages.get(id);
    const call = engine.calls.get(id);
    effects.push({ id, effect, ...(message && { message }), ...(call && { call }), ...(result && { result }) });
  }
  const isFailed = run?.failure && run.positions?.some(({ seq, isFailed: failed }) => failed && seq === visit.seq);
  return {
    ...rest,
    run: index,
    effects,
    ...(isFailed && { outcome: 'failed' as const, ports: [], problem: run.failure?.message ?? '' }),
  };
}

/** Steps that were left without a visit of their own; each stands before what the run did behind it. */
function leaveSteps(
  entries: TraceEntry[],
  run: number,
  record: RunRecord,
  program: FlowProgram | undefined,
  before: RunRecord | undefined,
): void {
  for (const [seq, step] of record.path.entries()) {
    if (step.leftAt === undefined || before?.path[seq]?.leftAt !== undefined) continue;
    const last = entries.findLast((entry) => entry.kind === 'visit' && entry.run === run && entry.seq === seq);
    if (last?.kind === 'visit' && last.outcome !== 'wait' && last.outcome !== 'join') continue;
    const { node, leftAt } = step;
    const ports = [...portsOf(step)];
    const next = ports[0] === undefined ? undefined : program?.next(node, ports[0]);
    const nextSeq = record.path.findIndex(
      (one, at) => at > seq && one.node === next && one.enteredAt === leftAt && next !== undefined,
    );
    const entry: TraceEntry = {
      kind: 'left',
      at: leftAt,
      run,
      seq,
      node,
      ports,
      ...(step.reason && { reason: step.reason }),
    };
    const place = entries.findIndex((one) =>
      nextSeq < 0 ? one.at > leftAt : one.kind === 'visit' && one.run === run && one.seq === nextSeq,
    );
    entries.splice(place < 0 ? entries.length : place, 0, entry);
  }
}

function addEnd(entries: TraceEntry[], run: number, at: number, reason: RunRecord['endReason']): void {
  const last = entries.findLastIndex((entry) => 'run' in entry && entry.run === run);
  entries.splice(last + 1, 0, { kind: 'end', at, run, ...(reason && { reason }) });
}

export function toTraceRun(run: RunRecord, nameOf: (flowId: string) => string): TraceRun {
  const { _id: id, flowId, version, status, enteredAt, endedAt, endReason, variants, positions } = run;
  return {
    id,
    flowId,
    flowName: nameOf(flowId),
    version,
    status,
    enteredAt: enteredAt.getTime(),
    endedAt: endedAt?.getTime() ?? null,
    endReason: endReason ?? null,
    variants,
    standsAt: (positions ?? []).map(({ node }) => node),
  };
}
