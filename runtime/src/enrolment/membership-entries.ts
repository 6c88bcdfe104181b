import type { MembershipConsumer, MembershipFact } from '../audiences/membership-facts.ts';
import type { ProfileSource } from '../executor/executor.ts';
import type { Admissions } from './admission.ts';
import type { LiveTrigger, LiveTriggers, StartOf } from './live-triggers.ts';

/** Starts runs for those who enter or leave audiences: one enrolment per trigger and batch. */
export function createMembershipEntries(deps: {
  triggers: LiveTriggers;
  admissions: Admissions;
  profiles: ProfileSource;
}): MembershipConsumer {
  return {
    async consume(changes) {
      const index = await deps.triggers.current();
      const meant = new Map<LiveTrigger<StartOf<'membership'>>, MembershipFact[]>();
      for (const change of changes)
        for (const trigger of index.onMembership(change.audience, change.change)) {
          if (change.at < trigger.since) continue;
          const known = meant.get(trigger);
          if (known) known.push(change);
          else meant.set(trigger, [change]);
        }
      if (meant.size === 0) return;
      const profiles = await deps.profiles.facts(changes.map(({ profileId }) => profileId));
      for (const [{ program, node, plan }, told] of meant) {
        const candidates = told.flatMap(({ id, at, profileId, change, depth }) => {
          const profile = profiles.get(profileId);
          // A profile that was merged away leaves its audiences; the person does not.
          const isOver = profile === undefined || (change === 'left' && profile.id !== profileId);
          return isOver ? [] : [{ profile, occasion: { id, at }, ...(depth !== undefined && { depth }) }];
        });
        await deps.admissions.admit({ program, trigger: node, plan }, candidates);
      }
    },
  };
}
