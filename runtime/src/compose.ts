import type { Clock } from '@sluice/shared/time';
import type { Document } from 'mongodb';
import type { Logger } from 'pino';
import { accounts, sessions, setups, signInFailures, writeKeys } from './access/account-record.ts';
import { registerAccessRoutes, toCallerSource } from './access/access-routes.ts';
import { createAccounts } from './access/accounts.ts';
import { createSessions } from './access/sessions.ts';
import { createSetup } from './access/setup.ts';
import { createSignInThrottle } from './access/sign-in-throttle.ts';
import { createWriteKeys } from './access/write-keys.ts';
import type { Config } from './config.ts';
import { createServer } from './http/create-server.ts';
import { createEventLog } from './ingest/event-log.ts';
import { events } from './ingest/event-record.ts';
import { registerIngestRoutes } from './ingest/ingest-routes.ts';
import { createIngest } from './ingest/ingest.ts';
import { createMetrics } from './ops/metrics.ts';
import { registerOpsRoutes } from './ops/ops-routes.ts';
import { createProfileList } from './profiles/profile-list.ts';
import { profiles } from './profiles/profile-record.ts';
import { registerProfileRoutes } from './profiles/profile-routes.ts';
import { applyIndexes, type CollectionDeclaration, type Database } from './stores/database.ts';

export interface App {
  /** Starts answering; the address as a person would open it. */
  listen(): Promise<string>;
  /** A one-time token while no account exists. */
  openSetup(): Promise<string | undefined>;
  /** Stops accepting, lets calls and jobs finish. The database stays open: whoever opened it closes it. */
  close(): Promise<void>;
}

export interface Surroundings {
  log: Logger;
  clock: Clock;
  version: string;
}

const COLLECTIONS = [accounts, sessions, setups, signInFailures, writeKeys, profiles, events];

/** The one place that builds the parts and hands them to each other. */
export async function compose(config: Config, database: Database, surroundings: Surroundings): Promise<App> {
  const { log, clock, version } = surroundings;
  await applyIndexes(database, COLLECTIONS as readonly CollectionDeclaration<Document>[]);
  const metrics = createMetrics();
  const core = { database, clock };

  const accessAccounts = createAccounts(core);
  const access = {
    accounts: accessAccounts,
    sessions: createSessions(core),
    setup: createSetup({ ...core, accounts: accessAccounts }),
    throttle: createSignInThrottle(core),
    writeKeys: createWriteKeys(core),
    facts: {
      version,
      timeZone: config.timeZone,
      storage: config.mongodbUrl ? ('mongodb' as const) : ('embedded' as const),
    },
  };

  const eventLog = createEventLog(core);
  const ingest = createIngest({ ...core, eventLog });

  const server = await createServer({
    version,
    log,
    callers: toCallerSource(access),
    webDist: config.webDist,
    trustProxy: config.trustProxy,
    onAnswer: metrics.observeAnswer,
  });
  registerOpsRoutes(server.serveRaw, { database, metrics, metricsToken: config.metricsToken });
  registerAccessRoutes(server.serve, access);
  registerIngestRoutes(server.serve, { ingest });
  registerProfileRoutes(server.serve, { profiles: createProfileList({ database }) });

  return {
    async listen() {
      const { address, port } = await server.listen(config.host, config.port);
      const host = address === '0.0.0.0' || address === '::' ? 'localhost' : address;
      return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    },
    openSetup: () => access.setup.open(),
    close: () => server.close(),
  };
}
