import type { CommandName } from '../surface.ts';
import { aggregate } from './aggregate.ts';
import {
  collMod,
  collStats,
  create,
  dbStats,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './collection-commands.ts';
import type { CommandHandler } from './command.ts';
import { copyStore } from './copy-store.ts';
import { count, distinct } from './count-distinct.ts';
import { getMore, killCursors } from './cursor-commands.ts';
import { deleteDocuments } from './delete.ts';
import { explain } from './explain.ts';
import { find } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import * as handshake from './handshake.ts';
import { createIndexes, dropIndexes, listIndexes } from './index-commands.ts';
import { insert } from './insert.ts';
import { update } from './update.ts';
import { validate } from './validate.ts';

/** The handler of every command of the surface; one missing is a compile error. */
export const handlers: Record<CommandName, CommandHandler> = {
  hello: handshake.hello,
  ping: handshake.ping,
  buildInfo: handshake.buildInfo,
  hostInfo: handshake.hostInfo,
  getParameter: handshake.getParameter,
  connectionStatus: handshake.connectionStatus,
  serverStatus: handshake.serverStatus,
  whatsmyuri: handshake.whatsmyuri,
  getLog: handshake.getLog,
  fsync: handshake.fsync,
  endSessions: handshake.endSessions,
  killSessions: handshake.endSessions,
  refreshSessions: handshake.endSessions,
  startSession: handshake.endSessions,
  listDatabases,
  listCollections,
  listIndexes,
  create,
  drop,
  dropDatabase,
  renameCollection,
  createIndexes,
  dropIndexes,
  collMod,
  collStats,
  dbStats,
  validate,
  insert,
  update,
  delete: deleteDocuments,
  findAndModify,
  find,
  getMore,
  killCursors,
  count,
  distinct,
  aggregate,
  explain,
  copyStore,
};
