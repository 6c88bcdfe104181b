import { Long } from 'bson';
import { maxDocumentBytes, maxMessageBytes, maxWriteBatch } from '../wire/limits.ts';
import type { CommandHandler } from './command.ts';

/** The MongoDB version whose behaviour is kept: drivers choose what they send by maxWireVersion (21 is 7.0). */
const version = '7.0.0';
const maxWireVersion = 21;

/** Introduces the store as a writable standalone: no set name, so that drivers use no retryable writes. */
export const hello: CommandHandler = ({ name, connectionId }) => ({
  ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
  helloOk: true,
  maxBsonObjectSize: maxDocumentBytes,
  maxMessageSizeBytes: maxMessageBytes,
  maxWriteBatchSize: maxWriteBatch,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId,
  minWireVersion: 0,
  maxWireVersion,
  readOnly: false,
});

export const ping: CommandHandler = () => ({});

export const buildInfo: CommandHandler = () => ({
  version,
  versionArray: [...version.split('.').map(Number), 0],
  gitVersion: 'embedded-store',
  modules: ['embedded-store'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: maxDocumentBytes,
  storageEngines: ['lmdb'],
});

export const hostInfo: CommandHandler = () => ({
  system: { currentTime: new Date(), hostname: 'embedded-store' },
  os: { type: process.platform },
  extra: {},
});

export const getParameter: CommandHandler = () => ({ featureCompatibilityVersion: { version: '7.0' } });

export const connectionStatus: CommandHandler = () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [], authenticatedUserPrivileges: [] },
});

export const whatsmyuri: CommandHandler = ({ connectionId }) => ({ you: `connection ${connectionId}` });

export const getLog: CommandHandler = ({ fields }) =>
  fields['getLog'] === '*' ? { names: [] } : { totalLinesWritten: 0, log: [] };

export const serverStatus: CommandHandler = ({ engine }) => {
  const uptimeSeconds = (Date.now() - engine.startedAt.getTime()) / 1000;
  return {
    host: 'embedded-store',
    version,
    process: 'embedded-store',
    pid: Long.fromNumber(process.pid),
    uptime: uptimeSeconds,
    localTime: new Date(),
    mem: { resident: Math.round(process.memoryUsage.rss() / 1024 / 1024) },
    metrics: {
      cursor: { open: { total: Long.fromNumber(engine.cursors.size()) } },
      commands: Object.fromEntries(
        [...engine.commandCounts].map(([name, total]) => [name, { total: Long.fromNumber(total) }]),
      ),
    },
    storageEngine: { name: 'lmdb', persistent: true },
  };
};

/** Sessions carry nothing here: no transactions, no retryable writes. */
export const endSessions: CommandHandler = () => ({});

/** Every acknowledged write is already on the disk; a lock would mean nothing more. */
export const fsync: CommandHandler = () => ({ numFiles: 1 });
