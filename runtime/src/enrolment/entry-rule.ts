import type { ReentryRule } from '@sluice/shared/node-contract';
import type { RunRecord } from '../executor/run-record.ts';

/** What may start a run of a profile. Instants in Unix milliseconds. */
export interface Occasion {
  /** Stays the same however often the occasion is told. */
  id: string;
  /** When it was due or received; periods are measured from one to the next. */
  at: number;
  /** When we learned of it, where that is later: an audience that is taken in late. */
  toldAt?: number;
  /** Tells one occasion from another under "one run per key". */
  key?: string;
}

/** The run that a profile has had last in the flow. */
export type PreviousRun = Pick<RunRecord, '_id' | 'status' | 'enteredAt' | 'endedAt' | 'origin'>;

export type RefusalReason =
  | 'already-entered'
  | 'in-period'
  | 'still-inside'
  | 'no-key'
  | 'cap-reached'
  | 'outside-audience'
  | 'late-event'
  | 'in-circle'
  | 'profile-gone';

/** `runId`: the occasion has its run already, and nobody is turned away. */
export type EntryDecision = { entryKey: string } | { refusal: RefusalReason } | { runId: string; isStarted: false };

/** Whether a rule needs to know the previous run. */
export function looksBack({ kind }: ReentryRule): boolean {
  return kind === 'period' || kind === 'after-exit';
}

/** The entry key of an occasion under a rule (ENT-1, ENT-2). Pure. */
export function decideEntry(rule: ReentryRule, occasion: Occasion, previous: PreviousRun | undefined): EntryDecision {
  switch (rule.kind) {
    case 'once':
      return { entryKey: 'once' };
    case 'unlimited':
      return { entryKey: occasion.id };
    case 'key':
      return occasion.key === undefined ? { refusal: 'no-key' } : { entryKey: `key:${occasion.key}` };
    case 'period':
    case 'after-exit':
      return previous ? followUp(rule, occasion, previous) : { entryKey: 'after:first' };
  }
}

function followUp(
  rule: Extract<ReentryRule, { kind: 'period' | 'after-exit' }>,
  { id, at, toldAt = at }: Occasion,
  { _id, status, enteredAt, endedAt, origin }: PreviousRun,
): EntryDecision {
  if (origin?.id === id) return { runId: _id, isStarted: false };
  const lastAt = (origin?.at ?? enteredAt).getTime();
  if (rule.kind === 'period') return at < lastAt + rule.ms ? { refusal: 'in-period' } : { entryKey: `after:${_id}` };
  const hasLeft = status === 'ended' && endedAt !== undefined && endedAt.getTime() < toldAt;
  return hasLeft && at > lastAt ? { entryKey: `after:${_id}` } : { refusal: 'still-inside' };
}
