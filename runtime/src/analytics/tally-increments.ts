import { portsOf, type RunRecord } from '../executor/run-record.ts';

/** Those whom one split has dealt one of its variants. */
export interface Group {
  experiment: string;
  variant: string;
}

/** The runs of a group. */
export function inGroup(group: Group | undefined): Record<string, string> {
  return group ? { [`variants.${group.experiment}`]: group.variant } : {};
}

/** What a batch adds to the counts of one flow version; `counts` by dotted path of the record. */
export interface Counted {
  flowId: string;
  version: number;
  counts: Record<string, number>;
}

type CountsOf = (version: number) => (path: string) => void;

/** What the holding batch did, read from the runs alone, so that a recovery counts exactly the same. */
export function incrementsByVersion(runs: readonly RunRecord[]): Counted[] {
  const found = collect<object>();
  for (const run of runs) countRun(run, run.hold, (version) => found.countsOf(run.flowId, version, '', {}));
  return found.all();
}

/** The same by variant, of those who have been dealt one. */
export function incrementsByGroup(runs: readonly RunRecord[]): (Counted & Group)[] {
  const found = collect<Group>();
  for (const run of runs) {
    for (const [experiment, variant] of Object.entries(run.variants)) {
      // Who is dealt brings the whole way along: what came before is counted for the group in the batch of the split.
      const part = isDealtIn(run, experiment) ? { from: 0 } : run.hold;
      const group = { experiment, variant };
      countRun(run, part, (version) => found.countsOf(run.flowId, version, `:${experiment}:${variant}`, group));
    }
  }
  return found.all();
}

function collect<More extends object>() {
  const found = new Map<string, Counted & More>();
  return {
    all: () => [...found.values()],
    countsOf(flowId: string, version: number, rest: string, more: More): (path: string) => void {
      const key = `${flowId}:${version}${rest}`;
      const known = found.get(key) ?? { flowId, version, counts: { runs: 0 }, ...more };
      found.set(key, known);
      return (path) => {
        known.counts[path] = (known.counts[path] ?? 0) + 1;
      };
    },
  };
}

function isDealtIn({ path, hold }: RunRecord, experiment: string): boolean {
  const seq = path.findIndex(({ node }) => node === experiment);
  return seq >= (hold?.from ?? 0) || hold?.closed?.includes(seq) === true;
}

function countRun(
  run: RunRecord,
  { from = 0, closed = [], move }: Pick<NonNullable<RunRecord['hold']>, 'from' | 'closed' | 'move'> = {},
  countsOf: CountsOf,
): void {
  const add = countsOf(run.version);
  if (from === 0) add('runs');
  for (const seq of [...closed, ...range(from, run.path.length)]) {
    const step = run.path[seq];
    if (!step) continue;
    const isDropped = move?.dropped.includes(seq) === true;
    if (seq >= from) add(`entered.${step.node}`);
    const ports = portsOf(step);
    for (const port of ports) add(`left.${step.node}.${port}`);
    if (ports.length === 0 && step.leftAt !== undefined) (isDropped ? countsOf(move.from) : add)(`ended.${step.node}`);
  }
  if (!move) return;
  const addOld = countsOf(move.from);
  addOld('runsOut');
  add('runsIn');
  for (const seq of move.kept) {
    const { node } = run.path[seq] as RunRecord['path'][number];
    addOld(`movedOut.${node}`);
    add(`movedIn.${node}`);
  }
}

function range(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
}
