import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import type { Totals } from './counters.ts';
import { type ForecastRecord, forecasts } from './forecast-record.ts';
import { createForecastThread, type ForecastThread } from './forecast-thread.ts';
import { sharesPlaces } from './forecast-engine.ts';
import { mergeTotals } from './merge-totals.ts';
import { packHours } from './pack-hours.ts';
import { type Prepared, type PrepareDeps, prepareForecast } from './prepare-forecast.ts';
import { readSubjects } from './read-subjects.ts';
import { sumUp } from './sum-up.ts';

export interface RunForecastDeps extends PrepareDeps {
  clock: Clock;
  log: Logger;
}

interface Job {
  touch(): Promise<void>;
  signal: AbortSignal;
}

const NOTE_EVERY_MS = 500;
const MOST_THREADS = 4;
/** Whatever ends the process each time it is tried would end it for ever. */
const MOST_TRIES = 3;

/**
 * Makes a forecast from the beginning and keeps what came of it, all in one update; it writes nothing else. One that a crash
 * cut off is made again. Returns early, changing nothing, when it was cancelled, deleted or taken over, or the process stops.
 */
export async function runForecast(deps: RunForecastDeps, forecastId: string, job: Job): Promise<void> {
  const collection = deps.database.collection(forecasts);
  const fence = randomUUID();
  const record = await collection.findOneAndUpdate(
    { _id: forecastId, status: 'running' },
    { $set: { fence, progress: 0, profiles: 0, phase: 'history' }, $inc: { tries: 1 } },
    { returnDocument: 'after' },
  );
  if (!record) return;
  const held = { _id: forecastId, status: 'running' as const, fence };
  let notedAt = performance.now();

  /** Answers whether the forecast is still ours; written now and then, and always when `isDue`. */
  async function note(news: Partial<ForecastRecord>, isDue = false): Promise<boolean> {
    if (job.signal.aborted) return false;
    if (!isDue && performance.now() - notedAt < NOTE_EVERY_MS) return true;
    notedAt = performance.now();
    const { matchedCount } = await collection.updateOne(held, { $set: news });
    await job.touch();
    return matchedCount === 1;
  }

  async function fail(problem: NonNullable<ForecastRecord['problem']>): Promise<void> {
    const finishedAt = new Date(deps.clock.now());
    await collection.updateOne(held, { $set: { status: 'failed', problem, finishedAt }, $unset: { fence: true } });
  }

  if (record.tries > MOST_TRIES) return fail(CUT_OFF);
  const startedAt = performance.now();
  try {
    const prepared = await prepareForecast(deps, record);
    if (!(await note({ phase: 'people', basis: prepared.basis }, true))) return;
    const totals = await walkAll(deps, prepared, note);
    if (!totals) return;
    const result = sumUp(totals, {
      graph: record.graph,
      manifests: deps.kinds.manifests,
      settings: record.settings,
      basis: prepared.basis,
      listened: prepared.order.listened,
      startAt: prepared.order.startAt,
      endAt: prepared.order.endAt,
      tookMs: Math.round(performance.now() - startedAt),
    });
    const { profiles } = totals;
    const finishedAt = new Date(deps.clock.now());
    const hours = await packHours(totals);
    await collection.updateOne(held, {
      $set: { status: 'done', progress: 1, profiles, result, hours, finishedAt },
      $unset: { fence: true },
    });
    deps.log.info({ forecastId, profiles, ms: result.tookMs }, 'a forecast was made');
  } catch (error) {
    if (job.signal.aborted) return;
    deps.log.error({ err: error, forecastId }, 'a forecast failed');
    await fail(FAILED);
  }
}

/** Undefined when the forecast is not ours any more. */
async function walkAll(
  { database, kinds }: RunForecastDeps,
  { order, query, total }: Prepared,
  note: (news: Partial<ForecastRecord>) => Promise<boolean>,
): Promise<Totals | undefined> {
  // People who share nothing may go side by side; what they share is handed out in one thread.
  const width = sharesPlaces(order, kinds) ? 1 : Math.min(MOST_THREADS, availableParallelism());
  const threads = Array.from({ length: width }, createForecastThread);
  try {
    await Promise.all(threads.map((thread) => thread.begin(order)));
    let profiles = 0;
    const taking = threads.map(() => Promise.resolve(0));
    for await (const subjects of readSubjects(database, query)) {
      // One batch for each thread, while the next is read; no more wait.
      const free = await Promise.race(taking.map((done, index) => done.then(() => index)));
      const taken = (threads[free] as ForecastThread).take(subjects).then(() => free);
      taken.catch(() => undefined);
      taking[free] = taken;
      profiles += subjects.length;
      if (!(await note({ profiles, progress: Math.min(0.99, profiles / Math.max(1, total)) }))) return undefined;
    }
    await Promise.all(taking);
    return mergeTotals(await Promise.all(threads.map((thread) => thread.finish())));
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}

const CUT_OFF = {
  'en-US':
    'The server was stopped each time while it was being made. Start it anew, with fewer days if it was very large.',
  'zh-CN': '每次计算过程中服务都被中断。请重新发起；如规模很大，可缩短预估天数。',
};
const FAILED = {
  'en-US': 'Something went wrong while it was being made; the log of the server says what. Start it anew.',
  'zh-CN': '计算过程中出现错误，原因见服务端日志。请重新发起。',
};
