import type { FlowCounts } from '@sluice/shared/http-api';
import type { TallyRecord } from './tally.ts';

type NodeCounts = FlowCounts['nodes'][string];

export interface VersionTotals {
  nodes: Record<string, NodeCounts>;
  /** Runs of this version: those that entered in it, and those that came from an older one and did not go on to a newer. */
  runs: number;
  waiting: number;
  failed: number;
  ended: number;
}

/** Hours: from the one that begins at `from` on (Unix milliseconds), up to the one that begins at `to`. */
export interface CountedPeriod {
  from?: number | undefined;
  to?: number | undefined;
}

/**
 * The sums of one version. Of a period: what happened in it; who waits and who failed is always told as of now, since only
 * the whole says where somebody stands. What entered a node and came with a move has left it, ended there, failed there, gone on to
 * another version, or waits.
 */
export function countNodes(
  hours: readonly TallyRecord[],
  failures: readonly { node: string; count: number }[],
  period: CountedPeriod = {},
): VersionTotals {
  const totals = sum(hours, failures);
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = period;
  const within = hours.filter(({ hour }) => hour.getTime() >= from && hour.getTime() < to);
  if (within.length === hours.length) return totals;
  const happened = sum(within, []);
  const nodes: VersionTotals['nodes'] = {};
  for (const [node, { waiting, failed }] of Object.entries(totals.nodes)) {
    const { entered = 0, ended = 0, left = {}, movedIn, movedOut } = happened.nodes[node] ?? {};
    nodes[node] = { entered, ended, left, waiting, failed, ...(movedIn && { movedIn }), ...(movedOut && { movedOut }) };
  }
  const ended = Object.values(nodes).reduce((count, node) => count + node.ended, 0);
  return { ...totals, nodes, runs: within.reduce((count, hour) => count + hour.runs, 0), ended };
}

function sum(hours: readonly TallyRecord[], failures: readonly { node: string; count: number }[]): VersionTotals {
  const nodes: Record<string, NodeCounts> = {};
  const of = (node: string) => (nodes[node] ??= { entered: 0, waiting: 0, failed: 0, ended: 0, left: {} });
  const totals: VersionTotals = { nodes, runs: 0, waiting: 0, failed: 0, ended: 0 };
  for (const hour of hours) {
    totals.runs += hour.runs + (hour.runsIn ?? 0) - (hour.runsOut ?? 0);
    for (const field of ['entered', 'ended', 'movedIn', 'movedOut'] as const)
      for (const [node, count] of Object.entries(hour[field] ?? {})) of(node)[field] = (of(node)[field] ?? 0) + count;
    for (const [node, ports] of Object.entries(hour.left ?? {})) {
      const { left } = of(node);
      for (const [port, count] of Object.entries(ports)) left[port] = (left[port] ?? 0) + count;
    }
  }
  for (const { node, count } of failures) of(node).failed = count;
  for (const counts of Object.values(nodes)) {
    const left = Object.values(counts.left).reduce((sum, count) => sum + count, 0);
    const { entered, movedIn = 0, movedOut = 0, ended, failed } = counts;
    counts.waiting = Math.max(0, entered + movedIn - movedOut - left - ended - failed);
    totals.waiting += counts.waiting;
    totals.failed += failed;
  }
  totals.ended = Math.max(0, totals.runs - totals.waiting - totals.failed);
  return totals;
}
