import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createLens } from '../access/read-level.ts';
import { events } from '../ingest/event-record.ts';
import { toFacts } from './profile-facts.ts';
import { createProfileList, type Page } from './profile-list.ts';
import { type ProfileRecord, profiles } from './profile-record.ts';

const LENS = createLens('administrator', new Map());
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase([profiles, events]);
});
beforeEach(async () => {
  await opened.database.collection(profiles).deleteMany({});
  await opened.database.collection(events).deleteMany({});
});
afterAll(() => opened.close());

const record = (id: string, more: Partial<ProfileRecord> = {}): ProfileRecord => ({
  _id: id,
  userId: `user-${id}`,
  attributes: {},
  createdAt: new Date('2026-01-01T00:00:00Z'),
  updatedAt: new Date('2026-01-01T00:00:00Z'),
  ...more,
});
const store = (...records: ProfileRecord[]) => opened.database.collection(profiles).insertMany(records);

/** Follows the cursors to the end, running `between` after each page. */
async function readAll<T extends { id: string }>(
  read: (after: string | undefined) => Promise<Page<T>>,
  between: () => Promise<void> = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    ids.push(...page.items.map((item) => item.id));
    after = page.next ?? undefined;
    await between();
  } while (after !== undefined);
  return ids;
}

describe('the list of profiles', () => {
  it('is newest first and complete over pages, with equal times and with new rows meanwhile', async () => {
    await store(
      ...['a', 'b', 'c', 'd', 'e'].map((id) => record(id)),
      record('z', { createdAt: new Date('2025-01-01') }),
    );
    const list = createProfileList(opened);
    let added = 0;
    const ids = await readAll(
      (after) => list.list({ limit: 2, after }, LENS),
      async () => {
        added += 1;
        await store(record(`new${added}`, { createdAt: new Date('2026-06-01') }));
      },
    );
    expect(ids).toEqual(['e', 'd', 'c', 'b', 'a', 'z']);
    expect((await list.list({}, LENS)).total).toBe(6 + added);
  });

  it('refuses a cursor it did not write', async () => {
    const list = createProfileList(opened);
    for (const after of ['nonsense', Buffer.from('[{"$gt":""},"x"]').toString('base64url')])
      await expect(list.list({ after }, LENS)).rejects.toMatchObject({ code: 'request-invalid' });
  });
});

describe('the search', () => {
  it('finds the beginnings of user ids, then of e-mail addresses, each profile once, over any page size', async () => {
    await store(
      record('1', { userId: 'ann' }),
      record('2', { userId: 'anna', attributes: { email: 'anna@x.test' } }),
      record('3', { userId: 'bob', attributes: { email: 'ann@x.test' } }),
      record('4', { userId: 'carl', attributes: { email: 'ann@x.test' } }),
      record('5', { userId: null, attributes: { email: 'anne@x.test' } }),
      record('6', { userId: 'joann', attributes: { email: 'joann@x.test' } }),
    );
    const list = createProfileList(opened);
    for (const limit of [1, 2, 3, 4, 5, 50])
      expect(await readAll((after) => list.list({ search: 'ann', limit, after }, LENS))).toEqual([
        '1',
        '2',
        '3',
        '4',
        '5',
      ]);
  });

  it('finds a whole telephone number and a profile id, but no part of them, each profile once', async () => {
    await store(
      record('id-1', { userId: 'ann', attributes: { phone: '13800138000' } }),
      record('id-2', { userId: '13800138000', attributes: { phone: '13800138000' } }),
      record('id-3', { userId: 'bob', attributes: { phone: 13800138000 } }),
    );
    const list = createProfileList(opened);
    const found = (search: string) => readAll((after) => list.list({ search, limit: 1, after }, LENS));
    expect((await found('13800138000')).toSorted()).toEqual(['id-1', 'id-2', 'id-3']);
    expect(await found('id-2')).toEqual(['id-2']);
    expect(await found('1380013800')).toEqual(['id-2']);
  });

  it('takes the text as text', async () => {
    await store(record('1', { userId: 'a.c' }), record('2', { userId: 'abc' }));
    const list = createProfileList(opened);
    expect(await readAll((after) => list.list({ search: 'a.', after }, LENS))).toEqual(['1']);
    expect(await readAll((after) => list.list({ search: '.*', after }, LENS))).toEqual([]);
    expect(await readAll((after) => list.list({ search: '$ne', after }, LENS))).toEqual([]);
  });
});

describe('one profile', () => {
  it('is shown with dates as ISO text, or not found', async () => {
    await store(record('1', { attributes: { born: new Date('2000-02-29'), tags: ['a'], city: null } }));
    const list = createProfileList(opened);
    expect((await list.get('1', LENS)).attributes).toEqual({
      born: '2000-02-29T00:00:00.000Z',
      tags: ['a'],
      city: null,
    });
    await expect(list.get('2', LENS)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('becomes facts, without a user id when anonymous', () => {
    expect(toFacts(record('1'))).toEqual({ id: '1', userId: 'user-1', attributes: {} });
    expect(toFacts(record('1', { userId: null }))).toEqual({ id: '1', attributes: {} });
  });

  it('lists its own events, newest first, over pages', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day));
    await opened.database.collection(events).insertMany(
      [1, 3, 3, 2, 5].map((day, index) => ({
        _id: `e${index}`,
        profileId: index === 4 ? 'other' : '1',
        name: 'E',
        properties: {},
        at: at(day),
        receivedAt: at(day),
      })),
    );
    const list = createProfileList(opened);
    expect(await readAll((after) => list.listEvents('1', { limit: 1, after }))).toEqual(['e2', 'e1', 'e3', 'e0']);
  });
});

describe('every query', () => {
  it('reads through an index', async () => {
    await store(record('1', { userId: 'ann', attributes: { email: 'ann@x.test' } }));
    const stored = opened.database.collection(profiles);
    const range = { $gte: 'ann', $lt: 'ann\u{10ffff}' };
    const plans = await Promise.all([
      stored.find({}).sort({ createdAt: -1, _id: -1 }).explain('queryPlanner'),
      stored.find({ userId: range }).sort({ userId: 1 }).explain('queryPlanner'),
      stored.find({ 'attributes.email': range }).sort({ 'attributes.email': 1, _id: 1 }).explain('queryPlanner'),
    ]);
    for (const plan of plans.map((explained) => JSON.stringify(explained))) {
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toMatch(/COLLSCAN|"SORT"/);
    }
    const timeline = opened.database.collection(events).find({ profileId: '1' }).sort({ at: -1, _id: -1 });
    const plan = JSON.stringify(await timeline.explain('queryPlanner'));
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
  });
});
