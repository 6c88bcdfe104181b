import {
  type EvaluationInstant,
  type EventNeed,
  horizonOf,
  horizonOfEvents,
  spanOfWindow,
} from '@sluice/shared/condition';
import type { Collection } from 'mongodb';
import type { EventRecord } from '../ingest/event-record.ts';
import { compileHorizonPipelines } from './event-pipeline.ts';
import { readSequences } from './read-sequences.ts';

/** For each need the first instant at which time alone changes its number, by profile id. */
export type Horizons = (needKey: string, profileId: string) => number;

/** Of a need without a sequence, two aggregations whatever the number of profiles: the oldest event that counts, and the next that will. */
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
  const horizonsOf = async (need: EventNeed): Promise<(profileId: string) => number> => {
    if (need.followedBy) {
      const known = new Map<string, number>();
      for await (const { profileId, events: own } of readSequences(events, need, profileIds, instant))
        known.set(profileId, horizonOfEvents(need, own, instant));
      const withoutEvents = horizonOfEvents(need, [], instant);
      return (profileId) => known.get(profileId) ?? withoutEvents;
    }
    // Between dates of which one is none no event ever counts, whatever moves in the filters.
    if (!spanOfWindow(need.window, instant, undefined)) return () => Number.POSITIVE_INFINITY;
    const { oldest, upcoming } = compileHorizonPipelines(need, profileIds, instant);
    const [oldestAt, upcomingAt] = await Promise.all([read(oldest), read(upcoming)]);
    return (profileId) =>
      horizonOf(need, { oldestAt: oldestAt.get(profileId), upcomingAt: upcomingAt.get(profileId) }, instant);
  };
  const found = new Map(await Promise.all(needs.map(async (need) => [need.key, await horizonsOf(need)] as const)));
  return (needKey, profileId) => found.get(needKey)?.(profileId) ?? Number.POSITIVE_INFINITY;
}
