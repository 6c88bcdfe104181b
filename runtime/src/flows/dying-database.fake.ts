import type { Collection, Document } from 'mongodb';
import type { Database } from '../stores/database.ts';

const WRITES = new Set([
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'findOneAndUpdate',
  'deleteOne',
  'deleteMany',
  'bulkWrite',
]);

/** A database whose process is killed at the n-th write: instead of it, or right behind it. Nothing is written any more. */
export function dyingDatabase(database: Database, write: number, moment: 'before' | 'after'): Database {
  let writes = 0;
  const die = () => {
    throw new Error('killed');
  };
  const doom = <T extends Document>(collection: Collection<T>): Collection<T> =>
    new Proxy(collection, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        const call = member.bind(target) as (...args: unknown[]) => unknown;
        if (!WRITES.has(String(name))) return call;
        return async (...args: unknown[]) => {
          writes += 1;
          if (writes > write || (writes === write && moment === 'before')) return die();
          const result = await call(...args);
          return writes === write ? die() : result;
        };
      },
    });
  return { ...database, collection: (declaration) => doom(database.collection(declaration)) };
}
