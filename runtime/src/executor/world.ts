import type { Condition, PropertyFilter } from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import type { CodeLimits, CodeResult, EventFacts, PropertyValue, Verdict } from '@sluice/shared/node-contract';
import DataLoader from 'dataloader';
import type { ConditionReader, Subject } from '../conditions/condition-reader.ts';
import { BatchInterrupted } from './advance-run.ts';
import type { VisitWatch, World } from './step-context.ts';

export type Bucket = (flowId: string, nodeId: string, profileId: string, salt: string) => number;

/** Past events of profiles. */
export interface EventHistory {
  /** The latest event of the name per profile, each since its own instant (included); none: absent. */
  latest(
    name: string,
    where: readonly PropertyFilter[],
    asked: readonly PastAsked[],
    instant: { now: number; timeZone: string },
  ): Promise<(EventFacts | undefined)[]>;
}

export interface PastAsked {
  profileId: string;
  since: number;
  same?: PropertyValue;
}

/** Places in the queue of a node, shared by all processes. */
export interface SlotBook {
  /** Takes the next `count` places of a queue that moves `perMinute`; answers when they are (Unix milliseconds). */
  reserve(key: string, perMinute: number, count: number, now: number): Promise<number[]>;
  /** How many of `count` may pass now; over all callers at most `perMinute` in any minute. */
  pass(key: string, perMinute: number, count: number, now: number): Promise<number>;
}

/** Which variant has won, where the experiment of a flow version is decided and the winner is to get everyone. */
export interface Decisions {
  winner(flowId: string, version: number, nodeId: string): Promise<string | undefined>;
}

/** Runs one source over many inputs; answers in their order. */
export interface CodeRunner {
  run(source: string, inputs: readonly unknown[], limits?: CodeLimits): Promise<CodeResult[]>;
}

/** Where a batch reads from. */
export interface WorldReads {
  reader: Pick<ConditionReader, 'verdicts'>;
  history: EventHistory;
  slots: SlotBook;
  decisions: Decisions;
  code: CodeRunner;
  bucket: Bucket;
  /** Of the sandbox, which shows what each visit read. */
  watch?: VisitWatch;
}

/**
 * The world of one batch. A thousand runs that stand at one node become one question: conditions and filters are told
 * apart by identity, since all runs of a version share one graph object.
 */
export function createWorld(reads: WorldReads, now: number, timeZone: string): World {
  const verdicts = loaders(
    (condition: Condition) => (subjects: readonly Subject[]) =>
      reads.reader.verdicts(condition, subjects, { now, timeZone }),
  );
  const slots = loaders(
    (key: string) => (perMinute: readonly number[]) =>
      reads.slots.reserve(key, perMinute[0] as number, perMinute.length, now),
  );
  const gates = loaders((key: string) => async (perMinute: readonly number[]) => {
    const free = await reads.slots.pass(key, perMinute[0] as number, perMinute.length, now);
    return perMinute.map((_, index) => index < free);
  });
  const decisions = new Map<string, Promise<string | undefined>>();
  const past = loaders(
    ({ name, where }: PastQuestion) =>
      (asked: readonly PastAsked[]) =>
        reads.history.latest(name, where, asked, { now, timeZone }),
  );
  const questions = new Map<unknown, Map<string, PastQuestion>>();
  const code = loaders(
    ({ source, limits }: CodeQuestion) =>
      (inputs: readonly unknown[]) =>
        reads.code.run(source, inputs, limits),
  );
  // By source first: its text is hashed once, and not again for every run.
  const programs = new Map<string, Map<string, CodeQuestion>>();

  return {
    now,
    timeZone,
    bucket: reads.bucket,
    ...(reads.watch && { watch: reads.watch }),
    matches: (condition, profile, run): Promise<Verdict> =>
      read(() =>
        verdicts(condition).load({ profile, run: { flowId: run.flowId, enteredAt: run.enteredAt.getTime() } }),
      ),
    pastEvent: (profileId, name, where, since, same) =>
      read(() => {
        const byName = memo(questions, where, () => new Map<string, PastQuestion>());
        return past(memo(byName, name, () => ({ name, where }))).load({ profileId, since, ...(same && { same }) });
      }),
    passGate: (flowId, nodeId, perMinute) => read(() => gates(`${flowId}:${nodeId}`).load(perMinute)),
    reserveSlot: (flowId, nodeId, perMinute) => read(() => slots(`${flowId}:${nodeId}`).load(perMinute)),
    decision: (flowId, version, nodeId) =>
      memo(decisions, `${flowId}:${version}:${nodeId}`, () =>
        read(() => reads.decisions.winner(flowId, version, nodeId)),
      ),
    runCode: (source, input, limits) => {
      const ofSource = memo(programs, source, () => new Map<string, CodeQuestion>());
      const key = `${limits?.timeoutMs ?? ''}:${limits?.memoryMiB ?? ''}`;
      return read(() => code(memo(ofSource, key, () => ({ source, ...(limits && { limits }) }))).load(input));
    },
  };
}

interface PastQuestion {
  name: string;
  where: readonly PropertyFilter[];
}

interface CodeQuestion {
  source: string;
  limits?: CodeLimits;
}

/** One loader per key, each without a cache: what is asked twice may have two answers. */
function loaders<K, Q, A>(batchOf: (key: K) => (asked: readonly Q[]) => Promise<A[]>): (key: K) => DataLoader<Q, A> {
  const known = new Map<K, DataLoader<Q, A>>();
  return (key) => memo(known, key, () => new DataLoader(batchOf(key), { cache: false }));
}

function memo<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** What cannot be asked that way is this run's failure; anything else is the store's, and nobody's fault here. */
async function read<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof AppError && cause.kind === 'user') throw cause;
    throw new BatchInterrupted('A step could not read what it needs', { cause });
  }
}
