import { type EvaluationInstant, type EventNeed, horizonOf } from '@sluice/shared/condition';
import type { Collection } from 'mongodb';
import type { EventRecord } from '../ingest/event-record.ts';
import { compileHorizonPipelines } from './event-pipeline.ts';

/** For each need the first instant at which time alone changes its number, by profile id. */
export type Horizons = (needKey: string, profileId: string) => number;

/** Two aggregations per need whatever the number of profiles: the oldest event that counts, and the next that will. */
export async function measureHorizons(
  events: Collection<EventRecord>,
  needs: readonly EventNeed[],
  profileIds: readonly string[],
  instant: EvaluationInstant,
): Promise<Horizons> {
  const read = async (pipeline: ReturnType<typeof compileHorizonPipelines>['oldest']) => {
    if (!pipeline) return new Map<string, number>();
    const rows = await events.aggregate<{ _id: string; at: Date }>(pipeline).toArray();
    return new Map(rows.map(({ _id, at }) => [_id, at.getTime()]));
  };
  const found = new Map(
    await Promise.all(
      needs.map(async (need) => {
        const { oldest, upcoming } = compileHorizonPipelines(need, profileIds, instant);
        const [oldestAt, upcomingAt] = await Promise.all([read(oldest), read(upcoming)]);
        return [need.key, { need, oldestAt, upcomingAt }] as const;
      }),
    ),
  );
  return (needKey, profileId) => {
    const held = found.get(needKey);
    if (!held) return Number.POSITIVE_INFINITY;
    const { need, oldestAt, upcomingAt } = held;
    return horizonOf(need, { oldestAt: oldestAt.get(profileId), upcomingAt: upcomingAt.get(profileId) }, instant);
  };
}
