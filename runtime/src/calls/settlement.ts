import type { CallFailure } from '@sluice/shared/model';
import type { CallAnswer, EffectResult } from '@sluice/shared/node-contract';
import type { AnyBulkWriteOperation, UpdateFilter } from 'mongodb';
import type { CallRecord } from './call-record.ts';

type Answer = NonNullable<CallRecord['answer']>;

/** What became of one attempt. */
export type Settlement =
  | { kind: 'done'; answer: Answer; value: CallAnswer }
  | { kind: 'failed'; failure: CallFailure; answer?: Answer }
  /** Again at `dueAt`; the attempt counts. */
  | { kind: 'again'; failure: CallFailure; answer?: Answer; dueAt: Date }
  /** The worker stops: as if the attempt had not been made. */
  | { kind: 'given-back' };

export function toFailedResult({ code, status }: CallFailure): EffectResult {
  const value: CallAnswer = { ...(status !== undefined && { status }) };
  return { isOk: false, code, value };
}

/** The change of the call; changes nothing when the claim is somebody else's by now (RUN-1). */
export function toUpdate(
  call: Pick<CallRecord, '_id' | 'claim' | 'awaitedBy' | 'attempts'>,
  settlement: Settlement,
  at: Date,
): AnyBulkWriteOperation<CallRecord> {
  return {
    updateOne: {
      filter: { _id: call._id, claim: call.claim, status: 'sending' } as object,
      update: changeOf(call, settlement, at),
    },
  };
}

function changeOf(
  { awaitedBy, attempts }: Pick<CallRecord, 'awaitedBy' | 'attempts'>,
  settlement: Settlement,
  at: Date,
): UpdateFilter<CallRecord> {
  const over = (result: EffectResult) => (awaitedBy ? { result, isUnreported: true as const } : {});
  switch (settlement.kind) {
    case 'done': {
      const { answer, value } = settlement;
      return {
        $set: { status: 'done', at, answer, attempts: attempts + 1, ...over({ isOk: true, value }) },
        $unset: { dueAt: true, request: true, failure: true },
      };
    }
    case 'failed': {
      const { failure, answer } = settlement;
      const seen = { failure, ...(answer && { answer }) };
      return {
        $set: { status: 'failed', at, attempts: attempts + 1, ...seen, ...over(toFailedResult(failure)) },
        $unset: { dueAt: true },
      };
    }
    case 'again': {
      const { failure, answer, dueAt } = settlement;
      return {
        $set: { status: 'planned', at, dueAt, failure, attempts: attempts + 1, ...(answer && { answer }) },
        $unset: { claim: true },
      };
    }
    case 'given-back':
      return { $set: { status: 'planned', dueAt: at }, $unset: { claim: true } };
  }
}
