import {
  type EvaluationInstant,
  type EventNeed,
  isNumeric,
  measureEvents,
  measureOfNone,
  settleSum,
} from '@sluice/shared/condition';
import type { AttributeValue } from '@sluice/shared/model';
import type { Collection } from 'mongodb';
import type { EventRecord } from '../ingest/event-record.ts';
import type { Subject } from './condition-reader.ts';
import { compileEventPipeline, type EventScope } from './event-pipeline.ts';
import { readSequences } from './read-sequences.ts';

/** The value of each need for each subject, by subject index and need key. */
export type Measures = (index: number, needKey: string) => AttributeValue | undefined;

/**
 * Aggregates each need once for all subjects, needs in parallel. A profile that stands twice in one batch, in two runs,
 * may be counted from two entries; such doubles are asked in a round of their own.
 */
export async function measureSubjects(
  events: Collection<EventRecord>,
  needs: readonly EventNeed[],
  subjects: readonly Subject[],
  instant: EvaluationInstant,
  options: { maxTimeMs?: number } = {},
): Promise<Measures> {
  if (needs.length === 0) return () => undefined;
  const measures = subjects.map(() => new Map<string, AttributeValue | undefined>());
  const none = new Map(needs.map(({ key, measure }) => [key, measureOfNone(measure)]));
  const sequences = needs.filter(({ followedBy }) => followedBy);
  const work = needs
    .filter(({ followedBy }) => !followedBy)
    .flatMap((need) => roundsOf(need, subjects).map((round) => ({ need, round })));
  await Promise.all([
    ...sequences.map((need) => measureSequence(events, need, subjects, instant, measures, options)),
    ...work.map(async ({ need, round }) => {
      const pipeline = compileEventPipeline(need, scopesOf(need, subjects, round), instant);
      if (!pipeline) return;
      const limit = options.maxTimeMs === undefined ? {} : { maxTimeMS: options.maxTimeMs };
      const rows = await events.aggregate<{ _id: string; value: unknown }>(pipeline, limit).toArray();
      const values = new Map(rows.map(({ _id, value }) => [_id, toFact(need, value)]));
      for (const index of round) {
        const value = values.get(subjects[index]?.profile.id ?? '');
        if (value !== undefined) measures[index]?.set(need.key, value);
      }
    }),
  ]);
  return (index, key) => measures[index]?.get(key) ?? none.get(key);
}

function toFact({ measure }: EventNeed, value: unknown): AttributeValue | undefined {
  if (isNumeric(measure)) return settleSum(value as number);
  return value instanceof Date ? value.toISOString() : (value as AttributeValue);
}

/** Subjects of one profile share its events; each counts from its own entry. */
async function measureSequence(
  events: Collection<EventRecord>,
  need: EventNeed,
  subjects: readonly Subject[],
  instant: EvaluationInstant,
  measures: readonly Map<string, AttributeValue | undefined>[],
  options: { maxTimeMs?: number },
): Promise<void> {
  const indexes = new Map<string, number[]>();
  for (const [index, { profile }] of subjects.entries())
    indexes.set(profile.id, [...(indexes.get(profile.id) ?? []), index]);
  const entries = subjects.flatMap(({ run }) => (run ? [run.enteredAt] : []));
  const enteredAt = entries.length > 0 ? Math.min(...entries) : undefined;
  for await (const read of readSequences(events, need, [...indexes.keys()], instant, { ...options, enteredAt }))
    for (const index of indexes.get(read.profileId) ?? [])
      measures[index]?.set(need.key, measureEvents(need, read.events, instant, subjects[index]?.run?.enteredAt));
}

/** Subject indexes so that within a round no profile asks twice with different answers. */
function roundsOf(need: EventNeed, subjects: readonly Subject[]): number[][] {
  if (need.window.kind !== 'this-run') return [subjects.map((_, index) => index)];
  const rounds: number[][] = [];
  const timesSeen = new Map<string, number>();
  for (const [index, { profile }] of subjects.entries()) {
    const round = timesSeen.get(profile.id) ?? 0;
    timesSeen.set(profile.id, round + 1);
    (rounds[round] ??= []).push(index);
  }
  return rounds;
}

function scopesOf(need: EventNeed, subjects: readonly Subject[], round: readonly number[]): EventScope[] {
  const scopes = new Map<number | undefined, Set<string>>();
  for (const index of round) {
    const subject = subjects[index];
    if (!subject) continue;
    const enteredAt = need.window.kind === 'this-run' ? subject.run?.enteredAt : undefined;
    const ids = scopes.get(enteredAt) ?? new Set();
    scopes.set(enteredAt, ids.add(subject.profile.id));
  }
  return [...scopes].map(([enteredAt, ids]) => ({ enteredAt, profileIds: [...ids] }));
}
