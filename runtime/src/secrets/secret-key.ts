import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sluice/shared/errors';

const KEY_BYTES = 32;
const KEY_FILE = 'secret.key';

/**
 * The key under which credentials are stored: SECRET_KEY, or a file in the data folder that only its owner may read and
 * that is made when it is missing. Throws `request-invalid` that says how to mend a key of the wrong shape or a file that
 * others can read.
 */
export async function loadSecretKey(options: { secretKey: string | undefined; dataDir: string }): Promise<KeyObject> {
  if (options.secretKey !== undefined) return readKey(options.secretKey, 'SECRET_KEY');
  const file = path.join(options.dataDir, KEY_FILE);
  await mkdir(options.dataDir, { recursive: true });
  await createKeyFile(file);
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0)
    throw new AppError('request-invalid', `Others can read the key file ${file}; run: chmod 600 ${file}`);
  return readKey((await readFile(file, 'utf8')).trim(), file);
}

/** Names a key without telling it, so that a value sealed under another key is recognised. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256').update('fingerprint\n').update(key.export()).digest('hex').slice(0, 12);
}

/** Two processes may start at once: the file system lets one of them create the file. */
async function createKeyFile(file: string): Promise<void> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(KEY_BYTES).toString('base64'));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function readKey(text: string, source: string): KeyObject {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES)
    throw new AppError(
      'request-invalid',
      `${source} must hold 32 random bytes in base64 or hex, such as: openssl rand -base64 32`,
    );
  return createSecretKey(bytes);
}
