import type { CallContent, EffectResult, EventFacts, ProfileFacts, WrittenRequest } from '@sluice/shared/node-contract';

/** Where in a run the result of a call goes. */
export interface AwaitingStep {
  runId: string;
  seq: number;
  await: string;
}

/** One `call-http` effect. The request is filled in with the profile and the event as its run saw them. */
export interface CallRequest {
  effectId: string;
  runId: string;
  flowId: string;
  version: number;
  /** The node whose params hold the request. */
  nodeId: string;
  profile: ProfileFacts;
  event?: EventFacts;
  content: CallContent;
  /** What the step wrote out itself, for a node that has no request of its own. */
  written?: WrittenRequest;
  /** The step that waits for the result; absent when none does. */
  awaitedBy?: AwaitingStep;
}

/**
 * Takes a batch of calls into the durable queue; they are made afterwards, at least once each, always under the same
 * idempotency key. Planning the same effect twice is harmless: what is stored stays as it is.
 */
export interface Calls {
  plan(requests: readonly CallRequest[]): Promise<void>;
}

export interface SettledCall {
  effectId: string;
  awaitedBy: AwaitingStep;
  at: Date;
  /** `code` of a failure is a `CallFailureCode`; `value` is a `CallAnswer`. */
  result: EffectResult;
}

/**
 * Told of awaited calls that are over. At least once, also after a crash: once its promise has resolved the news must be
 * stored; the same news twice must be harmless.
 */
export interface CallListener {
  settled(calls: readonly SettledCall[]): Promise<void>;
}
