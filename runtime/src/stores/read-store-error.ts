import { AppError } from '@sluice/shared/errors';
import { MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';

const MAX_TIME_EXPIRED = 50;

/** Names the failures of the store that a caller can wait out; undefined for anything else. */
export function readStoreError(failure: unknown): AppError | undefined {
  if (failure instanceof MongoServerSelectionError || failure instanceof MongoNetworkError)
    return new AppError('store-unreachable', 'The store does not answer at the moment', {
      cause: failure,
      retryAfterMs: 5000,
    });
  if (failure instanceof MongoServerError && failure.code === MAX_TIME_EXPIRED)
    return new AppError('query-too-slow', 'The store gave up the query at its time limit', {
      cause: failure,
      retryAfterMs: 5000,
    });
  return undefined;
}
