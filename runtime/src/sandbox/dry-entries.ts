import type { EventFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import { createAdmissions } from '../enrolment/admission.ts';
import { createEventEntries } from '../enrolment/event-entries.ts';
import type { PreviousRun } from '../enrolment/entry-rule.ts';
import { indexTriggers, type LiveTrigger } from '../enrolment/live-triggers.ts';
import { createMembershipEntries } from '../enrolment/membership-entries.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { EventConsumer } from '../matching/event-consumer.ts';
import type { DryEngine } from './dry-engine.ts';
import type { Told } from './watch-visits.ts';

/**
 * Who may enter, by the code that decides it in production. Of other people nothing is known here: places that a cap
 * leaves are never taken, and what was before the dry run began is forgotten.
 */
export function createDryEntries(
  program: FlowProgram,
  engine: DryEngine,
  deps: { clock: Clock; timeZone: string; told: Told[] },
): {
  events: EventConsumer;
  memberships: ReturnType<typeof createMembershipEntries>;
  admit(trigger: string, options: { event?: EventFacts; isForced: boolean }): Promise<void>;
} {
  const { clock, timeZone, told } = deps;
  const { world, executor } = engine;
  const all = program.triggers.flatMap(({ id }): LiveTrigger[] => {
    const plan = program.planOf(id);
    return plan ? [{ program, node: id, plan, since: 0 }] : [];
  });
  const index = indexTriggers(all);
  const triggers = { current: async () => index, changed: async () => {} };
  const aliases = { of: async () => new Map<string, string>(), absorbedBy: async () => new Map<string, string[]>() };
  const refusals = {
    async add(_flowId: string, trigger: string, turnedAway: readonly { reason: string }[]) {
      for (const { reason: code } of turnedAway) {
        const reason = code === 'outside-audience' ? await reasonOf(trigger) : undefined;
        told.push({ kind: 'refused', at: clock.now(), trigger, code, ...(reason && { reason }) });
      }
    },
    of: async () => [],
  };
  const admissions = createAdmissions({
    executor,
    reader: world.reader,
    entered: {
      async latestOf(flowId) {
        const last = engine.runs().findLast((run) => run.flowId === flowId && run.origin !== undefined);
        return new Map<string, PreviousRun>(last ? [[world.profileId, last]] : []);
      },
      occasionsOf: async (runIds) =>
        new Map(engine.runs().flatMap((run) => (runIds.includes(run._id) ? [[run._id, run.origin?.id]] : []))),
    },
    aliases,
    profiles: world.profiles,
    caps: { take: async (_where, runIds) => new Set(runIds), settle: async () => {} },
    refusals,
    clock,
    timeZone,
  });
  const entries = { triggers, admissions, profiles: world.profiles, refusals, clock, timeZone };

  const reasonOf = async (trigger: string) => {
    const plan = program.planOf(trigger);
    if (!plan) return undefined;
    const instant = { now: clock.now(), timeZone };
    const [verdict] = await world.reader.verdicts(plan.audience, [{ profile: world.facts() }], instant);
    return verdict?.reason;
  };

  return {
    events: createEventEntries(entries),
    memberships: createMembershipEntries(entries),
    async admit(trigger, { event, isForced }) {
      const plan = program.planOf(trigger);
      if (!plan) return;
      const occasion = { id: event?.id ?? `start:${trigger}`, at: clock.now(), key: 'start' };
      const candidate = { profile: world.facts(), occasion, ...(event && { event }) };
      await admissions.admit({ program, trigger, plan }, [candidate], { hasPassed: isForced });
    },
  };
}
