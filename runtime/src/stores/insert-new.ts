import { type Collection, MongoBulkWriteError, type OptionalUnlessRequiredId } from 'mongodb';

const DUPLICATE_KEY = 11_000;

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
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    // Nothing but duplicates: a missing answer of the store would carry no write errors and must not pass for success.
    if (failures.length === 0) throw error;
    return new Set(failures.map(({ index }) => index));
  }
}
