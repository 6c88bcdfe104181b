import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { profiles } from '../profiles/profile-record.ts';
import { createProfilePerformer } from './update-profiles.ts';
import type { EffectRequest, KindPerformer } from './kind-performer.ts';

let opened: TestDatabase;
let performer: KindPerformer<'update-profile'>;
let wakes = 0;
beforeAll(async () => {
  opened = await openTestDatabase([profiles]);
  performer = createProfilePerformer(opened.database, pino({ level: 'silent' }), {
    marker: async () => ({
      markOf: (names) => ([...names].includes('tags') ? { version: 'v1', names: ['tags'] } : undefined),
      newMark: () => undefined,
    }),
    wake: () => void (wakes += 1),
  });
});
afterAll(() => opened.close());
beforeEach(async () => {
  wakes = 0;
  await opened.database.collection(profiles).deleteMany({});
  await insert('p1', { tags: ['old'] });
});

const insert = (_id: string, attributes: Record<string, string | string[]>) =>
  opened.database
    .collection(profiles)
    .insertOne({ _id, userId: _id, attributes, createdAt: new Date(), updatedAt: new Date() });
const read = (id: string) => opened.database.collection(profiles).findOne({ _id: id });
const perform = (effectId: string, effect: EffectRequest<'update-profile'>['effect'], profileId = 'p1') =>
  performer.perform([{ effectId, effect, run: { profileId } } as EffectRequest<'update-profile'>]);

test('[RUN-3] tags are added once, however often the effect is told, and removed', async () => {
  await perform('e1', { kind: 'update-profile', addToList: { tags: ['vip', 'old'] } });
  await perform('e2', { kind: 'update-profile', removeFromList: { tags: ['old', 'vip'] } });
  await perform('e1', { kind: 'update-profile', addToList: { tags: ['vip', 'old'] } });
  expect((await read('p1'))?.attributes.tags).toEqual([]);
});

test('a list that is not there begins with the tags', async () => {
  await insert('p2', {});
  await perform('e1', { kind: 'update-profile', addToList: { tags: ['vip'] } }, 'p2');
  expect((await read('p2'))?.attributes.tags).toEqual(['vip']);
});

test('a change that became impossible does not hold up the others', async () => {
  await insert('p2', { tags: 'text' });
  await performer.perform(
    ['p2', 'p1'].map((profileId) => ({
      effectId: 'e1',
      effect: { kind: 'update-profile', addToList: { tags: ['vip'] } },
      run: { profileId },
    })) as unknown as EffectRequest<'update-profile'>[],
  );
  expect([(await read('p2'))?.attributes.tags, (await read('p1'))?.attributes.tags]).toEqual(['text', ['old', 'vip']]);
});

test('[AUD-4] a change that somebody follows is marked in the same update', async () => {
  await perform('e1', { kind: 'update-profile', addToList: { tags: ['vip'] } });
  expect(await read('p1')).toMatchObject({ unsettled: { version: 'v1', names: ['tags'] } });
  expect(wakes).toBe(1);
  await insert('p2', {});
  await perform('e2', { kind: 'update-profile', set: { stage: 'won' } }, 'p2');
  expect((await read('p2'))?.unsettled).toBeUndefined();
});
