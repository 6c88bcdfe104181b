import path from 'node:path';
import { readConfig } from '../config.ts';
import { backUpDataFolder, restoreDataFolder } from './back-up.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const USAGE = `npm run backup -- NEW_FOLDER        copies the embedded store, also while the product runs
npm run restore -- BACKUP_FOLDER    puts a backup into DATA_DIR, which must be empty or missing`;

const [verb, folder, ...rest] = process.argv.slice(2);
try {
  const config = readConfig(process.env, root);
  if (config.mongodbUrl) throw new Error('MONGODB_URL is set: back up that server with mongodump and mongorestore.');
  if (!folder || rest.length > 0 || (verb !== 'backup' && verb !== 'restore')) throw new Error(USAGE);
  const given = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
  if (verb === 'backup') {
    await backUpDataFolder(config.dataDir, given);
    console.log(`Backed up ${config.dataDir} to ${given}. It holds the key of stored credentials: keep it safe.`);
  } else {
    await restoreDataFolder(given, config.dataDir);
    console.log(`Restored ${given} into ${config.dataDir}. Start with: npm start`);
  }
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : String(failure));
  process.exitCode = 1;
}
