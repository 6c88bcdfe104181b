import { AppError } from '@sluice/shared/errors';
import type { EventRecord as EventView, Profile } from '@sluice/shared/http-api';
import type { AttributeValue, Role } from '@sluice/shared/model';
import { Type } from 'typebox';
import type { AttributeLens, ReadLevels } from '../access/read-level.ts';
import { events } from '../ingest/event-record.ts';
import { createAliases } from '../identities/aliases.ts';
import type { Database } from '../stores/database.ts';
import type { Paging } from './newest-first.ts';
import { readCursor, writeCursor } from './page-cursor.ts';
import { toAttributes, toProfile } from './profile-facts.ts';
import { type ProfileRecord, profiles } from './profile-record.ts';

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
}

/** Reads profiles for people. */
export interface ProfileList {
  /**
   * Newest first; with `search`, those whose profile id or telephone number it is, then those whose user id, then those
   * whose e-mail address begins with it. Who may not see addresses must know the whole of one.
   */
  list(query: Paging & { search?: string | undefined }, lens: AttributeLens): Promise<Page<Profile>>;
  /** One that was merged is answered as the profile that goes on. Throws `not-found`. */
  get(profileId: string, lens: AttributeLens): Promise<Profile>;
  /** One attribute as it is stored, if there is one. Throws `not-found` without the profile. */
  readAttribute(profileId: string, name: string): Promise<{ profileId: string; value: AttributeValue }>;
  listEvents(profileId: string, query: Paging): Promise<Page<EventView>>;
}

const DEFAULT_LIMIT = 50;
/** People who share a telephone. */
const MOST_EXACT = 10;

export function createProfileList(deps: { database: Database }): ProfileList {
  const stored = deps.database.collection(profiles);
  const storedEvents = deps.database.collection(events);
  const aliases = createAliases(deps);

  async function listNewest({ after, limit = DEFAULT_LIMIT }: Paging, lens: AttributeLens): Promise<Page<Profile>> {
    const [createdAt, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
    const filter = createdAt === undefined ? {} : olderThan('createdAt', new Date(createdAt), id);
    const rows = await stored
      .find(filter)
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
    const page = cut(rows, limit, (last) => [last.createdAt.getTime(), last._id]);
    // Of the collection's statistics: an exact count would read every profile for a number that changes meanwhile.
    return {
      ...page,
      items: page.items.map((each) => toProfile(each, lens)),
      total: await stored.estimatedDocumentCount(),
    };
  }

  /** Two index ranges one after the other; a union of both in one query could not be sorted by an index. */
  async function search(
    prefix: string,
    { after, limit = DEFAULT_LIMIT }: Paging,
    lens: AttributeLens,
  ): Promise<Page<Profile>> {
    const toPage = ({ items, next }: Page<ProfileRecord>) => ({
      items: [...exact, ...items].map((record) => toProfile(record, lens)),
      next,
    });
    const exact = after ? [] : await findExact(prefix, lens);
    const [field, value, id] = after
      ? readCursor(after, Type.String(), Type.String(), Type.String())
      : ['userId', '', ''];
    const isInIds = field === 'userId';
    const byId = isInIds
      ? await stored
          .find({ userId: value ? { $gt: value, $lt: endOf(prefix) } : startsWith(prefix) })
          .sort({ userId: 1 })
          .limit(limit + 1)
          .toArray()
      : [];
    if (byId.length > limit) return toPage(cut(byId, limit, (last) => ['userId', last.userId ?? '', last._id]));
    const room = limit - byId.length;
    const position =
      isInIds || !value
        ? { 'attributes.email': lens.readLevel('email') === 'plain' ? startsWith(prefix) : prefix }
        : {
            $or: [
              { 'attributes.email': { $gt: value, $lt: endOf(prefix) } },
              { 'attributes.email': value, _id: { $gt: id } },
            ],
          };
    const byEmail = await stored
      // Who was found by the user id already is not shown twice.
      .find({ ...position, userId: { $not: startsWith(prefix) } } as object)
      .sort({ 'attributes.email': 1, _id: 1 })
      .limit(room + 1)
      .toArray();
    const page = cut(byEmail, room, (last) => ['email', String(last.attributes.email), last._id]);
    // Without room for a single one the next page begins with the first e-mail address.
    const next = page.next ?? null;
    return toPage({
      items: [...byId, ...page.items],
      next: room === 0 && byEmail.length > 0 ? writeCursor(['email', '', '']) : next,
    });
  }

  /** Those whose profile id or telephone number it is, but for those whom the ranges find. Whoever asks knows the whole of it. */
  async function findExact(text: string, lens: AttributeLens): Promise<ProfileRecord[]> {
    const number = Number(text);
    const found = await Promise.all([
      stored.find({ _id: text }).toArray(),
      stored
        .find({ 'attributes.phone': { $in: [text, ...(Number.isSafeInteger(number) ? [number] : [])] } })
        .sort({ 'attributes.phone': 1, _id: 1 })
        .limit(MOST_EXACT)
        .toArray(),
    ]);
    const isFoundElsewhere = ({ userId, attributes: { email } }: ProfileRecord) =>
      userId?.startsWith(text) ||
      (typeof email === 'string' && (lens.readLevel('email') === 'plain' ? email.startsWith(text) : email === text));
    return found.flat().filter((record) => !isFoundElsewhere(record));
  }

  async function find(profileId: string): Promise<ProfileRecord> {
    const into = (await aliases.of([profileId])).get(profileId);
    const record = await stored.findOne({ _id: into ?? profileId });
    if (!record) throw new AppError('not-found', 'There is no such profile');
    return record;
  }

  return {
    list: ({ search: prefix, ...paging }, lens) => (prefix ? search(prefix, paging, lens) : listNewest(paging, lens)),
    get: async (profileId, lens) => toProfile(await find(profileId), lens),
    async readAttribute(profileId, name) {
      const { _id, attributes } = await find(profileId);
      return { profileId: _id, value: toAttributes(attributes)[name] ?? null };
    },
    async listEvents(profileId, { after, limit = DEFAULT_LIMIT }) {
      const [at, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
      const filter = at === undefined ? {} : olderThan('at', new Date(at), id);
      const rows = await storedEvents
        .find({ profileId, ...filter })
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = cut(rows, limit, (last) => [last.at.getTime(), last._id]);
      const items = page.items.map(({ _id, name, properties, at }) => ({
        id: _id,
        name,
        properties,
        at: at.toISOString(),
      }));
      return { items, next: page.next };
    },
  };
}

/** The profiles that a search lists, page by page. */
export function walkProfiles(deps: { database: Database; readLevels: ReadLevels }) {
  const profileList = createProfileList(deps);
  return async (
    { search }: { search?: string },
    { after, limit, role }: { after: string | null; limit: number; role: Role },
  ) => {
    const query = { search, limit, ...(after !== null && { after }) };
    const { items, next } = await profileList.list(query, await deps.readLevels.of(role));
    return { profileIds: items.map(({ id }) => id), next };
  };
}

function olderThan(field: string, instant: Date, id: string | undefined): object {
  return { $or: [{ [field]: { $lt: instant } }, { [field]: instant, _id: { $lt: id } }] };
}

/** As a range instead of a pattern: the text needs no escaping and every store reads it from the index. */
function startsWith(prefix: string): { $gte: string; $lt: string } {
  return { $gte: prefix, $lt: endOf(prefix) };
}

function endOf(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

function cut<T>(rows: T[], limit: number, positionOf: (last: T) => unknown[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor(positionOf(last)) : null };
}
