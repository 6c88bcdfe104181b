import type { ReadLevels } from '../access/read-level.ts';
import type { AudienceIndex } from '../audiences/audience-index.ts';
import { createAudienceJobs } from '../audiences/audience-jobs.ts';
import { createAudienceList } from '../audiences/audience-list.ts';
import { createAudiences } from '../audiences/audiences.ts';
import { createMemberChanger } from '../audiences/change-members.ts';
import { createAudienceUpkeep } from '../audiences/keep-current.ts';
import type { SourceReaders } from '../audiences/member-source.ts';
import type { MembershipConsumer } from '../audiences/membership-facts.ts';
import { createChangeTeller } from '../audiences/tell-changes.ts';
import { walkMembers } from '../audiences/walk-members.ts';
import { walkRuns } from '../analytics/list-runs.ts';
import { walkProfiles } from '../profiles/profile-list.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Deriver } from '../profiles/profile-watch.ts';
import type { RowKeeper } from '../datasets/settle-rows.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Core } from './core.ts';

/** Saved audiences: their members, kept current, and whoever follows the changes. */
export function composeAudiences(
  core: Core,
  parts: {
    index: AudienceIndex;
    reader: ConditionReader;
    scheduler: Scheduler;
    sources: SourceReaders;
    timeZone: string;
    deriver?: Deriver;
    rows?: RowKeeper;
    readLevels: ReadLevels;
  },
) {
  const { database } = core;
  const consumers: MembershipConsumer[] = [];
  const teller = createChangeTeller({ ...core, consumers });
  const upkeep = createAudienceUpkeep({ ...core, ...parts, onChanged: teller.wake });
  consumers.push(upkeep);
  const changer = createMemberChanger({ ...core, ...parts, onChanged: teller.wake });
  const walks = { profiles: walkProfiles({ ...core, ...parts }), runs: walkRuns(database), members: walkMembers(core) };
  const jobs = createAudienceJobs({ ...core, ...parts, changer, walks, onAnnounced: teller.wake });
  return {
    upkeep,
    audiences: createAudiences({ ...core, ...parts, jobs }),
    audienceList: createAudienceList({ ...core, ...parts }),
    changer,
    /** Before anything is told, that is, before `start`. */
    follow: (consumer: MembershipConsumer) => void consumers.push(consumer),
    async resume() {
      await jobs.resume();
      teller.wake();
      upkeep.wake();
    },
    /** Waits until nothing is under way. */
    async idle() {
      await upkeep.idle();
      await teller.idle();
    },
    start: () => upkeep.start(),
    async stop() {
      await upkeep.stop();
      await teller.stop();
    },
  };
}
