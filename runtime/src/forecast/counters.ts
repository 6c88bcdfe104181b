import { HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import { portsOf, type RunRecord } from '../executor/run-record.ts';

export interface NodeTotals {
  entered: number;
  left: Record<string, number>;
  ended: number;
  waiting: number;
  failed: number;
  waited: number;
  waitedMs: number;
  problem?: string;
}

/** What a forecast came to, as counts. Arrays by hour are one row per node, in the order of `nodes`. */
export interface Totals {
  profiles: number;
  entered: number;
  runs: number;
  ended: number;
  /** Subjects that went round for ever and were stopped. */
  endless: number;
  refused: Record<string, Record<string, number>>;
  nodes: Record<string, NodeTotals>;
  hours: number;
  enteredByHour: Int32Array;
  /** Messages by hour and by minute. */
  sentByHour: Int32Array;
  sentByMinute: Int32Array;
  asked: number;
  sent: number;
  undelivered: number;
  suppressed: Record<string, number>;
  sentBy: Record<string, number>;
  outcomes: Record<string, number>;
  clicked: number;
  converted: number;
  valueMinor: number;
  /** Nodes that asked somebody for whom no answer is set up. */
  unanswered: Record<string, number>;
}

export interface Counters {
  readonly totals: Totals;
  /** What a run did between two commits; without `before`, since it was made. */
  advanced(before: RunRecord | undefined, after: RunRecord): void;
  /** A run as it stands when the forecast ends. */
  stands(run: RunRecord): void;
  sent(node: string, at: number): void;
}

/** Counts what live runs are counted by: visits, ports, ends; in typed arrays by hour, whatever the number of people. */
export function createCounters(nodes: readonly string[], startAt: number, endAt: number): Counters {
  const hours = Math.max(1, Math.ceil((endAt - startAt) / HOUR_MS));
  const rowOf = new Map(nodes.map((node, index) => [node, index]));
  const totals: Totals = {
    profiles: 0,
    entered: 0,
    runs: 0,
    ended: 0,
    endless: 0,
    refused: {},
    nodes: Object.fromEntries(
      nodes.map((node) => [
        node,
        { entered: 0, left: {}, ended: 0, waiting: 0, failed: 0, waited: 0, waitedMs: 0 } satisfies NodeTotals,
      ]),
    ),
    hours,
    enteredByHour: new Int32Array(nodes.length * hours),
    sentByHour: new Int32Array(hours),
    sentByMinute: new Int32Array(hours * 60),
    asked: 0,
    sent: 0,
    undelivered: 0,
    suppressed: {},
    sentBy: {},
    outcomes: {},
    clicked: 0,
    converted: 0,
    valueMinor: 0,
    unanswered: {},
  };
  const hourOf = (at: number) => Math.min(hours - 1, Math.floor((at - startAt) / HOUR_MS));

  const close = ({ node, enteredAt, leftAt = enteredAt, ...step }: RunRecord['path'][number]) => {
    const counts = totals.nodes[node];
    if (!counts) return;
    const ports = portsOf(step);
    for (const port of ports) counts.left[port] = (counts.left[port] ?? 0) + 1;
    if (ports.length === 0) counts.ended += 1;
    counts.waitedMs += leftAt - enteredAt;
  };

  return {
    totals,
    advanced(before, after) {
      const from = before?.path.length ?? 0;
      for (const { seq } of before?.positions ?? []) {
        const step = after.path[seq];
        if (step?.leftAt !== undefined) close(step);
      }
      for (let seq = from; seq < after.path.length; seq += 1) {
        const step = after.path[seq] as RunRecord['path'][number];
        const row = rowOf.get(step.node);
        if (row === undefined) continue;
        (totals.nodes[step.node] as NodeTotals).entered += 1;
        const place = row * hours + hourOf(step.enteredAt);
        totals.enteredByHour[place] = (totals.enteredByHour[place] ?? 0) + 1;
        if (step.leftAt !== undefined) close(step);
      }
      for (const { node, seq, isFailed } of after.positions ?? []) {
        const counts = totals.nodes[node];
        if (!counts) continue;
        if (isFailed) {
          if (before?.status === 'failed') continue;
          counts.failed += 1;
          if (after.failure) counts.problem ??= after.failure.message;
        } else if (seq >= from) counts.waited += 1;
      }
      if (after.status === 'ended') totals.ended += 1;
    },
    stands({ positions = [] }) {
      for (const { node, isFailed } of positions) {
        const counts = totals.nodes[node];
        if (counts && !isFailed) counts.waiting += 1;
      }
    },
    sent(node, at) {
      totals.sent += 1;
      totals.sentBy[node] = (totals.sentBy[node] ?? 0) + 1;
      const hour = hourOf(at);
      totals.sentByHour[hour] = (totals.sentByHour[hour] ?? 0) + 1;
      const minute = Math.min(hours * 60 - 1, Math.floor((at - startAt) / MINUTE_MS));
      totals.sentByMinute[minute] = (totals.sentByMinute[minute] ?? 0) + 1;
    },
  };
}
