import { setTimeout as sleep } from 'node:timers/promises';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, backoffStrategies, InMemoryNotificationChannel, type Job } from 'agenda';
import type { Logger } from 'pino';
import { type Database, declareCollection } from '../stores/database.ts';
import type { Scheduler } from './scheduler.ts';

interface Envelope {
  key: string;
  payload: object;
}

/** Agenda's own collection. The unique index closes the race that its upsert leaves open on a real server. */
export const agendaJobs = declareCollection<{ name: string; data: Envelope }>('agendaJobs', [
  {
    key: { name: 1, 'data.key': 1 },
    options: { name: 'one_job_per_key', unique: true, partialFilterExpression: { 'data.key': { $exists: true } } },
  },
]);

/** How often Agenda looks. What another process asked for is late by up to this much; what this one asks for, it hears of. */
const LOOK_EVERY_MS = 1000;
/** A job that does not touch its lock for this long is given to another process. */
const LOCK_LIFETIME_MS = 60_000;
const CONCURRENCY = 2;

/**
 * Agenda behind our port. Its jobs have no fencing, so every job of ours is idempotent. A failed job is tried again with
 * growing delays and stays in the collection with its reason when the tries are used up.
 */
export function createAgendaScheduler(database: Database, log: Logger, lookEveryMs: number = LOOK_EVERY_MS): Scheduler {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: database.db, collection: agendaJobs.name }),
    notificationChannel: new InMemoryNotificationChannel(),
    processEvery: lookEveryMs,
    defaultLockLifetime: LOCK_LIFETIME_MS,
    defaultConcurrency: CONCURRENCY,
    defaultLockLimit: CONCURRENCY * 2,
    removeOnComplete: true,
  });
  const stopping = new AbortController();
  let isStarted = false;
  agenda.on('error', (error: Error) => log.error({ error: error.message }, 'the scheduler met an error'));
  agenda.on('fail', (error: Error | string, job) => {
    log.error({ job: 'attrs' in job ? job.attrs.name : undefined, error: String(error) }, 'a job failed');
  });

  return {
    define(name, run) {
      agenda.define<Envelope>(
        name,
        (job: Job<Envelope>) =>
          run(job.attrs.data.payload as never, { touch: () => job.touch(), signal: stopping.signal }),
        { backoff: backoffStrategies.exponential({ delay: 2000, maxDelay: 60_000, maxRetries: 20 }) },
      );
    },
    async at(name, key, runAt, payload) {
      const job = agenda.create<Envelope>(name, { key, payload });
      job.unique({ name, 'data.key': key } as never, { insertOnly: true });
      job.schedule(new Date(runAt));
      await job.save();
    },
    async every(name, key, intervalMs) {
      const job = agenda.create<Envelope>(name, { key, payload: {} });
      job.unique({ name, 'data.key': key } as never);
      // Agenda reads words, and finds the second in "milliseconds": a thousand times too long.
      job.repeatEvery(`${intervalMs / 1000} seconds`, { skipImmediate: false });
      await job.save();
    },
    async cancelPrefix(name, keyPrefix) {
      const key = { $gte: keyPrefix, $lt: `${keyPrefix}\uffff` };
      await database.collection(agendaJobs).deleteMany({ name, 'data.key': key });
    },
    async start() {
      await agenda.start();
      isStarted = true;
    },
    async stop() {
      stopping.abort();
      // Agenda connects by itself when it is made; until it has, the database must not be closed under it.
      await agenda.ready;
      if (!isStarted) return;
      isStarted = false;
      await stopWhenIdle(agenda);
    },
  };
}

const IDLE_CHECK_MS = 20;

/**
 * Takes no new job, waits for those that run, gives back those that are only locked. Agenda's own drain looks for the end
 * of the last job before that job has left its list, and so may wait for ever: here it only closes the intake.
 */
async function stopWhenIdle(agenda: Agenda): Promise<void> {
  const idle = new AbortController();
  const state = { isDrained: false };
  const drained = agenda.drain({ signal: idle.signal, closeConnection: false }).finally(() => {
    state.isDrained = true;
  });
  while (!state.isDrained && ((await agenda.getRunningStats()).runningJobs as number) > 0) await sleep(IDLE_CHECK_MS);
  await agenda.stop(false);
  idle.abort();
  await drained;
}
