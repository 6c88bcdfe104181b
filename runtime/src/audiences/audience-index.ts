import { type Condition, holdsForNewcomer, readsOf } from '@sluice/shared/condition';
import type { AudienceKind } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import { type AudienceRecord, audiences } from './audience-record.ts';

/** An audience that follows its condition. */
export interface DynamicAudience {
  id: string;
  condition: Condition;
}

/** Dynamic audiences by what their conditions read: what an event or an attribute cannot touch is not even looked at. */
export interface AudienceMap {
  names: ReadonlyMap<string, string>;
  kinds: ReadonlyMap<string, AudienceKind>;
  /** Those that take their members from one import. */
  fromFile: ReadonlySet<string>;
  dynamic: ReadonlyMap<string, DynamicAudience>;
  byAttribute: ReadonlyMap<string, readonly DynamicAudience[]>;
  byEvent: ReadonlyMap<string, readonly DynamicAudience[]>;
  byDataset: ReadonlyMap<string, readonly DynamicAudience[]>;
  byAudience: ReadonlyMap<string, readonly DynamicAudience[]>;
  /** Those that a profile of which nothing is known belongs to. */
  forNewcomers: readonly DynamicAudience[];
}

export interface AudienceIndex {
  /** At most `FRESH_MS` old. */
  current(): Promise<AudienceMap>;
  /** Reads again before it answers next: this process has changed an audience itself. */
  forget(): void;
}

/** So long an audience may be unknown to another process. An extraction begins later than that and sees what was missed. */
export const FRESH_MS = 1000;

export function createAudienceIndex(deps: { database: Database; clock: Clock }): AudienceIndex {
  const collection = deps.database.collection(audiences);
  let held: { readAt: number; signature: string; map: AudienceMap } | undefined;
  let reading: Promise<AudienceMap> | undefined;

  // Revisions first: they are small, and conditions seldom change.
  async function read(): Promise<AudienceMap> {
    const readAt = deps.clock.now();
    const revisions = await collection
      .find({ isDeleted: { $exists: false } })
      .project<Pick<AudienceRecord, '_id' | 'revision'>>({ revision: 1 })
      .sort({ _id: 1 })
      .toArray();
    const signature = revisions.map(({ _id, revision }) => `${_id}:${revision}`).join();
    if (held?.signature === signature) {
      held.readAt = readAt;
      return held.map;
    }
    const records = await collection
      .find({ isDeleted: { $exists: false } })
      .project<AudienceRecord>({ sizes: 0, extraction: 0 })
      .toArray();
    const map = toMap(records);
    held = { readAt, signature, map };
    return map;
  }

  return {
    async current() {
      if (held && Math.abs(deps.clock.now() - held.readAt) < FRESH_MS) return held.map;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    forget() {
      if (held) held.readAt = Number.NEGATIVE_INFINITY;
    },
  };
}

function toMap(
  records: readonly Pick<AudienceRecord, '_id' | 'name' | 'kind' | 'condition' | 'source'>[],
): AudienceMap {
  const dynamic = new Map<string, DynamicAudience>();
  const byAttribute = new Map<string, DynamicAudience[]>();
  const byEvent = new Map<string, DynamicAudience[]>();
  const byDataset = new Map<string, DynamicAudience[]>();
  const byAudience = new Map<string, DynamicAudience[]>();
  const forNewcomers: DynamicAudience[] = [];
  for (const { _id: id, kind, condition } of records) {
    if (kind !== 'dynamic' || !condition) continue;
    const audience = { id, condition };
    dynamic.set(id, audience);
    const reads = readsOf(condition);
    for (const [names, index] of [
      [reads.attributes, byAttribute],
      [reads.events, byEvent],
      [reads.datasets, byDataset],
      [reads.audiences, byAudience],
    ] as const)
      for (const name of names) index.set(name, [...(index.get(name) ?? []), audience]);
    if (holdsForNewcomer(condition)) forNewcomers.push(audience);
  }
  return {
    names: new Map(records.map(({ _id, name }) => [_id, name])),
    kinds: new Map(records.map(({ _id, kind }) => [_id, kind])),
    fromFile: new Set(records.flatMap(({ _id, source }) => (source?.kind === 'file' ? [_id] : []))),
    dynamic,
    byAttribute,
    byEvent,
    byDataset,
    byAudience,
    forNewcomers,
  };
}
