import { AppError } from '@sluice/shared/errors';
import type { ProfileBelongings } from '@sluice/shared/http-api';
import { endRun } from '../bulk-changes/end-run.ts';
import type { Executor } from '../executor/executor.ts';
import { datasetRows } from '../datasets/dataset-record.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import { quarantine } from '../quality/quarantine-record.ts';
import type { Database } from '../stores/database.ts';
import type { Aliases } from './aliases.ts';
import { dropMemberships, membershipsOf } from './carry-memberships.ts';
import { profileMerges } from './merge-record.ts';

/** Deletes profiles for good. */
export interface ProfileRemover {
  count(profileId: string): Promise<ProfileBelongings>;
  /**
   * Ends the runs of a profile and deletes its events, rows, memberships, merges and itself. Whoever sends something about the
   * person later makes a new profile. Throws `not-found`.
   */
  remove(profileId: string): Promise<ProfileBelongings>;
}

const BATCH = 1000;

export function createProfileRemover(deps: {
  database: Database;
  aliases: Aliases;
  executor: Pick<Executor, 'change'>;
}): ProfileRemover {
  const { database } = deps;
  const stored = database.collection(profiles);

  return {
    async count(profileId) {
      const [counted, inFlight, rows, held] = await Promise.all([
        database.collection(events).countDocuments({ profileId }),
        database.collection(runs).countDocuments({ profileId, positions: { $exists: true } }),
        database.collection(datasetRows).countDocuments({ profileId }),
        membershipsOf(database, profileId),
      ]);
      return { events: counted, audiences: held.filter(({ isMember }) => isMember).length, runs: inFlight, rows };
    },
    async remove(profileId) {
      if (!(await stored.findOne({ _id: profileId }, { projection: { _id: 1 } })))
        throw new AppError('not-found', 'There is no such profile', { details: { what: 'profile', id: profileId } });
      const first = await removeBelongings(profileId);
      const absorbed = (await deps.aliases.absorbedBy([profileId])).get(profileId) ?? [];
      // They hold what the absorbed profiles were.
      await database.collection(profileMerges).deleteMany({ from: { $in: absorbed } });
      await database.collection(profileMerges).deleteMany({ into: { $in: [profileId, ...absorbed] } });
      // It goes last: whoever was interrupted asks again, and finds what is left.
      await stored.deleteOne({ _id: profileId });
      // What came meanwhile.
      const rest = await removeBelongings(profileId);
      return {
        events: first.events + rest.events,
        audiences: first.audiences + rest.audiences,
        runs: first.runs + rest.runs,
        rows: first.rows + rest.rows,
      };
    },
  };

  async function removeBelongings(profileId: string): Promise<ProfileBelongings> {
    const ended = await endRuns(profileId);
    const { deletedCount } = await database.collection(events).deleteMany({ profileId });
    const rows = await database.collection(datasetRows).deleteMany({ profileId });
    await database.collection(quarantine).deleteMany({ profileId });
    const audiences = await dropMemberships(database, await membershipsOf(database, profileId));
    return { events: deletedCount, audiences, runs: ended, rows: rows.deletedCount };
  }

  /** One that is being advanced, or waits for its flow to be resumed, finds its profile gone at its next step. */
  async function endRuns(profileId: string): Promise<number> {
    let ended = 0;
    for (let afterId = ''; ; ) {
      const resting = await database
        .collection(runs)
        .find({ profileId, positions: { $exists: true }, _id: { $gt: afterId } })
        .project<{ _id: string }>({ _id: 1 })
        .sort({ _id: 1 })
        .limit(BATCH)
        .toArray();
      const last = resting.at(-1);
      if (!last) return ended;
      afterId = last._id;
      ended += await deps.executor.change(
        resting.map(({ _id }) => _id),
        (run, now) => endRun(run, { code: 'profile-gone' }, now),
      );
    }
  }
}
