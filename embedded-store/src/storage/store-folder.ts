import { accessSync, constants, existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDataFile } from './check-data-file.ts';
import { compactStore } from './compact-store.ts';
import { lockFolder } from './folder-lock.ts';
import { fileName, openLmdbStore } from './lmdb-store.ts';
import type { OrderedStore } from './ordered-store.ts';
import { formatFile, formatLine } from './store-format.ts';
import { syncFiles } from './sync-files.ts';

/** File systems whose locks and memory maps do not hold across machines (linux/magic.h). */
const networkFileSystems = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
]);

/** Opens a data folder for this process alone; throws an Error whose message a user can act on. */
export async function openStoreFolder(folder: string): Promise<{ store: OrderedStore; release: () => void }> {
  makeFolder(folder);
  refuseNetworkFileSystem(folder);
  const release = lockFolder(folder);
  try {
    await checkFormat(folder);
    checkDataFile(folder);
    await compactStore(folder);
    return { store: openLmdbStore(folder), release };
  } catch (error) {
    release();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `The embedded store cannot write to its data folder ${folder} (${(error as NodeJS.ErrnoException).code}). ` +
        'Give this user the right to write there, or choose another folder.',
      { cause: error },
    );
  }
}

function refuseNetworkFileSystem(folder: string): void {
  const name = networkFileSystems.get(statfsSync(folder).type);
  if (!name) return;
  throw new Error(
    `The data folder ${folder} lies on a network file system (${name}), where a crash or a second machine could ` +
      'damage the data. Choose a folder on a local disk, or set MONGODB_URL to a MongoDB server.',
  );
}

async function checkFormat(folder: string): Promise<void> {
  const path = join(folder, formatFile);
  const hasData = existsSync(join(folder, fileName));
  const found = existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  if (found === formatLine) return;
  // An empty one without data was being written when the machine went down.
  if (found || (found === '' && hasData)) {
    throw new Error(
      `The data folder ${folder} has the format "${found}", and this version reads only ` +
        `"${formatLine}". Nothing was changed. Use the version that wrote it, export there and import here.`,
    );
  }
  if (hasData) {
    throw new Error(
      `The data folder ${folder} has a ${fileName} but no ${formatFile} file, so its format is unknown. Nothing was ` +
        'changed. Restore the folder from a backup, or choose another one.',
    );
  }
  writeFileSync(path, `${formatLine}\n`);
  // On the disk before any data is: data of unknown format is refused.
  await syncFiles(path, folder);
}
