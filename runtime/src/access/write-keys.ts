import { AppError } from '@sluice/shared/errors';
import type { WriteKey } from '@sluice/shared/http-api';
import { type Clock, MINUTE_MS } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { Database } from '../stores/database.ts';
import { toWriteKey, writeKeys } from './account-record.ts';
import { createSecretToken, hashToken } from './secret-token.ts';

export interface WriteKeys {
  /** The answer is the only time the key is readable. */
  create(name: string): Promise<{ key: string; writeKey: WriteKey }>;
  list(): Promise<WriteKey[]>;
  /** Refused from the moment this resolves, in other processes at most a second later. Throws `not-found`. */
  revoke(id: string): Promise<void>;
  /** The id of a valid key. Remembers the use, to the minute. */
  idOf(key: string): Promise<string | undefined>;
}

const PREFIX = 'wk_';
/** Asking the store for every call would cost more than the call. */
const FRESH_MS = 1000;

interface Held {
  id: string;
  readAt: number;
}

export function createWriteKeys(deps: { database: Database; clock: Clock }): WriteKeys {
  const stored = deps.database.collection(writeKeys);
  /** Valid keys alone, by their hash: whoever tries out others fills nothing. */
  const held = new Map<string, Held>();
  const reading = new Map<string, Promise<string | undefined>>();
  let revocations = 0;

  async function read(keyHash: string): Promise<string | undefined> {
    const now = deps.clock.now();
    const before = revocations;
    const record = await stored.findOne({ keyHash });
    held.delete(keyHash);
    if (!record) return undefined;
    // What was read before a revocation may be what was revoked.
    if (before === revocations) held.set(keyHash, { id: record._id, readAt: now });
    // To the minute: a write for each call would double the work of ingest.
    if ((record.lastUsedAt?.getTime() ?? 0) < now - MINUTE_MS)
      await stored.updateOne({ _id: record._id }, { $set: { lastUsedAt: new Date(now) } });
    return record._id;
  }

  return {
    async create(name) {
      const key = `${PREFIX}${createSecretToken()}`;
      const record = {
        _id: ulid(deps.clock.now()),
        name,
        keyHash: hashToken(key),
        prefix: key.slice(0, PREFIX.length + 6),
        createdAt: new Date(deps.clock.now()),
        lastUsedAt: null,
      };
      await stored.insertOne(record);
      return { key, writeKey: toWriteKey(record) };
    },
    async list() {
      return (await stored.find().sort({ createdAt: 1, _id: 1 }).toArray()).map(toWriteKey);
    },
    async revoke(id) {
      const { deletedCount } = await stored.deleteOne({ _id: id });
      revocations += 1;
      for (const [keyHash, each] of held) if (each.id === id) held.delete(keyHash);
      reading.clear();
      if (deletedCount === 0) throw new AppError('not-found', 'There is no such write key');
    },
    async idOf(key) {
      const keyHash = hashToken(key);
      const known = held.get(keyHash);
      if (known && Math.abs(deps.clock.now() - known.readAt) < FRESH_MS) return known.id;
      const underWay = reading.get(keyHash);
      if (underWay) return underWay;
      const asked = read(keyHash).finally(() => {
        if (reading.get(keyHash) === asked) reading.delete(keyHash);
      });
      reading.set(keyHash, asked);
      return asked;
    },
  };
}
