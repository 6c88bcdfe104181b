import type { NodeTotals, Totals } from './counters.ts';

/** What several threads counted, as one. Sums, so that who counted what plays no part. */
export function mergeTotals(parts: readonly Totals[]): Totals {
  const [first, ...others] = parts;
  if (!first) throw new Error('The totals of nobody');
  for (const other of others) {
    for (const field of SUMS) first[field] += other[field];
    for (const field of COUNTS) addCounts(first[field], other[field]);
    for (const [trigger, reasons] of Object.entries(other.refused)) addCounts((first.refused[trigger] ??= {}), reasons);
    for (const field of SERIES)
      for (const [at, count] of other[field].entries()) first[field][at] = (first[field][at] ?? 0) + count;
    for (const [node, counts] of Object.entries(other.nodes)) addNode(first.nodes[node] as NodeTotals, counts);
  }
  return first;
}

const SUMS = [
  'profiles',
  'entered',
  'runs',
  'ended',
  'endless',
  'asked',
  'sent',
  'undelivered',
  'clicked',
  'converted',
  'valueMinor',
] as const;
const COUNTS = ['suppressed', 'sentBy', 'outcomes', 'unanswered'] as const;
const SERIES = ['enteredByHour', 'sentByHour', 'sentByMinute'] as const;
const NODE_SUMS = ['entered', 'ended', 'waiting', 'failed', 'waited', 'waitedMs'] as const;

function addNode(to: NodeTotals, from: NodeTotals): void {
  for (const field of NODE_SUMS) to[field] += from[field];
  addCounts(to.left, from.left);
  // One of the messages, the same whoever met it first.
  const problems = [to.problem, from.problem].filter((problem) => problem !== undefined).toSorted();
  if (problems[0] !== undefined) to.problem = problems[0];
}

function addCounts(to: Record<string, number>, from: Readonly<Record<string, number>>): void {
  for (const [key, count] of Object.entries(from)) to[key] = (to[key] ?? 0) + count;
}
