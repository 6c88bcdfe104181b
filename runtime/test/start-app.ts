import type { Role } from '@sluice/shared/model';
import { pino } from 'pino';
import { createAccounts } from '../src/access/accounts.ts';
import { createSessions } from '../src/access/sessions.ts';
import { createWriteKeys } from '../src/access/write-keys.ts';
import { type App, compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import type { Database } from '../src/stores/database.ts';
import { openTestDatabase } from './open-test-database.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // The shape is what the test is about.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

export interface TestApp {
  address: string;
  database: Database;
  app: App;
  /** Calls the API as JSON; `cookie` of `signInAs`, or any headers. */
  call(method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Answer>;
  /** Headers of a session with this role. */
  signInAs(role: Role): Promise<Record<string, string>>;
  /** Headers with a new write key. */
  withWriteKey(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** The whole product on an empty database and a free port. */
export async function startApp(env: Record<string, string> = {}): Promise<TestApp> {
  const { database, close } = await openTestDatabase();
  const clock = { now: Date.now };
  const config = readConfig({ PORT: '0', TIME_ZONE: 'UTC', LOG_LEVEL: 'silent', ...env }, import.meta.dirname);
  const app = await compose(config, database, { log: pino({ level: 'silent' }), clock, version: '0.0.0-test' });
  const address = await app.listen();
  const core = { database, clock };
  return {
    address,
    database,
    app,
    async call(method, path, { body, headers = {} } = {}) {
      const response = await fetch(`${address}${path}`, {
        method,
        redirect: 'manual',
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
    async signInAs(role) {
      const email = `${role}-${crypto.randomUUID()}@example.test`;
      const account = await createAccounts(core).create({ email, name: role, role, password: 'correct horse' });
      const { token } = await createSessions(core).start(account.id);
      return { cookie: `sluice_session=${token}` };
    },
    async withWriteKey() {
      const { key } = await createWriteKeys(core).create('test');
      return { 'x-write-key': key };
    },
    async close() {
      await app.close();
      await close();
    },
  };
}
