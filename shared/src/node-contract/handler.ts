import type { Condition } from '../condition/ast.ts';
import type { Attributes, AttributeValue } from '../model/attribute.ts';
import type { Reason } from '../model/run.ts';
import type { AnyManifest, ParamsOf, PortOf } from './manifest.ts';

/** What a step asks the world to do, as data (RUN-3). A message refers to the node whose params hold its content. */
export type Effect =
  | { kind: 'send-message'; channel: 'email'; contentNode: string }
  | { kind: 'update-profile'; set?: Attributes; unset?: string[]; increment?: Record<string, number> }
  | { kind: 'record-exposure'; experiment: string; variant: string; isHoldOut: boolean };
export type EffectKind = Effect['kind'];

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
  attribute(name: string): AttributeValue | undefined;
  matches(condition: Condition): Promise<Verdict>;
  /** A number in [0, 1) that is the same for this flow, node and profile for ever. */
  bucket(salt: string): number;
}

/** Why a waiting run was woken. */
export type Signal = { kind: 'timer' };

export type Outcome<Port extends string = string> =
  | {
      kind: 'advance';
      port: Port;
      effects?: Effect[];
      reason?: Reason;
      variant?: { experiment: string; variant: string };
    }
  | { kind: 'wait'; untilAt: number; effects?: Effect[]; reason?: Reason }
  | { kind: 'exit'; effects?: Effect[]; reason: Reason };

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
