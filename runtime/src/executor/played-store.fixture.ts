import { openTestDatabase } from '../../test/open-test-database.ts';
import { batches } from './batch-record.ts';
import { createMongoRunStore } from './mongo-run-store.ts';
import type { PlayedStore } from './play.fixture.ts';
import { runs } from './run-record.ts';

export { happenings as anyHappenings } from './graph.arbitrary.ts';
export { play, soundGraph } from './play.fixture.ts';

/** A run store on a database of its own, emptied for each play. */
export async function openPlayedStore(): Promise<{ openEmpty(): Promise<PlayedStore>; close(): Promise<void> }> {
  const { database, close } = await openTestDatabase([runs, batches]);
  return {
    async openEmpty() {
      await database.collection(runs).deleteMany({});
      await database.collection(batches).deleteMany({});
      return { store: createMongoRunStore(database), read: () => database.collection(runs).find({}).toArray() };
    },
    close,
  };
}
