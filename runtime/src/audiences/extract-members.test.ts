import type { Condition } from '@sluice/shared/condition';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { profiles } from '../profiles/profile-record.ts';
import { audiences } from './audience-record.ts';
import { openAudiences } from './audiences.fixture.ts';

let here: Awaited<ReturnType<typeof openAudiences>>;
beforeEach(async () => {
  here = await openAudiences();
});
afterEach(() => here.close());

const rich: Condition = { op: 'attribute', name: 'history', is: { operator: 'atLeast', value: 100 } };
const idOf = (index: number) => `p${String(index).padStart(5, '0')}`;
const people = (count: number, history: (index: number) => number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [idOf(index), { history: history(index) }]));

describe('[AUD-1] an extraction', () => {
  test('writes who matches, counts them and tells nobody unless asked to', async () => {
    await here.insertProfiles(people(10, (index) => index * 20));
    const silent = await here.create('Silent', rich);
    await here.settle();
    expect(await here.membersOf(silent)).toEqual([5, 6, 7, 8, 9].map(idOf));
    expect(here.told).toEqual([]);
    const loud = await here.create('Loud', rich, { isAnnounced: true });
    await here.settle();
    expect(here.told.map(({ id, audience, change }) => [id, audience, change])).toEqual(
      [5, 6, 7, 8, 9].map((index) => [`${loud}:${idOf(index)}/1`, loud, 'entered']),
    );
    expect(await here.saved.audiences.get(loud)).toMatchObject({
      size: 5,
      sizes: [{ size: 5 }],
      extraction: { status: 'done', entered: 5, left: 0 },
    });
  });

  test('writes only the difference to what was, and keeps the history of who left', async () => {
    await here.insertProfiles(people(6, (index) => (index < 3 ? 100 : 0)));
    const audience = await here.create('Frozen', rich, { kind: 'snapshot' });
    const stored = here.database.collection(profiles);
    await stored.updateOne({ _id: idOf(0) }, { $set: { 'attributes.history': 0 } });
    await stored.updateOne({ _id: idOf(5) }, { $set: { 'attributes.history': 100 } });
    await stored.deleteOne({ _id: idOf(2) });
    expect(await here.membersOf(audience)).toEqual([0, 1, 2].map(idOf));
    here.passTime(1);
    await here.saved.audiences.extract(audience, true);
    await here.runJobs();
    await here.settle();
    expect(await here.membersOf(audience)).toEqual([1, 5].map(idOf));
    expect(here.told.map(({ profileId, change }) => [profileId, change])).toEqual([
      [idOf(0), 'left'],
      [idOf(2), 'left'],
      [idOf(5), 'entered'],
    ]);
    expect((await here.membership(audience, idOf(0)))?.history.map(({ change }) => change)).toEqual([
      'entered',
      'left',
    ]);
  });

  test('goes on behind its checkpoint after a stop, and leaves nobody out or in twice', async () => {
    await here.insertProfiles(people(6000, () => 100));
    const stopping = new AbortController();
    const audience = await here.saved.audiences.create(
      { name: 'Big', kind: 'snapshot', condition: rich, isAnnounced: true },
      here.by,
    );
    await here.runJobs({ signal: stopping.signal, touch: async () => stopping.abort() });
    const halted = await here.saved.audiences.get(audience._id);
    expect([halted.extraction?.status, halted.extraction?.entered]).toEqual(['running', 5000]);
    await here.saved.resume();
    await here.runJobs();
    await here.settle();
    expect(await here.saved.audiences.get(audience._id)).toMatchObject({
      size: 6000,
      extraction: { status: 'done' },
    });
    expect(new Set(here.told.map(({ id }) => id)).size).toBe(6000);
    expect(here.told.length).toBe(6000);
  });

  test('that was cancelled writes nothing more', async () => {
    await here.insertProfiles(people(6000, () => 100));
    const { _id } = await here.saved.audiences.create({ name: 'Big', kind: 'snapshot', condition: rich }, here.by);
    await here.runJobs({ touch: async () => void (await here.saved.audiences.cancel(_id).catch(() => undefined)) });
    expect((await here.membersOf(_id)).length).toBe(6000);
    expect(await here.saved.audiences.get(_id)).toMatchObject({ size: 5000, extraction: { status: 'cancelled' } });
  });

  test('of another condition replaces the one under way', async () => {
    await here.insertProfiles(people(10, (index) => index * 20));
    const { _id, revision } = await here.saved.audiences.create(
      { name: 'Rich', kind: 'dynamic', condition: rich },
      here.by,
    );
    const poor: Condition = { op: 'not', of: rich };
    await here.saved.audiences.change(_id, { condition: poor, baseRevision: revision }, here.by);
    await here.runJobs();
    expect(await here.membersOf(_id)).toEqual([0, 1, 2, 3, 4].map(idOf));
  });

  test('that told nobody makes those that contain it look again', async () => {
    await here.insertProfiles(people(4, (index) => index * 50));
    const inner = await here.create('Rich', rich);
    const outer = await here.create('Not rich', { op: 'audience', audience: inner, is: 'notMember' });
    expect(await here.membersOf(outer)).toEqual([0, 1].map(idOf));
    here.passTime(1);
    const condition: Condition = { op: 'attribute', name: 'history', is: { operator: 'atLeast', value: 50 } };
    await here.saved.audiences.change(inner, { condition, baseRevision: 1 }, here.by);
    await here.runJobs();
    await here.settle();
    expect(await here.membersOf(outer)).toEqual([idOf(0)]);
    expect(here.told).toEqual([]);
  });
});

test('a deleted audience takes its members along', async () => {
  await here.insertProfiles(people(10, () => 100));
  const audience = await here.create('Rich', rich);
  await here.saved.audiences.remove(audience, { isConfirmed: false });
  await here.runJobs();
  expect(await here.membersOf(audience)).toEqual([]);
  expect(await here.database.collection(audiences).countDocuments({})).toBe(0);
});
