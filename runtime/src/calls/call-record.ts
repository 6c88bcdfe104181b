import type { CallFailure, CallMethod, CallStatus } from '@sluice/shared/model';
import type { EffectResult } from '@sluice/shared/node-contract';
import type { Static } from 'typebox';
import { declareCollection } from '../stores/database.ts';
import type { AwaitingStep } from './calls.ts';

/** A request as it goes out, but for what each attempt adds: signature, key, secret header. */
export interface FilledRequest {
  method: CallMethod;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/**
 * One HTTP call for one effect: record and queue in one. States and their moves stand in SPEC.md beside this file.
 */
export interface CallRecord {
  /** The effect id; goes out as the idempotency key of every attempt (RUN-3). */
  _id: string;
  runId: string;
  flowId: string;
  version: number;
  nodeId: string;
  profileId: string;
  /** Absent: a webhook. */
  serviceId?: string;
  /** The step gets the body of the answer, since nobody has a contract for it. */
  keepsBody?: true;
  /** The step that waits for the result; absent when none does. */
  awaitedBy?: AwaitingStep;
  status: Static<typeof CallStatus>;
  /** When it was planned; stays, since lists go by it. */
  at: Date;
  /** When it reached its status, if that was later. */
  since?: Date;
  /** Absent when it could not be filled in. Once done it is dropped: what succeeded needs no second look. */
  request?: FilledRequest;
  /** Scheme, host and port: who is called. Stays when the request is dropped. */
  origin: string;
  attempts: number;
  maxAttempts: number;
  /** Of one attempt. */
  timeoutMs: number;
  /** First delay before another attempt; doubles each time. */
  retryBaseMs: number;
  /** After this an answer is of no use. */
  giveUpAt: Date;
  /** Present while `planned` or `sending`: when it is due, or when its claim runs out and anyone may take it. */
  dueAt?: Date;
  /** The worker that holds it or settled it. */
  claim?: string;
  /** Of the last attempt, also while it waits for the next. */
  failure?: CallFailure;
  answer?: { status: number; ms: number; text: string };
  /** Present on an awaited call that is over. */
  result?: EffectResult;
  /** Over and awaited, and the listener has not been told yet. */
  isUnreported?: true;
}

export const calls = declareCollection<CallRecord>('calls', [
  {
    key: { dueAt: 1, origin: 1 },
    options: { name: 'queue', partialFilterExpression: { dueAt: { $exists: true } } },
  },
  { key: { isUnreported: 1, at: 1 }, options: { name: 'unreported', partialFilterExpression: { isUnreported: true } } },
  { key: { at: -1, _id: -1 } },
  { key: { flowId: 1, at: -1, _id: -1 } },
  {
    key: { serviceId: 1, at: -1, _id: -1 },
    options: { name: 'service', partialFilterExpression: { serviceId: { $exists: true } } },
  },
]);
