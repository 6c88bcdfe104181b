import type { Condition, PropertyFilter } from '../condition/ast.ts';
import type { Attributes, AttributeValue } from '../model/attribute.ts';
import type { Reason } from '../model/run.ts';
import type { Effect } from './effect.ts';
import type { AnyManifest, ParamsOf, PortOf } from './manifest.ts';
import type { Await, EventFacts, Signal } from './signal.ts';

export interface ProfileFacts {
  id: string;
  userId?: string;
  attributes: Attributes;
}

export interface RunFacts {
  id: string;
  flowId: string;
  version: number;
  /** Unix milliseconds. */
  enteredAt: number;
  variants: Readonly<Record<string, string>>;
}

export type Verdict = { isMatch: boolean; reason?: Reason };

/**
 * All a handler may read. Reads are asynchronous and coalesced over the batch; there is no wall clock and no randomness
 * besides `bucket` (RUN-7).
 */
export interface StepContext<Params> {
  /** Unix milliseconds; the same for every run of a batch. */
  now: number;
  timeZone: string;
  params: Params;
  nodeId: string;
  profile: ProfileFacts;
  run: RunFacts;
  /** IANA zone of the profile where it has one, else the workspace's. */
  profileTimeZone: string;
  /** The event that started the run, or the last one it waited for. */
  event?: EventFacts;
  /** The event that started the run; where none did, the first it waited for. */
  firstEvent?: EventFacts;
  /** What this step's last `wait` asked to keep; empty on entering. */
  memory: Attributes;
  /** How often this run has entered this node, this visit included. */
  visits: number;
  attribute(name: string): AttributeValue | undefined;
  matches(condition: Condition): Promise<Verdict>;
  /** A number in [0, 1) that is the same for this flow, node and profile for ever. */
  bucket(salt: string): number;
  /**
   * The profile's latest event of this name since an instant (Unix milliseconds, included). `same` narrows it by a value of
   * this run's own; what is in `where` is asked for all runs at once and should be the same object for each.
   */
  pastEvent(
    name: string,
    where: readonly PropertyFilter[],
    since: number,
    same?: PropertyValue,
  ): Promise<EventFacts | undefined>;
  /**
   * Takes the next place of this node's waiting line, which moves at `perMinute`; answers when its turn is (Unix
   * milliseconds).
   */
  reserveSlot(perMinute: number): Promise<number>;
  /** Whether one more may pass this node now; true at most `perMinute` times in any minute, over all processes. */
  passGate(perMinute: number): Promise<boolean>;
  /** The variant that has won at this node, once it is decided. */
  decision(): Promise<string | undefined>;
  /** Computes in the code sandbox: no I/O, no clock, bounded time and memory. */
  runCode(source: string, input: unknown, limits?: CodeLimits): Promise<CodeResult>;
}

/** A property that must hold exactly this value. */
export interface PropertyValue {
  property: string;
  value: string | number | boolean;
}

export interface CodeLimits {
  timeoutMs?: number;
  memoryMiB?: number;
}

/**
 * `code` of a failure: `time`, `memory`, `error` (it threw), `output` (not JSON, or too large), `skipped` (it used up its
 * limits for many before, and was not tried).
 */
export type CodeResult = { isOk: true; value: unknown } | { isOk: false; code: string; message: string };

export type Outcome<Port extends string = string> =
  | {
      kind: 'advance';
      port: Port;
      effects?: Effect[];
      reason?: Reason;
      variant?: { experiment: string; variant: string };
    }
  /** Until an instant (Unix milliseconds), or until one of `awaits`, whichever is first; one of the two must be there. */
  | { kind: 'wait'; untilAt?: number; awaits?: Await[]; memory?: Attributes; effects?: Effect[]; reason?: Reason }
  /** Goes on by several ports at once, in a strand each. */
  | { kind: 'fork'; ports: Port[]; effects?: Effect[]; reason?: Reason }
  /** Waits for the strands of the last fork, all or the first of them, and goes on as one. */
  | { kind: 'join'; need: 'all' | 'any'; port: Port; effects?: Effect[]; reason?: Reason }
  /** Ends this strand; the run ends with its last one. `isWholeRun`: the other strands end too. */
  | { kind: 'exit'; effects?: Effect[]; reason: Reason; isWholeRun?: boolean };

/** Behaviour of a kind. Writes nothing; says what should happen. A throw fails the run at this node (RUN-10). */
export interface NodeHandler<Params = unknown, Port extends string = string> {
  enter(context: StepContext<Params>): Outcome<Port> | Promise<Outcome<Port>>;
  /** Required when `enter` can wait. */
  resume?(context: StepContext<Params>, signal: Signal): Outcome<Port> | Promise<Outcome<Port>>;
}

export type HandlerOf<M extends AnyManifest> = NodeHandler<ParamsOf<M>, PortOf<M>>;

/** Binds a handler to its manifest so that a wrong port or param is a compile error. */
export function defineHandler<M extends AnyManifest>(_manifest: M, handler: HandlerOf<M>): HandlerOf<M> {
  return handler;
}

// oxlint-disable-next-line typescript/no-explicit-any
export type AnyHandler = NodeHandler<any, string>;
