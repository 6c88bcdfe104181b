import type { ConditionReader } from '../conditions/condition-reader.ts';
import { createActivation } from '../enrolment/activation.ts';
import { createAdmissions } from '../enrolment/admission.ts';
import { createEnteredRuns } from '../enrolment/entered-runs.ts';
import { createCapBook } from '../enrolment/entry-cap.ts';
import { createEventEntries } from '../enrolment/event-entries.ts';
import { createLiveTriggers } from '../enrolment/live-triggers.ts';
import { createMembershipEntries } from '../enrolment/membership-entries.ts';
import { createRefusalBook } from '../enrolment/refusals.ts';
import type { Executor } from '../executor/executor.ts';
import type { FlowPrograms } from '../executor/flow-program.ts';
import { createAliases } from '../identities/aliases.ts';
import type { FlowVersions } from '../flows/flow-versions.ts';
import { toFacts } from '../profiles/profile-facts.ts';
import { createProfileSource } from '../profiles/profile-source.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Core } from './core.ts';

/** What starts runs, and the rules by which it may. */
export function composeEnrolment(
  core: Core,
  parts: {
    timeZone: string;
    executor: Executor;
    programs: FlowPrograms;
    reader: ConditionReader;
    scheduler: Scheduler;
    versions: FlowVersions;
  },
) {
  const { executor, programs, reader, timeZone } = parts;
  const refusals = createRefusalBook(core);
  const admissions = createAdmissions({
    executor,
    reader,
    entered: createEnteredRuns(core),
    aliases: createAliases(core),
    profiles: createProfileSource(core.database),
    caps: createCapBook({ ...core, timeZone }),
    refusals,
    clock: core.clock,
    timeZone,
  });
  const triggers = createLiveTriggers({ ...core, programs });
  const entries = { ...core, triggers, admissions, profiles: createProfileSource(core.database), refusals, timeZone };
  return {
    admissions,
    refusals,
    triggers,
    eventEntries: createEventEntries(entries),
    membershipEntries: createMembershipEntries(entries),
    activation: createActivation({
      ...core,
      ...parts,
      admissions,
      triggers,
      toFacts,
      isLive: parts.versions.isLive,
    }),
  };
}
