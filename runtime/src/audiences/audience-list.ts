import { describeInEach, EVERYONE, type NameReading } from '@sluice/shared/condition';
import type { Words } from '@sluice/shared/errors';
import type { Audience, AudienceSummary, Member, Membership } from '@sluice/shared/http-api';
import { Type } from 'typebox';
import type { AttributeLens } from '../access/read-level.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import { toProfile } from '../profiles/profile-facts.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { type AudienceRecord, audiences, type ExtractionRecord } from './audience-record.ts';
import {
  ID_ALPHABET,
  type MembershipRecord,
  membershipIdOf,
  memberships,
  rangeOf,
  SHOWN,
} from './membership-record.ts';
import { escapePattern } from '../stores/escape-pattern.ts';

interface Paging {
  after?: string | undefined;
  limit?: number | undefined;
}

interface Page<T> {
  items: T[];
  next: string | null;
}

/** Reads audiences and their members for people. */
export interface AudienceList {
  /** Last changed first; with `search`, those whose name contains it, whatever the case. */
  list(query: Paging & { search?: string | undefined }): Promise<Page<AudienceSummary>>;
  /** `problems`: of its condition as it stands. */
  describe(audience: AudienceRecord, names: NameReading, problems?: Words[]): Audience;
  listMembers(
    audienceId: string,
    query: Paging & { show?: 'members' | 'left' | undefined },
    lens: AttributeLens,
  ): Promise<Page<Member>>;
  /** Every audience that a profile is or was in, by name. */
  listMemberships(profileId: string): Promise<Membership[]>;
}

const DEFAULT_LIMIT = 50;

export function createAudienceList({
  database,
  reader,
}: {
  database: Database;
  reader: Pick<ConditionReader, 'errorsOf'>;
}): AudienceList {
  const stored = database.collection(audiences);
  const storedMemberships = database.collection(memberships);

  return {
    async list({ search, after, limit = DEFAULT_LIMIT }) {
      const [updatedAt, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
      const at = new Date(updatedAt ?? 0);
      const older =
        updatedAt === undefined ? {} : { $or: [{ updatedAt: { $lt: at } }, { updatedAt: at, _id: { $lt: id ?? '' } }] };
      const named = search ? { name: { $regex: escapePattern(search), $options: 'i' } } : {};
      const rows = await stored
        .find({ isDeleted: { $exists: false }, ...older, ...named })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = cut(rows, limit, (last) => [last.updatedAt.getTime(), last._id]);
      // Of no condition nothing is wrong.
      const problems = await reader.errorsOf(page.items.map(({ condition }) => condition ?? EVERYONE));
      return {
        ...page,
        items: page.items.map((audience, index) => ({ ...toSummary(audience), problems: problems[index] ?? [] })),
      };
    },

    describe(audience, names, problems = []) {
      const { condition, source = null, revision, sizes } = audience;
      return {
        ...toSummary(audience),
        condition,
        source,
        sentence: condition && describeInEach(condition, names),
        problems,
        revision,
        sizes: sizes.map(({ at, size }) => ({ at: at.toISOString(), size })),
      };
    },

    async listMembers(audienceId, { show = 'members', after, limit = DEFAULT_LIMIT }, lens) {
      const [afterId] = after ? readCursor(after, Type.String()) : [];
      const rows = await storedMemberships
        .find({ _id: rangeOf(audienceId, afterId), ...SHOWN[show] })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray();
      const page = cut(rows, limit, (last) => [last.profileId]);
      return { ...page, items: await withProfiles(page.items, lens) };
    },

    async listMemberships(profileId) {
      const known = await stored
        .find({ isDeleted: { $exists: false } })
        .project<Pick<AudienceRecord, '_id' | 'name' | 'kind'>>({ name: 1, kind: 1 })
        .sort({ name: 1 })
        .toArray();
      const ids = known.map(({ _id }) => membershipIdOf(_id, profileId));
      const found = await storedMemberships.find({ _id: { $in: ids } }).toArray();
      const held = new Map(found.map((membership) => [membership.audience, membership]));
      return known.flatMap(({ _id: id, name, kind }) => {
        const membership = held.get(id);
        if (!membership || membership.history.length === 0) return [];
        const { isMember, since, history } = membership;
        return [
          {
            audience: { id, name, kind },
            isMember,
            since: since.toISOString(),
            history: history.map(({ change, at }) => ({ change, at: at.toISOString() })),
          },
        ];
      });
    },
  };

  async function withProfiles(page: readonly MembershipRecord[], lens: AttributeLens): Promise<Member[]> {
    const found = await database
      .collection(profiles)
      .find({ _id: { $in: page.map(({ profileId }) => profileId) } })
      .toArray();
    const known = new Map(found.map((record) => [record._id, toProfile(record, lens)]));
    return page.flatMap(({ profileId, isMember, since }) => {
      const profile = known.get(profileId);
      return profile ? [{ profile, isMember, since: since.toISOString() }] : [];
    });
  }
}

function toSummary(audience: AudienceRecord): AudienceSummary {
  const { _id: id, name, description, kind, size, refreshedAt, extraction, createdAt, createdBy, updatedAt } = audience;
  return {
    id,
    name,
    description,
    kind,
    size,
    refreshedAt: refreshedAt?.toISOString() ?? null,
    extraction: extraction && toExtraction(extraction),
    isFilling: audience.filling !== undefined,
    createdAt: createdAt.toISOString(),
    createdBy,
    updatedAt: updatedAt.toISOString(),
  };
}

function toExtraction(record: ExtractionRecord): AudienceSummary['extraction'] {
  const { status, problem = null, isAnnounced, entered, left, startedAt, finishedAt } = record;
  return {
    status,
    problem,
    isAnnounced,
    entered,
    left,
    progress: status === 'running' ? progressOf(record.afterId) : 1,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

/** Ids of profiles are digests, spread evenly: how far a walk has come shows in their first characters. */
function progressOf(afterId = ''): number {
  const [first = 0, second = 0] = [...afterId].map((character) => Math.max(0, ID_ALPHABET.indexOf(character)));
  return (first + second / ID_ALPHABET.length) / ID_ALPHABET.length;
}

function cut<T>(rows: T[], limit: number, positionOf: (last: T) => unknown[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor(positionOf(last)) : null };
}
