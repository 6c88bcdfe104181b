import { pino } from 'pino';
import { createEmailCompiler } from '../../content/email-compiler.ts';
import { connectDatabase } from '../../stores/database.ts';
import { LINKS, SECRET_KEY } from './email-channel.fixture.ts';
import { createEmailChannel } from './email-channel.ts';

// A process with a sender, to be killed: node mail-sender.child.ts <store> <database>
const [url = '', databaseName = ''] = process.argv.slice(2);
const channel = createEmailChannel({
  database: await connectDatabase(url, { databaseName }),
  compiler: createEmailCompiler({ timeZone: 'UTC' }),
  links: LINKS,
  secretKey: SECRET_KEY,
  listener: { sent: async () => undefined },
  clock: { now: Date.now },
  log: pino({ level: 'silent' }),
  allowPrivateHosts: true,
  timing: { pollMs: 10, leaseMs: 300 },
});
channel.sender.start();
