import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import { Binary } from 'mongodb';
import { type Database, declareCollection } from '../stores/database.ts';

export interface SecretRecord {
  _id: string;
  key: Binary;
  createdAt: Date;
}

export const secrets = declareCollection<SecretRecord>('secrets');

/**
 * The key that signs tracked links, made by whichever process comes first. It lives in the store and not in the
 * environment: links in mails that have gone out must work for years, on every machine.
 */
export async function loadLinkSecret(database: Database): Promise<KeyObject> {
  const record = await database
    .collection(secrets)
    .findOneAndUpdate(
      { _id: 'links' },
      { $setOnInsert: { key: new Binary(randomBytes(32)), createdAt: new Date() } },
      { upsert: true, returnDocument: 'after' },
    );
  if (!record) throw new AppError('unexpected', 'The store kept no link secret');
  return createSecretKey(record.key.buffer);
}
