import { isAbsolute } from 'node:path';
import { writeSnapshot } from '../backup/back-up-store.ts';
import { StoreError } from '../bson/index.ts';
import type { CommandHandler } from './command.ts';

/** Copies the store's files into a folder while it runs. */
export const copyStore: CommandHandler = async ({ engine, fields }) => {
  const to = fields['to'];
  if (typeof to !== 'string' || !isAbsolute(to))
    throw new StoreError(2, "copyStore needs 'to', the absolute path of a new folder");
  try {
    await writeSnapshot((folder) => engine.store.copyTo(folder), to);
  } catch (error) {
    throw new StoreError(96, `The backup was not made. ${(error as Error).message}`);
  }
  return {};
};
