#!/usr/bin/env node
/**
 * Backup, restore, export and import by hand. A <store> is the connection string of a running store, or the data
 * folder of one that is not running.
 */
import { backUpStore, exportDump, importDump, launchEmbeddedStore, restoreStore } from '../src/index.ts';

const usage = `Usage:
  embedded-store serve   <data folder>                     run a store until Ctrl-C
  embedded-store backup  <store> <new folder>              a consistent copy, also while it runs
  embedded-store restore <backup folder> <data folder>     into an empty data folder
  embedded-store export  <store> <folder> [database]       files that mongorestore reads
  embedded-store import  <folder> <store>                  files that mongodump wrote
A <store> is a mongodb:// connection string, or the data folder of a store that is not running.`;

/** Runs `work` with a connection string; a folder is served for as long as that takes. */
async function withStore(store: string, work: (url: string) => Promise<unknown>): Promise<void> {
  if (store.startsWith('mongodb')) {
    await work(store);
    return;
  }
  const launched = await launchEmbeddedStore({ folder: store });
  try {
    await work(launched.url);
  } finally {
    await launched.stop();
  }
}

async function serve(folder: string): Promise<void> {
  const store = await launchEmbeddedStore({ folder, onExit: ({ sentence }) => console.error(sentence) });
  console.log(store.url);
  const alive = setInterval(() => {}, 60_000);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  clearInterval(alive);
  await store.stop();
}

const verbs: Record<string, { needs: number; run: (args: string[]) => Promise<unknown> }> = {
  serve: { needs: 1, run: ([folder = '']) => serve(folder) },
  backup: { needs: 2, run: ([store = '', to = '']) => withStore(store, (url) => backUpStore({ url, to })) },
  restore: { needs: 2, run: ([backup = '', folder = '']) => restoreStore({ backup, folder }) },
  export: {
    needs: 2,
    run: ([store = '', folder = '', db]) =>
      withStore(store, async (url) =>
        console.table(await exportDump({ url, folder, ...(db !== undefined && { db }) })),
      ),
  },
  import: {
    needs: 2,
    run: ([folder = '', store = '']) =>
      withStore(store, async (url) => console.table(await importDump({ folder, url }))),
  },
};

const [name = '', ...args] = process.argv.slice(2);
const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
if (!verb || args.length < verb.needs) {
  console.error(usage);
  process.exit(2);
}
try {
  await verb.run(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
