import { createSecretKey } from 'node:crypto';
import { pino } from 'pino';
import { connectDatabase } from '../stores/database.ts';
import { createHttpCalls } from './http-calls.ts';

// A process that makes calls, to be killed: node http-calls.child.ts <store> <database>
const [url = '', databaseName = ''] = process.argv.slice(2);
createHttpCalls({
  database: await connectDatabase(url, { databaseName }),
  secretKey: createSecretKey(Buffer.alloc(32, 3)),
  listener: { settled: async () => undefined },
  clock: { now: Date.now },
  log: pino({ level: 'silent' }),
  timeZone: 'UTC',
  rules: { allowPrivate: true },
  timing: { pollMs: 10, leaseMs: 500 },
}).worker.start();
