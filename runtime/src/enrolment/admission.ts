import type { Condition } from '@sluice/shared/condition';
import type { EventFacts, ProfileFacts, TriggerPlan } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import { MAX_CHAIN_DEPTH } from '../executor/chain-depth.ts';
import type { Entry } from '../executor/entry.ts';
import type { Executor } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { ProfileSource } from '../executor/executor.ts';
import { runIdOf } from '../executor/run-record.ts';
import type { Aliases } from '../identities/aliases.ts';
import type { CapBook } from './entry-cap.ts';
import { decideEntry, looksBack, type Occasion, type RefusalReason } from './entry-rule.ts';
import type { EnteredRuns } from './entered-runs.ts';
import type { RefusalBook } from './refusals.ts';

/** A profile that comes to a trigger. */
export interface Candidate {
  profile: ProfileFacts;
  occasion: Occasion;
  event?: EventFacts;
  /** How many starts by flows, each in answer to the last, led to it; absent where none did. */
  depth?: number;
}

export interface Gate {
  program: FlowProgram;
  trigger: string;
  plan: TriggerPlan;
}

/** What became of a candidate; `started` is false where its run was there before. */
export type Admission = { runId: string; isStarted: boolean } | { refusal: RefusalReason };

/** Lets candidates into a flow by the rules of its trigger. */
export interface Admissions {
  /**
   * Answers in the order of the candidates. Twice is harmless: the same occasions mean the same runs. `hasPassed`: the
   * candidates were chosen by the trigger's condition a moment ago.
   */
  admit(gate: Gate, candidates: readonly Candidate[], options?: { hasPassed?: boolean }): Promise<Admission[]>;
}

export interface AdmissionDeps {
  executor: Pick<Executor, 'enrol'>;
  reader: Pick<ConditionReader, 'verdicts'>;
  entered: EnteredRuns;
  /** Who was merged into whom: re-entry is decided for the person, not for one of its ids (RUN-11). */
  aliases: Aliases;
  profiles: ProfileSource;
  caps: Pick<CapBook, 'take' | 'settle'>;
  refusals: RefusalBook;
  clock: Clock;
  timeZone: string;
}

