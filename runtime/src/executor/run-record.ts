import { hash } from 'node:crypto';
import type { Attributes, Reason, RunStatus } from '@sluice/shared/model';
import type { Await, Effect, EffectResult, EventFacts } from '@sluice/shared/node-contract';
import { declareCollection } from '../stores/database.ts';
import type { EntryOrigin } from './entry.ts';

/** One node visit; its place in `path` is its seq. Unix milliseconds. Left without a port: the strand ended there. */
export interface StepRecord {
  node: string;
  enteredAt: number;
  leftAt?: number;
  port?: string;
  /** Of a fork: all the ports by which it went on at once. */
  ports?: string[];
  reason?: Reason;
}

/** The ports by which a step was left: none, one, or those of a fork. */
export function portsOf({ port, ports }: Pick<StepRecord, 'port' | 'ports'>): readonly string[] {
  return ports ?? (port === undefined ? [] : [port]);
}

/** Where a strand of a waiting run stands. A run has one strand, but several between a fork and its join. */
export interface Position {
  node: string;
  /** Its step in the path. */
  seq: number;
  wakeAt?: Date;
  awaits?: Await[];
  /** What the step asked to keep until it goes on. */
  memory?: Attributes;
  /** How many effects the step has decided so far. */
  decided?: number;
  /** The steps that forked on its way and are not joined yet, outermost first. */
  forks?: number[];
  /** It waits at a join for the other strands of its last fork. */
  joins?: { need: 'all' | 'any'; port: string };
  /** Its visit failed; a person retries or skips it (RUN-10). */
  isFailed?: true;
  /** The visit that its step stands for has yet to take place: a person put it here (RUN-5), or it runs code (CODE-8). */
  isArriving?: true;
}

/**
 * A change of version under way (RUN-5). The steps before `seq` were entered in `from`; those of `kept` were left in `to`
 * or are still open there, those of `dropped` ended with the move.
 */
export interface RunMove {
  at: Date;
  from: number;
  to: number;
  seq: number;
  kept: number[];
  dropped: number[];
}

/** A signal on its way to a step. The same `id` is one signal, however often it is told. */
export interface StoredSignal {
  id: string;
  /** The waiting step; `GOAL` where the run is to go to a goal wherever it stands. */
  seq: number;
  await: string;
  at: Date;
  /** The goal node of a signal to `GOAL`. */
  goal?: string;
  event?: EventFacts;
  result?: EffectResult;
}
export const GOAL = -1;

/** The step of another run that waits for the end of this one. */
export interface ParentStep {
  runId: string;
  seq: number;
  await: string;
}

/** An effect that a step decided, performed under the id `runId/seq/index` after the commit (RUN-3). */
export interface DecidedEffect {
  seq: number;
  index: number;
  effect: Effect;
}

/**
 * The batch that holds the run. While it stands nobody else may advance the run (RUN-1). A run that has ended keeps its last
 * one, and the effects of it: there is nobody to keep away, and the end of the batch says that they were performed.
 * `isCommitted`: the steps are stored and their effects may be performed. `from`: the first step this batch entered; `closed`: the earlier ones it left;
 * `move`: it changed the run's version.
 */
export interface Hold {
  batch: string;
  isCommitted?: boolean;
  from?: number;
  closed?: number[];
  move?: RunMove;
}

export interface Conversion {
  event: string;
  at: Date;
  /** Integer minor units of the flow's currency. */
  minor: number;
}

/** One profile's way through one flow version. Position, path, wake time and decided effects change together (RUN-2). */
export interface RunRecord {
  _id: string;
  flowId: string;
  version: number;
  profileId: string;
  entryKey: string;
  /** Of a run whose flow runs code of users: it is advanced apart from the runs of other flows (CODE-8). */
  lane?: string;
  /** Profiles it belonged to before they were merged (RUN-11). */
  mergedFrom?: string[];
  status: RunStatus;
  /** Where it moved last: where it stands or ended, and where it failed. */
  node: string;
  enteredAt: Date;
  endedAt?: Date;
  endReason?: Reason;
  /** The strands, while the run waits or has failed. */
  positions?: Position[];
  /** When it is due: the earliest of its strands, or at once where a signal waits. Absent: only a signal can wake it. */
  wakeAt?: Date;
  /** Names of the events that it waits for, so that an event finds it. */
  awaiting?: string[];
  signals?: StoredSignal[];
  /** Counts signals ever told: a commit that did not see the last one changes nothing (RUN-6). */
  signalCount?: number;
  /** What started it, or the last event it waited for. */
  event?: EventFacts;
  /** What `event` was first, once it is another. */
  firstEvent?: EventFacts;
  /** How many flows called each other until this run was started; absent for one that no flow started. */
  depth?: number;
  origin?: EntryOrigin;
  parent?: ParentStep;
  path: StepRecord[];
  /** Split node → variant. */
  variants: Record<string, string>;
  failure?: { message: string; at: Date; node?: string };
  /** What a person decided about the failed visit: enter the node anew, or leave it by a port (RUN-10). */
  rescue?: { kind: 'retry' } | { kind: 'skip'; port: string };
  effects?: DecidedEffect[];
  hold?: Hold;
  /** It came due while its flow was paused, and stays until that is resumed (RUN-9). */
  isParked?: true;
  moves?: RunMove[];
  reachedAt?: Date;
  clickedAt?: Date;
  convertedAt?: Date;
  conversions?: Conversion[];
  valueMinor?: number;
}

/** What a run has only while it rests; each commit says it anew or it is gone. */
export const RESTING_STATE = [
  'positions',
  'wakeAt',
  'awaiting',
  'signals',
  'effects',
  'failure',
  'rescue',
  'isParked',
] as const;

export const runs = declareCollection<RunRecord>(
  'runs',
  [
    { key: { flowId: 1, version: 1, _id: 1 } },
    { key: { profileId: 1, flowId: 1 } },
    { key: { profileId: 1, awaiting: 1 }, options: { partialFilterExpression: { awaiting: { $exists: true } } } },
    { key: { lane: 1, wakeAt: 1 }, options: { partialFilterExpression: { wakeAt: { $exists: true } } } },
    // Those in flight, apart from the many that have ended; and those that wait for their flow to be resumed.
    {
      key: { flowId: 1, version: 1, _id: 1 },
      options: { name: 'in_flight', partialFilterExpression: { positions: { $exists: true } } },
    },
    {
      key: { flowId: 1, version: 1, isParked: 1, _id: 1 },
      options: { name: 'parked', partialFilterExpression: { isParked: true } },
    },
    {
      key: { flowId: 1, version: 1, node: 1 },
      options: { name: 'failed_runs', partialFilterExpression: { status: 'failed' } },
    },
    {
      key: { flowId: 1, version: 1, convertedAt: 1 },
      options: { name: 'converted', partialFilterExpression: { convertedAt: { $exists: true } } },
    },
  ],
  ['wakeAt_1'],
);

/**
 * RUN-4: derived, so that enrolling twice is harmless; the re-entry rule is the choice of the entry key.
 * A flow's runs lie beside each other in the order of their profiles: a batch of profiles that follow each other writes to
 * neighbouring places of every index, where ids without an order would touch one page for each run (docs/adr/0010).
 */
export function runIdOf(flowId: string, profileId: string, entryKey: string): string {
  return `${digest(flowId, 6)}${profileId}${digest(`${flowId}\n${profileId}\n${entryKey}`, 12)}`;
}

function digest(text: string, characters: number): string {
  return hash('sha256', text, 'base64url').slice(0, characters);
}
