import type { Condition, EvaluationInstant } from '@sluice/shared/condition';
import { type Clock, MINUTE_MS } from '@sluice/shared/time';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';

const SAMPLE_SIZE = 20;
/** An operator waits for this while editing; longer is better answered by "narrow it down". */
const COUNT_LIMIT_MS = 10_000;
/** So long they wait for the exact number; then an estimate tells them more than waiting on. */
const EXACT_WITHIN_MS = 2500;
/** A count that was quicker is made again each time: it costs nobody anything, and is as of now. */
const SLOW_MS = 1000;
const KEEP_MS = MINUTE_MS;
const MOST_KEPT = 200;

interface Count {
  count: number;
  margin?: number;
  total: number;
  sample: ProfileRecord[];
  /** Unix milliseconds; present where the count is one of a little earlier. */
  asOf?: number;
}

interface Kept {
  at: number;
  found: Promise<Omit<Count, 'sample' | 'asOf'> & { sampleIds: string[] }>;
}

/**
 * Live counts, of which slow ones are remembered for a minute by each process: people go back and forth between the same few
 * conditions, and look at them together. Who asks while the same is being counted gets that answer. Profiles of a sample are
 * read each time, so that nobody is shown who has been deleted since.
 */
export interface CountMemory {
  /** Throws `query-too-slow`, which is not remembered. */
  count(condition: Condition, instant: EvaluationInstant, options: { isFresh: boolean }): Promise<Count>;
}

export function createCountMemory(deps: {
  database: Database;
  reader: Pick<ConditionReader, 'count'>;
  clock: Clock;
  slowMs?: number;
}): CountMemory {
  const { slowMs = SLOW_MS } = deps;
  // In the order in which they were asked.
  const kept = new Map<string, Kept>();

  function ask(key: string, condition: Condition, instant: EvaluationInstant) {
    const startedAt = performance.now();
    const options = { sampleSize: SAMPLE_SIZE, maxTimeMs: COUNT_LIMIT_MS, exactWithinMs: EXACT_WITHIN_MS };
    const counted = deps.reader.count(condition, instant, options);
    const found = counted.then(({ sample, ...rest }) => ({ ...rest, sampleIds: sample.map(({ _id }) => _id) }));
    const entry: Kept = { at: deps.clock.now(), found };
    const forget = () => {
      if (kept.get(key) === entry) kept.delete(key);
    };
    found.then(() => performance.now() - startedAt < slowMs && forget(), forget);
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return counted;
  }

  return {
    async count(condition, instant, { isFresh }) {
      const key = JSON.stringify([condition, instant.timeZone]);
      const known = kept.get(key);
      if (!known || isFresh || deps.clock.now() - known.at >= KEEP_MS) return ask(key, condition, instant);
      const { sampleIds, ...found } = await known.found;
      const sample = await deps.database
        .collection(profiles)
        .find({ _id: { $in: sampleIds } })
        .sort({ _id: 1 })
        .toArray();
      return { ...found, sample, asOf: known.at };
    },
  };
}
