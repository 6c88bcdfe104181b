import { launchEmbeddedStore } from '@sluice/embedded-store';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { connectDatabase, type Database } from '../stores/database.ts';

export interface OpenedDatabase {
  database: Database;
  /** Disconnects, then stops the embedded store. */
  close(): Promise<void>;
}

const DATABASE_NAME = 'sluice';

/** Connects to MONGODB_URL, or starts the embedded store in the data folder. Throws one sentence that says what is wrong. */
export async function openDatabase(
  config: Pick<Config, 'mongodbUrl' | 'dataDir'>,
  log: Logger,
): Promise<OpenedDatabase> {
  if (config.mongodbUrl !== undefined) {
    // A database named in the address is the operator's choice and wins. A host may be a socket path, so this is no URL.
    const name = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]*)/.exec(config.mongodbUrl)?.[1];
    const database = await connectDatabase(config.mongodbUrl, { databaseName: name || DATABASE_NAME });
    return { database, close: () => database.close() };
  }
  const store = await launchEmbeddedStore({
    folder: config.dataDir,
    onExit: ({ sentence, willRestart }) => log.error({ willRestart }, sentence),
  });
  try {
    const database = await connectDatabase(store.url, { databaseName: DATABASE_NAME });
    return {
      database,
      async close() {
        await database.close();
        await store.stop();
      },
    };
  } catch (cause) {
    await store.stop();
    throw cause;
  }
}
