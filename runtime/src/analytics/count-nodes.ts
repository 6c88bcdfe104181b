import type { FlowCounts } from '@sluice/shared/http-api';
import type { TallyRecord } from './tally.ts';

type NodeCounts = FlowCounts['nodes'][string];

export interface VersionTotals {
  nodes: Record<string, NodeCounts>;
  /** Runs of this version: those that entered in it, and those that came from an older one and did not go on to a newer. */
  runs: number;
  waiting: number;
  failed: number;
}

/**
 * The sums of one version. What entered a node and came with a move has left it, ended there, failed there, gone on to
 * another version, or waits.
 */
export function countNodes(
  hours: readonly TallyRecord[],
  failures: readonly { node: string; count: number }[],
): VersionTotals {
  const nodes: Record<string, NodeCounts> = {};
  const of = (node: string) => (nodes[node] ??= { entered: 0, waiting: 0, failed: 0, ended: 0, left: {} });
  const totals: VersionTotals = { nodes, runs: 0, waiting: 0, failed: 0 };
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
  return totals;
}
