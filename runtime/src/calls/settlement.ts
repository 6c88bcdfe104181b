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

/**
 * The changes of the calls; those that came to the very same are changed together. A call whose claim is somebody else's by
 * now stays as it is (RUN-1).
 */
export function toUpdates(
  outcomes: readonly { call: SettledFields; settlement: Settlement }[],
  at: Date,
): AnyBulkWriteOperation<CallRecord>[] {
  const alike = Map.groupBy(outcomes, ({ call, settlement }) =>
    JSON.stringify([call.claim, call.attempts, call.awaitedBy !== undefined, settlement]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const ids = group.map(({ call }) => call._id);
    const filter = { _id: { $in: ids }, claim: first.call.claim, status: 'sending' } as object;
    return { updateMany: { filter, update: changeOf(first.call, first.settlement, at) } };
  });
}

type SettledFields = Pick<CallRecord, '_id' | 'claim' | 'awaitedBy' | 'attempts'>;

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
        $set: { status: 'done', since: at, answer, attempts: attempts + 1, ...over({ isOk: true, value }) },
        $unset: { dueAt: true, request: true, failure: true },
      };
    }
    case 'failed': {
      const { failure, answer } = settlement;
      const seen = { failure, ...(answer && { answer }) };
      return {
        $set: { status: 'failed', since: at, attempts: attempts + 1, ...seen, ...over(toFailedResult(failure)) },
        $unset: { dueAt: true },
      };
    }
    case 'again': {
      const { failure, answer, dueAt } = settlement;
      return {
        $set: { status: 'planned', since: at, dueAt, failure, attempts: attempts + 1, ...(answer && { answer }) },
        $unset: { claim: true },
      };
    }
    case 'given-back':
      return { $set: { status: 'planned', dueAt: at }, $unset: { claim: true } };
  }
}
