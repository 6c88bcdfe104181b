import type { Clock } from '@sluice/shared/time';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { Database } from '../stores/database.ts';
import { insertNew } from '../stores/insert-new.ts';
import type { AudienceIndex } from './audience-index.ts';
import { audiences } from './audience-record.ts';
import { countMembers } from './extract-members.ts';
import { addToSize } from './judge-members.ts';
import { type MembershipRecord, membershipIdOf, memberships } from './membership-record.ts';
import { changeOf, newMembership, REMEMBERED_EFFECTS } from './write-memberships.ts';

/** Puts one profile into a manual audience or takes it out. */
export interface MemberChange {
  /** The same id is the same change, however often it is told, also after others came in between. */
  effectId?: string;
  audience: string;
  profileId: string;
  change: 'add' | 'remove';
  /** Told by the import of its file: also into a snapshot that takes its members from one. */
  isFromFile?: true;
  /** How many starts by flows led to it; absent where no flow did. */
  depth?: number;
}

export interface MemberChanger {
  /** Changes of audiences that are neither manual nor filled by their file, or no longer there, are left out; those taken are answered. */
  apply(changes: readonly MemberChange[]): Promise<MemberChange[]>;
}

interface Round {
  /** Changes that met another writer. */
  missed: MemberChange[];
  differences: { audience: string; by: number }[];
}

/** More than one process can be unlucky in a row. */
const MOST_TRIES = 10;

export function createMemberChanger(deps: {
  database: Database;
  clock: Clock;
  index: AudienceIndex;
  onChanged(): void;
}): MemberChanger {
  const collection = deps.database.collection(memberships);

  /** At most one change per membership. */
  async function applyRound(round: readonly MemberChange[]): Promise<Round> {
    const at = new Date(deps.clock.now());
    const found = await collection.find({ _id: { $in: round.map(idOf) } }).toArray();
    const held = new Map(found.map((membership) => [membership._id, membership]));
    const isNew = (change: MemberChange) => !held.has(idOf(change));
    const newcomers = round.filter((change) => isNew(change) && isWorthKeeping(change));
    const known = round.flatMap((change) => {
      const old = held.get(idOf(change));
      return old && !isDone(old, change) ? [{ old, change }] : [];
    });
    const [inserted, changed] = await Promise.all([insert(newcomers, at), update(known, at)]);
    return {
      missed: [...inserted.missed, ...changed.missed],
      differences: [...inserted.differences, ...changed.differences],
    };
  }

  async function insert(changes: readonly MemberChange[], at: Date): Promise<Round> {
    const met = await insertNew(
      collection,
      changes.map((change) => newRecord(change, at)),
    );
    return {
      missed: changes.filter((change) => met.has(idOf(change))),
      differences: changes
        .filter((change) => change.change === 'add' && !met.has(idOf(change)))
        .map(({ audience }) => ({ audience, by: 1 })),
    };
  }

  async function update(known: readonly { old: MembershipRecord; change: MemberChange }[], at: Date): Promise<Round> {
    if (known.length === 0) return { missed: [], differences: [] };
    const statements = known.map(({ old, change }) => statementOf(old, change, at));
    const { matchedCount } = await collection.bulkWrite(statements, { ordered: false });
    // Those that did get through are done, and the next round sees it; but nobody knows which they were.
    if (matchedCount < known.length)
      return {
        missed: known.map(({ change }) => change),
        differences: known.map(({ change: { audience } }) => ({ audience, by: Number.NaN })),
      };
    return {
      missed: [],
      differences: known.map(({ old, change: { audience, change } }) => ({
        audience,
        by: Number(change === 'add') - Number(old.isMember),
      })),
    };
  }

  return {
    async apply(changes) {
      const { kinds, fromFile } = await deps.index.current();
      const taken = changes.filter(
        ({ audience, isFromFile }) => kinds.get(audience) === 'manual' || (isFromFile && fromFile.has(audience)),
      );
      const sizes = new Map<string, number>();
      let open: readonly MemberChange[] = taken;
      for (let attempt = 0; open.length > 0; attempt += 1) {
        if (attempt > MOST_TRIES + changes.length) throw new Error('Memberships changed under every try to write them');
        const first = new Map<string, MemberChange>();
        for (const change of open) if (!first.has(idOf(change))) first.set(idOf(change), change);
        const round = new Set(first.values());
        const { missed, differences } = await applyRound([...round]);
        for (const { audience, by } of differences) sizes.set(audience, (sizes.get(audience) ?? 0) + by);
        open = [...missed, ...open.filter((change) => !round.has(change))];
      }
      for (const [audience, by] of sizes) await resize(deps.database, audience, by);
      if (taken.length > 0) deps.onChanged();
      return taken;
    },
  };
}

/** A difference that is not known makes it count. */
async function resize(database: Database, audience: string, by: number): Promise<void> {
  if (!Number.isNaN(by)) return addToSize(database, audience, by);
  const size = await countMembers(database, audience);
  await database.collection(audiences).updateOne({ _id: audience }, { $set: { size } });
}

function idOf({ audience, profileId }: MemberChange): string {
  return membershipIdOf(audience, profileId);
}

/** Taking out who never was in leaves a trace only where the same effect might be told again after somebody put it in. */
function isWorthKeeping({ change, effectId }: MemberChange): boolean {
  return change === 'add' || effectId !== undefined;
}

function isDone(old: MembershipRecord, { change, effectId }: MemberChange): boolean {
  if (effectId === undefined) return old.isMember === (change === 'add');
  return old.appliedEffects?.includes(effectId) ?? false;
}

function newRecord({ audience, profileId, change, effectId, depth }: MemberChange, at: Date): MembershipRecord {
  const record = newMembership(audience, profileId, { isMember: change === 'add', at, depth, isAnnounced: true });
  return effectId === undefined ? record : { ...record, appliedEffects: [effectId] };
}

function statementOf(
  old: MembershipRecord,
  { change, effectId, depth }: MemberChange,
  at: Date,
): AnyBulkWriteOperation<MembershipRecord> {
  const update = changeOf(old, { isMember: change === 'add', at, depth, isAnnounced: true });
  const remembered =
    effectId === undefined ? {} : { appliedEffects: { $each: [effectId], $slice: -REMEMBERED_EFFECTS } };
  return {
    updateOne: {
      filter: {
        _id: old._id,
        changes: old.changes,
        ...(effectId !== undefined && { appliedEffects: { $ne: effectId } }),
      },
      update: { ...update, $push: { ...update.$push, ...remembered } },
    },
  };
}
