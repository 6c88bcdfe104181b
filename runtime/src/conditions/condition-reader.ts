import type { Condition, EvaluationInstant, Outlook } from '@sluice/shared/condition';
import type { Words } from '@sluice/shared/errors';
import type { ProfileFacts, RunFacts, Verdict } from '@sluice/shared/node-contract';
import type { ProfileRecord } from '../profiles/profile-record.ts';

export type { EvaluationInstant } from '@sluice/shared/condition';

/** A profile asked about, with the run it is in (none for audiences). */
export interface Subject {
  profile: ProfileFacts;
  run?: Pick<RunFacts, 'flowId' | 'enteredAt'>;
}

export interface Judgement extends Outlook {
  profileId: string;
}

/** The condition language over the store. All three readings agree (COND-1). */
export interface ConditionReader {
  /**
   * Refuses a wrong pairing of operator and type with `condition-invalid`, worded in both languages (COND-2). `isInRun`
   * says that runs will be asked, so that "since entering this flow" has a meaning.
   */
  check(condition: Condition, options?: { isInRun?: boolean }): Promise<void>;
  /** What is wrong with each as it stands now, such as an attribute that was deleted since; worded in both languages. */
  errorsOf(conditions: readonly Condition[]): Promise<Words[][]>;
  /**
   * Throws `query-too-slow` (operational) when the time is up. Where more than `exactWithinMs` would be needed it answers an
   * estimate from the profiles it has come to, with the margin that goes with it; without that it counts to the end.
   */
  count(
    condition: Condition,
    instant: EvaluationInstant,
    options: { sampleSize: number; maxTimeMs: number; exactWithinMs?: number },
  ): Promise<{ count: number; margin?: number; total: number; sample: ProfileRecord[] }>;
  /** Matching profiles in `_id` order, in batches; resumes behind `afterId`. Bounded memory. */
  stream(
    condition: Condition,
    instant: EvaluationInstant,
    options: { batchSize: number; afterId?: string },
  ): AsyncIterable<ProfileRecord[]>;
  /**
   * Judges every profile that may match now or as time passes, in `_id` order: each batch has been judged up to and
   * including `upToId`. It names who matches and, unless `isFrozen`, whom time may change; nobody else. Bounded memory.
   */
  survey(
    condition: Condition,
    instant: EvaluationInstant,
    options: { batchSize: number; afterId?: string; isFrozen?: boolean },
  ): AsyncIterable<{ upToId: string; judged: Judgement[] }>;
  /** One answer per profile, with the instant until which it stands; a constant number of queries per source. */
  outlooks(condition: Condition, profiles: readonly ProfileFacts[], instant: EvaluationInstant): Promise<Outlook[]>;
  /** One answer per subject, at most one query per event source whatever the number of subjects. */
  verdicts(condition: Condition, subjects: readonly Subject[], instant: EvaluationInstant): Promise<Verdict[]>;
}
