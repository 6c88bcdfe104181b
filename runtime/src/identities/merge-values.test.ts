import type { MergeRule } from '@sluice/shared/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { audiences } from '../audiences/audience-record.ts';
import { memberships } from '../audiences/membership-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import { createAliases } from './aliases.ts';
import { profileMerges } from './merge-record.ts';
import { createMerges } from './merges.ts';

const COLLECTIONS = [profiles, audiences, memberships, profileMerges] as const;
const MINUTE = 60_000;
const at = new Date('2026-03-02T08:00:00Z');
const clock = { now: () => at.getTime() };
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const { name } of COLLECTIONS) await opened.database.db.collection(name).deleteMany({});
  await opened.database.collection(profiles).insertMany([
    { _id: 'device', userId: null, anonymousIds: ['d'], attributes: {}, createdAt: at, updatedAt: at },
    { _id: 'ann', userId: 'ann', attributes: {}, createdAt: at, updatedAt: at },
  ]);
});

describe('values that both profiles have', () => {
  const known = (mergeRules: Record<string, MergeRule>) =>
    createMerges({
      database: opened.database,
      aliases: createAliases(opened),
      clock,
      dictionary: { mergeRules: async () => new Map(Object.entries(mergeRules)) },
      judgeAgain: async () => {},
    });
  const attributesOf = async (_id: string) => (await opened.database.collection(profiles).findOne({ _id }))?.attributes;
  const ANN = { plan: 'free', points: 10, since: new Date(1000), tags: ['a', 'b'], level: 2, note: 'own', odd: 1 };
  const DEVICE = {
    plan: 'pro',
    points: 30,
    since: new Date(500),
    tags: ['b', 'c'],
    level: 1,
    note: 'other',
    odd: 'one',
  };

  it('stay by the rules of the dictionary, and are what they were when the merge is undone', async () => {
    const stored = opened.database.collection(profiles);
    await stored.updateOne({ _id: 'ann' }, { $set: { attributes: ANN } });
    await stored.updateOne({ _id: 'device' }, { $set: { attributes: DEVICE } });
    const merges = known({
      plan: 'absorbed',
      points: 'greatest',
      since: 'least',
      tags: 'together',
      level: 'kept',
      odd: 'greatest',
    });
    const { _id } = await merges.merge('device', 'ann', 'me');
    const { tags, ...others } = (await attributesOf('ann')) ?? {};
    expect(others).toEqual({ plan: 'pro', points: 30, since: new Date(500), level: 2, note: 'own', odd: 1 });
    expect([...(tags as string[])].sort()).toEqual(['a', 'b', 'c']);
    await merges.undo(_id);
    expect([await attributesOf('ann'), await attributesOf('device')]).toEqual([ANN, DEVICE]);
  });

  it('[ID-4] stay by the order of sources, and an undo says again who wrote what', async () => {
    const stored = opened.database.collection(profiles);
    const at2 = new Date(at.getTime() + MINUTE);
    const names = ['noted', 'guessed', 'same', 'unknown', 'missing'];
    await stored.updateOne(
      { _id: 'ann' },
      {
        $set: {
          attributes: { noted: 'api', guessed: 'api', same: 'early', unknown: 'own' },
          attributesAt: { noted: at2, guessed: at2, same: at },
          attributesFrom: { noted: 'api' },
        },
      },
    );
    const device = {
      attributes: { noted: 'file', guessed: 'file', same: 'late', unknown: 'flow', missing: 'file' },
      attributesAt: { same: at2 },
      attributesFrom: { noted: 'import', unknown: 'flow' },
      importId: 'file',
    } as const;
    await stored.updateOne({ _id: 'device' }, { $set: device });
    const before = await stored.findOne({ _id: 'ann' });
    const merges = known(Object.fromEntries(names.map((name) => [name, ['import', 'api']])));
    const { _id } = await merges.merge('device', 'ann', 'me');
    expect(await stored.findOne({ _id: 'ann' })).toMatchObject({
      // Nobody is known to have written the one, and flows are not in the order: its own stays.
      attributes: { noted: 'file', guessed: 'file', same: 'late', unknown: 'own', missing: 'file' },
      attributesFrom: { noted: 'import', guessed: 'import', same: 'api', missing: 'import' },
    });
    await merges.undo(_id);
    const { attributes, attributesFrom } = (await stored.findOne({ _id: 'ann' })) ?? {};
    expect({ attributes, attributesFrom }).toEqual({
      attributes: before?.attributes,
      attributesFrom: before?.attributesFrom,
    });
    expect(await stored.findOne({ _id: 'device' })).toMatchObject(device);
  });

  it('that were changed since stay when the merge is undone', async () => {
    const stored = opened.database.collection(profiles);
    await stored.updateOne({ _id: 'ann' }, { $set: { attributes: { points: 10 } } });
    await stored.updateOne({ _id: 'device' }, { $set: { attributes: { points: 30 } } });
    const merges = known({ points: 'greatest' });
    const { _id } = await merges.merge('device', 'ann', 'me');
    await stored.updateOne({ _id: 'ann' }, { $set: { 'attributes.points': 31 } });
    await merges.undo(_id);
    expect(await attributesOf('ann')).toEqual({ points: 31 });
  });
});
