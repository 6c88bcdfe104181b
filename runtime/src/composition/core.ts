import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import type { Database } from '../stores/database.ts';

/** What every part stands on. */
export interface Core {
  database: Database;
  clock: Clock;
  log: Logger;
}