export function createAdmissions(deps: AdmissionDeps): Admissions {
  return {
    async admit(gate, come, { hasPassed = false } = {}) {
      const { program, trigger, plan } = gate;
      const candidates = await asTheyAreNow(come);
      const absorbed = await deps.aliases.absorbedBy(candidates.map(({ profile }) => profile.id));
      const answers: Answers = candidates.map(() => undefined);
      const isMatch = hasPassed ? undefined : await matchesOf(plan.audience, candidates);
      for (const index of candidates.keys()) if (isMatch?.[index] === false) answers[index] = OUTSIDE;
      // Further than that flows answer each other in a circle, which would go round for ever (ENT-10).
      for (const [index, { depth = 0 }] of candidates.entries())
        if (depth > MAX_CHAIN_DEPTH) answers[index] = IN_CIRCLE;

      let open = [...candidates.keys()].filter((index) => answers[index] === undefined);
      while (open.length > 0) {
        const { chosen, deferred } = await choose(gate, candidates, open, answers, absorbed);
        await dropEntered(gate, candidates, chosen, answers, absorbed);
        await enter(gate, candidates, chosen, answers);
        open = deferred;
      }

      const decided = answers as Admission[];
      const turnedAway = decided.flatMap((answer, index) =>
        'refusal' in answer ? [{ profileId: profileIdOf(candidates, index), reason: answer.refusal }] : [],
      );
      await deps.refusals.add(program.flowId, trigger, turnedAway);
      return decided;
    },
  };

  async function matchesOf(condition: Condition, candidates: readonly Candidate[]): Promise<boolean[] | undefined> {
    if (condition.op === 'all' && condition.of.length === 0) return undefined;
    const instant = { now: deps.clock.now(), timeZone: deps.timeZone };
    const verdicts = await deps.reader.verdicts(condition, candidates, instant);
    return verdicts.map((verdict) => verdict.isMatch);
  }

  /**
   * Gives candidates their entry keys. Of several of one profile under a rule that looks back, the first that may enter
   * does; those that could only come after it are put off to the next round, which sees its run.
   */
  async function choose(
    { program, plan: { reentry } }: Gate,
    candidates: readonly Candidate[],
    open: readonly number[],
    answers: Answers,
    absorbed: Absorbed,
  ): Promise<{ chosen: Map<string, Choice>; deferred: number[] }> {
    const { flowId } = program;
    const isLookingBack = looksBack(reentry);
    const profileIds = open.map((index) => profileIdOf(candidates, index));
    const previous = isLookingBack
      ? await deps.entered.latestOf(flowId, profileIds, absorbed)
      : new Map<string, never>();
    const chosen = new Map<string, Choice>();
    const deferred: number[] = [];
    const aheadOf = new Map<string, Occasion>();
    for (const index of open) {
      const { profile, occasion } = candidates[index] as Candidate;
      const ahead = aheadOf.get(profile.id);
      if (isLookingBack && ahead) {
        const isLater = reentry.kind === 'period' && occasion.at >= ahead.at + reentry.ms;
        if (isLater || ahead.id === occasion.id) deferred.push(index);
        else answers[index] = { refusal: reentry.kind === 'period' ? 'in-period' : 'still-inside' };
        continue;
      }
      const decision = decideEntry(reentry, occasion, previous.get(profile.id));
      if (!('entryKey' in decision)) {
        answers[index] = decision;
        continue;
      }
      const runId = runIdOf(flowId, profile.id, decision.entryKey);
      const first = chosen.get(runId);
      if (first === undefined) chosen.set(runId, { index, entryKey: decision.entryKey });
      else
        answers[index] =
          (candidates[first.index] as Candidate).occasion.id === occasion.id
            ? { runId, isStarted: false }
            : { refusal: 'already-entered' };
      aheadOf.set(profile.id, occasion);
    }
    return { chosen, deferred };
  }

  /** Profiles that were merged after their occasions came enter as those that go on. */
  async function asTheyAreNow(come: readonly Candidate[]): Promise<readonly Candidate[]> {
    const merged = await deps.aliases.of(come.map(({ profile }) => profile.id));
    if (merged.size === 0) return come;
    const facts = await deps.profiles.facts([...merged.values()]);
    return come.map((candidate) => {
      const profile = facts.get(merged.get(candidate.profile.id) ?? '');
      return profile ? { ...candidate, profile } : candidate;
    });
  }

  /**
   * The same entry key under an id that the person had before a merge is the same entry: that run exists, so that neither a
   * new one nor a place is taken.
   */
  async function dropEntered(
    { program: { flowId } }: Gate,
    candidates: readonly Candidate[],
    chosen: Map<string, Choice>,
    answers: Answers,
    absorbed: Absorbed,
  ): Promise<void> {
    if (absorbed.size === 0) return;
    const earlier = [...chosen].flatMap(([runId, { index, entryKey }]) =>
      (absorbed.get(profileIdOf(candidates, index)) ?? []).map((id) => ({
        runId,
        earlierId: runIdOf(flowId, id, entryKey),
      })),
    );
    const occasions = await deps.entered.occasionsOf(earlier.map(({ earlierId }) => earlierId));
    for (const { runId, earlierId } of earlier) {
      const choice = chosen.get(runId);
      if (!choice || !occasions.has(earlierId)) continue;
      const isSame = occasions.get(earlierId) === (candidates[choice.index] as Candidate).occasion.id;
      answers[choice.index] = isSame ? { runId: earlierId, isStarted: false } : { refusal: 'already-entered' };
      chosen.delete(runId);
    }
  }

  async function enter(
    { program, trigger, plan: { cap } }: Gate,
    candidates: readonly Candidate[],
    chosen: ReadonlyMap<string, Choice>,
    answers: Answers,
  ): Promise<void> {
    if (chosen.size === 0) return;
    const place = cap && { flowId: program.flowId, trigger, cap, at: deps.clock.now() };
    const admitted = place ? await deps.caps.take(place, [...chosen.keys()]) : undefined;
    const entering = new Map<string, Choice>();
    for (const [runId, choice] of chosen)
      if (admitted?.has(runId) === false) answers[choice.index] = { refusal: 'cap-reached' };
      else entering.set(runId, choice);

    const started = await deps.executor.enrol(
      program,
      trigger,
      [...entering.values()].map(({ index, entryKey }) => toEntry(candidates[index] as Candidate, entryKey)),
    );
    if (place) await deps.caps.settle(place, [...entering.keys()]);
    const others = [...entering.keys()].filter((runId) => !started.has(runId));
    const occasions = await deps.entered.occasionsOf(others);
    for (const [runId, { index }] of entering) {
      const isSame = occasions.get(runId) === (candidates[index] as Candidate).occasion.id;
      if (started.has(runId)) answers[index] = { runId, isStarted: true };
      else answers[index] = isSame ? { runId, isStarted: false } : { refusal: 'already-entered' };
    }
  }
}

type Absorbed = ReadonlyMap<string, readonly string[]>;
type Answers = (Admission | undefined)[];
const IN_CIRCLE: Admission = { refusal: 'in-circle' };
const OUTSIDE: Admission = { refusal: 'outside-audience' };

/** Which candidate a run is for, and by what key. */
interface Choice {
  index: number;
  entryKey: string;
}

function profileIdOf(candidates: readonly Candidate[], index: number): string {
  return (candidates[index] as Candidate).profile.id;
}

function toEntry({ profile, occasion: { id, at }, event, depth }: Candidate, entryKey: string): Entry {
  const led = depth !== undefined && { depth };
  return { profile, entryKey, ...(event && { event }), ...led, origin: { id, at: new Date(at) } };
}
