import type { EntryCheck, FlowStatus, TriggerExplanation } from '@sluice/shared/http-api';
import type { ProfileFacts, TriggerPlan } from '@sluice/shared/node-contract';
import type { Static } from 'typebox';
import type { AttributeLens } from '../access/read-level.ts';
import { veilReason } from '../access/veil-reason.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Core } from '../composition/core.ts';
import { createAdmissions } from '../enrolment/admission.ts';
import { createEnteredRuns } from '../enrolment/entered-runs.ts';
import { type CapPlace, createCapBook } from '../enrolment/entry-cap.ts';
import type { RefusalReason } from '../enrolment/entry-rule.ts';
import type { LiveTrigger } from '../enrolment/live-triggers.ts';
import type { RefusalBook } from '../enrolment/refusals.ts';
import { runIdOf } from '../executor/run-record.ts';
import { createAliases } from '../identities/aliases.ts';
import { toFacts } from '../profiles/profile-facts.ts';
import type { ProfileRecord } from '../profiles/profile-record.ts';
import { createProfileSource } from '../profiles/profile-source.ts';
import { checkStart } from './start-checks.ts';

export interface EntryCheckDeps extends Core {
  reader: Pick<ConditionReader, 'verdicts'>;
  refusals: Pick<RefusalBook, 'of'>;
  timeZone: string;
}

/** What the triggers of a flow ask of a profile, and what they find now. Nobody is let in by asking. */
export interface EntryChecks {
  of(
    flow: { id: string; status: Static<typeof FlowStatus> },
    triggers: readonly LiveTrigger[],
    profile: ProfileRecord,
    lens: AttributeLens,
  ): Promise<TriggerExplanation[]>;
}

export function createEntryChecks(deps: EntryCheckDeps): EntryChecks {
  const { clock, timeZone } = deps;
  const entered = createEnteredRuns(deps);
  const aliases = createAliases(deps);
  const capBook = createCapBook(deps);
  /** The admissions of production, over an executor that takes nobody in and places that are only looked at. */
  const admissions = createAdmissions({
    ...deps,
    entered,
    aliases,
    profiles: createProfileSource(deps.database),
    executor: {
      async enrol({ flowId }, _trigger, entries) {
        const ids = entries.map(({ namedBy, profile, entryKey }) => runIdOf(flowId, namedBy ?? profile.id, entryKey));
        const existing = await entered.occasionsOf(ids);
        return new Set(ids.filter((id) => !existing.has(id)));
      },
    },
    caps: {
      take: async (where, runIds) =>
        (await capBook.taken(where)) < where.cap.max
          ? new Set(runIds)
          : new Set((await entered.occasionsOf(runIds)).keys()),
      settle: async () => {},
    },
    refusals: { add: async () => {}, of: async () => [] },
  });

  return {
    async of(flow, triggers, profile, lens) {
      const turnedAway = await deps.refusals.of(flow.id);
      return Promise.all(
        triggers.map(async (trigger) => ({
          node: trigger.node,
          checks: await checksOf(flow.status, trigger, profile, lens),
          refusals: (turnedAway.find((one) => one.trigger === trigger.node)?.latest ?? [])
            .filter(({ profileId }) => profileId === profile._id)
            .map(({ at, reason }) => ({ at: at.getTime(), code: reason })),
        })),
      );
    },
  };

  async function checksOf(
    status: Static<typeof FlowStatus>,
    { program, node, plan, since }: LiveTrigger,
    profile: ProfileRecord,
    lens: AttributeLens,
  ): Promise<EntryCheck[]> {
    const { flowId, version } = program;
    const now = clock.now();
    const { key, ...start } = await checkStart({
      ...deps,
      flowId,
      version,
      trigger: node,
      plan,
      since,
      profile,
      lens,
      now,
    });
    const facts = toFacts(profile);
    const isKeyed = plan.reentry.kind === 'key' && start.isMet === true;
    const occasionKey = isKeyed ? key : `explain:${now}`;
    const occasion = { id: `explain:${now}`, at: now, ...(occasionKey !== undefined && { key: occasionKey }) };
    const [answer] = await admissions.admit({ program, trigger: node, plan }, [{ profile: facts, occasion }], {
      hasPassed: true,
    });
    const refusal = answer && 'refusal' in answer ? answer.refusal : undefined;
    return [
      { step: 'flow', isMet: status === 'live', code: `flow:${status}` },
      { step: 'start', ...start },
      await checkAudience(plan, facts, lens, now),
      await checkReentry(flowId, plan, profile._id, refusal),
      ...(plan.cap ? [await checkCap({ flowId, trigger: node, cap: plan.cap, at: now })] : []),
    ];
  }

  async function checkAudience(
    { audience }: TriggerPlan,
    profile: ProfileFacts,
    lens: AttributeLens,
    now: number,
  ): Promise<EntryCheck> {
    const step = 'audience' as const;
    if (audience.op === 'all' && audience.of.length === 0) return { step, isMet: true, code: 'audience:everyone' };
    const [verdict] = await deps.reader.verdicts(audience, [{ profile }], { now, timeZone });
    const isMet = verdict?.isMatch ?? false;
    const reason = veilReason(verdict?.reason, lens);
    return { step, isMet, code: isMet ? 'audience:fits' : 'audience:fits-not', ...(reason && { reason }) };
  }

  async function checkReentry(
    flowId: string,
    { reentry }: TriggerPlan,
    profileId: string,
    refusal: RefusalReason | undefined,
  ): Promise<EntryCheck> {
    const step = 'reentry' as const;
    const absorbed = await aliases.absorbedBy([profileId]);
    const last = (await entered.latestOf(flowId, [profileId], absorbed)).get(profileId);
    const at = (last?.origin?.at ?? last?.enteredAt)?.getTime();
    const values: Record<string, number> = at === undefined ? {} : { at };
    if (refusal === 'in-period' && reentry.kind === 'period' && at !== undefined)
      return { step, isMet: false, code: 'reentry:in-period', values: { at, until: at + reentry.ms } };
    if (refusal !== undefined && isOfReentry(refusal))
      return { step, isMet: false, code: `reentry:${refusal}`, values };
    if (reentry.kind === 'key') return { step, isMet: true, code: 'reentry:by-key', values };
    return { step, isMet: true, code: last ? 'reentry:again' : 'reentry:first', values };
  }

  async function checkCap(place: CapPlace): Promise<EntryCheck> {
    const { max, per } = place.cap;
    const taken = await capBook.taken(place);
    const isMet = taken < max;
    return { step: 'cap', isMet, code: isMet ? 'cap:free' : 'cap:reached', values: { taken, max, per } };
  }
}

const OF_REENTRY = ['already-entered', 'in-period', 'still-inside', 'no-key'] as const;

function isOfReentry(refusal: RefusalReason): refusal is (typeof OF_REENTRY)[number] {
  return (OF_REENTRY as readonly string[]).includes(refusal);
}
