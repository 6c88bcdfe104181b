import { createSecretKey } from 'node:crypto';
import type { ServiceDefinition } from '@sluice/shared/http-api';
import type { RequestTemplate } from '@sluice/shared/model';
import type { CallContent } from '@sluice/shared/node-contract';
import { pino } from 'pino';
import { openTestDatabase } from '../../test/open-test-database.ts';
import type { Database } from '../stores/database.ts';
import { calls } from './call-record.ts';
import type { CallRequest, SettledCall } from './calls.ts';
import { createHttpCalls, type HttpCalls, type HttpCallsDeps } from './http-calls.ts';
import { services } from './service-record.ts';

export const SECRET_KEY = createSecretKey(Buffer.alloc(32, 3));

export interface CallStage {
  database: Database;
  url: string;
  told: SettledCall[];
  /** Calls as one process would make them; several share the store. */
  open(options?: Partial<HttpCallsDeps>): HttpCalls;
  close(): Promise<void>;
}

export async function openCallStage(): Promise<CallStage> {
  const { database, url, close } = await openTestDatabase([calls, services]);
  const opened: HttpCalls[] = [];
  const told: SettledCall[] = [];
  return {
    database,
    url,
    told,
    open(options = {}) {
      const one = createHttpCalls({
        database,
        secretKey: SECRET_KEY,
        listener: { settled: async (over) => void told.push(...over) },
        clock: { now: Date.now },
        log: pino({ level: 'silent' }),
        timeZone: 'UTC',
        rules: { allowPrivate: true },
        // Retries at once, unless the receiver asks for time.
        random: () => 0,
        ...options,
        timing: { pollMs: 10, leaseMs: 60_000, graceMs: 100, ...options.timing },
      });
      opened.push(one);
      return one;
    },
    async close() {
      await Promise.all(opened.map(({ worker }) => worker.stop()));
      await Promise.all(opened.map((one) => one.close()));
      await close();
    },
  };
}

export const webhookTo = (url: string, change: Partial<Extract<CallContent, { to: 'address' }>> = {}): CallContent => ({
  to: 'address',
  request: requestTo(url),
  timeoutMs: 5000,
  maxAttempts: 4,
  ...change,
});

export const requestTo = (url: string): RequestTemplate => ({
  method: 'POST',
  url: `${url}/hook`,
  headers: [{ name: 'X-City', value: '{{ profile.city }}' }],
  format: 'json',
  body: '{"user": "{{ user_id }}", "age": "{{ profile.age }}"}',
});

/** The request of the nth run. */
export function callOf(n: number, content: CallContent, options: { isAwaited?: boolean } = {}): CallRequest {
  return {
    effectId: `run${n}/1/0`,
    runId: `run${n}`,
    flowId: 'flow',
    version: 1,
    nodeId: 'hook',
    profile: { id: `profile${n}`, userId: `user${n}`, attributes: { age: 30 + n, city: 'Paris' } },
    content,
    ...(options.isAwaited && { awaitedBy: { runId: `run${n}`, seq: 1, await: 'answer' } }),
  };
}

export const serviceAt = (url: string, change: Partial<ServiceDefinition> = {}): ServiceDefinition => ({
  name: 'Risk',
  kind: 'risk',
  request: { ...requestTo(url), headers: [] },
  secretHeader: '',
  fields: [
    { name: 'level', path: 'data.level', type: 'string', isRequired: true },
    { name: 'score', path: 'data.score', type: 'number', isRequired: false },
  ],
  decides: 'level',
  timeoutMs: 2000,
  maxAttempts: 2,
  ...change,
});
