import type { Explanation, OutlookNote, Trace, TraceRun } from '@sluice/shared/http-api';
import type { Role } from '@sluice/shared/model';
import type { AttributeLens, ReadLevels } from '../access/read-level.ts';
import { veilReason } from '../access/veil-reason.ts';
import type { AudienceIndex } from '../audiences/audience-index.ts';
import type { LiveTrigger, LiveTriggers } from '../enrolment/live-triggers.ts';
import type { FlowProgram, FlowPrograms } from '../executor/flow-program.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import type { FlowDrafts } from '../flows/flow-drafts.ts';
import type { FlowRecord } from '../flows/flow-record.ts';
import { createAliases } from '../identities/aliases.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { veilTrace } from '../sandbox/veil-trace.ts';
import { toTraceRun } from '../sandbox/write-trace.ts';
import { createEntryChecks, type EntryCheckDeps } from './entry-checks.ts';
import { createOutlook } from './outlook.ts';
import { readEffects } from './recorded-effects.ts';
import { recordedTrace, standingOf } from './recorded-trace.ts';

export interface ExplanationDeps extends EntryCheckDeps {
  drafts: Pick<FlowDrafts, 'get'>;
  programs: FlowPrograms;
  triggers: LiveTriggers;
  sandbox: Pick<Sandbox, 'contextOf'>;
  index: AudienceIndex;
  readLevels: ReadLevels;
}

export interface ExplanationQuestion {
  profileId: string;
  runId?: string | undefined;
  trigger?: string | undefined;
}

/** Why people are where they are in flows; writes nothing. */
export interface Explanations {
  /** As the role may see it. Throws `not-found` for a flow that is not there. */
  explain(flowId: string, question: ExplanationQuestion, role: Role): Promise<Explanation>;
}

/** Of one person in one flow, newest first. */
const MOST_RUNS = 20;

export function createExplanations(deps: ExplanationDeps): Explanations {
  const { database, clock } = deps;
  const aliases = createAliases(deps);
  const entryChecks = createEntryChecks(deps);
  const outlook = createOutlook(deps);

  return {
    async explain(flowId, { profileId: asked, runId, trigger }, role) {
      const flow = await deps.drafts.get(flowId);
      const profileId = (await aliases.of([asked])).get(asked) ?? asked;
      const [lens, profile, all] = await Promise.all([
        deps.readLevels.of(role),
        database.collection(profiles).findOne({ _id: profileId }),
        runsOf(flowId, profileId),
      ]);
      const run = runId === undefined ? all[0] : all.find(({ _id }) => _id === runId);
      const version = run?.version ?? flow.liveVersion;
      const program = version === null ? undefined : await deps.programs.get(flowId, version);
      const [{ trace, recorded, notes }, triggers] = await Promise.all([
        tell({ flow, run, program, profile, profileId, trigger, role, lens }),
        profile ? explainTriggers(flow, profile, lens) : [],
      ]);
      return {
        asOf: clock.now(),
        flow: { id: flow._id, name: flow.name, status: flow.status, liveVersion: flow.liveVersion },
        profile: profile && { id: profile._id, userId: profile.userId },
        isMerged: profileId !== asked,
        version: program?.version ?? null,
        graph: program?.graph ?? null,
        runs: all.map(({ _id: id, version, status, enteredAt, endedAt, endReason }) => ({
          id,
          version,
          status,
          enteredAt: enteredAt.getTime(),
          endedAt: endedAt?.getTime() ?? null,
          endReason: veilReason(endReason, lens) ?? null,
        })),
        run: run?._id ?? null,
        standsAt: run ? standingOf(run) : [],
        trace,
        recorded,
        notes,
        triggers,
      };
    },
  };

  /** With the runs that it had under other ids before it was merged. */
  async function runsOf(flowId: string, profileId: string): Promise<RunRecord[]> {
    const absorbed = (await aliases.absorbedBy([profileId])).get(profileId) ?? [];
    return database
      .collection(runs)
      .find({ profileId: { $in: [profileId, ...absorbed] }, flowId })
      .sort({ enteredAt: -1 })
      .limit(MOST_RUNS)
      .toArray();
  }

  async function explainTriggers(flow: FlowRecord, profile: ProfileRecord, lens: AttributeLens) {
    const live = (await deps.triggers.current()).ofFlow(flow._id);
    const triggers = live.length > 0 ? live : await triggersOf(flow);
    return entryChecks.of({ id: flow._id, status: flow.status }, triggers, profile, lens);
  }

  /** Of a flow that takes nobody in: those of its newest version. */
  async function triggersOf({ _id, liveVersion }: FlowRecord): Promise<LiveTrigger[]> {
    const program = liveVersion === null ? undefined : await deps.programs.get(_id, liveVersion);
    return (program?.triggers ?? []).flatMap(({ id }) => {
      const plan = program?.planOf(id);
      return program && plan ? [{ program, node: id, plan, since: 0 }] : [];
    });
  }

  async function tell(about: {
    flow: FlowRecord;
    run: RunRecord | undefined;
    program: FlowProgram | undefined;
    profile: ProfileRecord | null;
    profileId: string;
    trigger: string | undefined;
    role: Role;
    lens: AttributeLens;
  }): Promise<{ trace: Trace | null; recorded: number; notes: OutlookNote[] }> {
    const { flow, run, program, profile, profileId, trigger, role, lens } = about;
    if (!program) return { trace: null, recorded: 0, notes: ['not-published'] };
    const context = await deps.sandbox.contextOf(flow._id, role);
    if (!run) {
      if (!profile) return { trace: null, recorded: 0, notes: ['profile-gone'] };
      const expected = await outlook.ifEntered(program, profile._id, trigger, context);
      return { trace: expected, recorded: 0, notes: [] };
    }
    const { kinds } = await deps.index.current();
    const manual = [...kinds].flatMap(([id, kind]) => (kind === 'manual' ? [id] : []));
    const effects = await readEffects(database, run, profileId, manual);
    const attributes = profile ? toAttributes(profile.attributes) : {};
    const past: Trace = veilTrace(
      {
        startAt: run.enteredAt.getTime(),
        endAt: clock.now(),
        runs: [toTraceRun(run, () => flow.name)],
        entries: recordedTrace(run, program, effects),
        attributes,
        isCut: false,
      },
      lens,
      attributes,
    );
    const recorded = past.entries.length;
    const notes = outlook.notesOn(run, { flow, isThere: profile !== null, effects });
    if (notes.some((note) => note === 'run-ended' || note === 'run-failed' || note === 'profile-gone'))
      return { trace: past, recorded, notes };
    const expected = await outlook.of(run, program, profileId, context);
    return { trace: join(past, expected), recorded, notes };
  }
}

/** The run is number 0 of both; what it is expected to come to stands behind what it did. */
function join(past: Trace, expected: Trace): Trace {
  const [own, ...others] = expected.runs;
  const [was] = past.runs;
  return {
    ...expected,
    startAt: past.startAt,
    runs: [{ ...(own as TraceRun), standsAt: was?.standsAt ?? [] }, ...others],
    entries: [...past.entries, ...expected.entries],
  };
}
