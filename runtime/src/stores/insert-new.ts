import type { Collection, OptionalUnlessRequiredId } from 'mongodb';
import { duplicatesOf } from './duplicate-key.ts';

/** Inserts in bulk and answers the ids that were there before; those keep what they had. Any other failure throws. */
export async function insertNew<T extends { _id: string }>(
  collection: Collection<T>,
  records: readonly T[],
): Promise<Set<string>> {
  const refused = await insertAll(collection, records);
  return new Set([...refused].map((index) => records[index]?._id ?? ''));
}

/** The same by place: of two records of one id in one call the second is refused. */
export async function insertAll<T extends { _id: string }>(
  collection: Collection<T>,
  records: readonly T[],
): Promise<Set<number>> {
  if (records.length === 0) return new Set();
  try {
    await collection.insertMany(records as readonly OptionalUnlessRequiredId<T>[], { ordered: false });
    return new Set();
  } catch (error) {
    return new Set(duplicatesOf(error).map(({ index }) => index));
  }
}
