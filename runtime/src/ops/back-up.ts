import { constants } from 'node:fs';
import { access, copyFile } from 'node:fs/promises';
import path from 'node:path';
import { backUpStore, launchEmbeddedStore, restoreStore } from '@sluice/embedded-store';
import { MongoClient } from 'mongodb';

/** Seals stored credentials; without it a restored workspace asks for the SMTP password again. */
const KEY_FILE = 'secret.key';
const SOCKET = 'store.sock';
const ANSWER_LIMIT_MS = 2000;

/**
 * Copies the data folder's store into a new folder, one consistent snapshot, whether the product runs on it or not; the
 * key of sealed credentials goes along. Throws a sentence when the folder is in use in a way that cannot be reached.
 */
export async function backUpDataFolder(dataDir: string, to: string): Promise<void> {
  const live = `mongodb://${encodeURIComponent(path.join(dataDir, SOCKET))}/?directConnection=true`;
  if (await answers(live)) await backUpStore({ url: live, to });
  else {
    const store = await launchEmbeddedStore({ folder: dataDir });
    try {
      await backUpStore({ url: store.url, to });
    } finally {
      await store.stop();
    }
  }
  await copyKey(dataDir, to);
}

/** Puts a backup into a data folder that is empty or missing. */
export async function restoreDataFolder(backup: string, dataDir: string): Promise<void> {
  await restoreStore({ backup, folder: dataDir });
  await copyKey(backup, dataDir);
}

async function answers(url: string): Promise<boolean> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: ANSWER_LIMIT_MS });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } catch {
    // Nobody listens there: the store is not running, which is a case of its own and no failure.
    return false;
  } finally {
    await client.close();
  }
}

async function copyKey(from: string, to: string): Promise<void> {
  const key = path.join(from, KEY_FILE);
  const exists = await access(key).then(
    () => true,
    () => false,
  );
  if (exists) await copyFile(key, path.join(to, KEY_FILE), constants.COPYFILE_EXCL);
}
