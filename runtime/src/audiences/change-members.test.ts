import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAudiences } from './audiences.fixture.ts';

let here: Awaited<ReturnType<typeof openAudiences>>;
let audience: string;
beforeEach(async () => {
  here = await openAudiences();
  audience = await here.createManual('VIP');
});
afterEach(() => here.close());

const change = (change: 'add' | 'remove', profileId: string, effectId?: string) => ({
  audience,
  profileId,
  change,
  ...(effectId !== undefined && { effectId }),
});

describe('[AUD-5] a change by an effect', () => {
  test('is made once, also when it is told again after others came in between', async () => {
    await here.saved.changer.apply([change('add', 'p1', 'e1')]);
    await here.saved.changer.apply([change('remove', 'p1', 'e2')]);
    await here.saved.changer.apply([change('add', 'p1', 'e1')]);
    expect(await here.membersOf(audience)).toEqual([]);
    await here.settle();
    expect(here.told.map(({ change: told }) => told)).toEqual(['entered', 'left']);
  });

  test('keeps the order of one batch about one profile', async () => {
    await here.saved.changer.apply([
      change('add', 'p1', 'e1'),
      change('remove', 'p1', 'e2'),
      change('add', 'p2', 'e3'),
      change('add', 'p1', 'e4'),
    ]);
    expect(await here.membersOf(audience)).toEqual(['p1', 'p2']);
    expect(await here.saved.audiences.get(audience)).toMatchObject({ size: 2 });
  });

  test('to take out who never was in is remembered', async () => {
    await here.saved.changer.apply([change('remove', 'p1', 'e1')]);
    await here.saved.changer.apply([change('add', 'p1', 'e2')]);
    await here.saved.changer.apply([change('remove', 'p1', 'e1')]);
    expect(await here.membersOf(audience)).toEqual(['p1']);
  });

  test('of an audience that follows a condition, or is gone, is left out', async () => {
    const dynamic = await here.create('All', { op: 'all', of: [] });
    const taken = await here.saved.changer.apply([
      { ...change('add', 'p1'), audience: dynamic },
      { ...change('add', 'p1'), audience: 'gone' },
    ]);
    expect(taken).toEqual([]);
    expect(await here.membersOf(dynamic)).toEqual([]);
  });

  test('that two processes make at once happens once', async () => {
    const another = here.composeAnother();
    const changes = Array.from({ length: 200 }, (_, index) => change('add', `p${index}`, `e${index}`));
    await Promise.all([here.saved.changer.apply(changes), another.changer.apply(changes)]);
    expect((await here.membersOf(audience)).length).toBe(200);
    expect(await here.saved.audiences.get(audience)).toMatchObject({ size: 200 });
    await another.stop();
  });
});

test('[AUD-6] changes are told again until every consumer has taken them', async () => {
  let refusals = 2;
  here.saved.follow({
    consume: async () => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('not yet');
    },
  });
  await here.saved.changer.apply([change('add', 'p1')]);
  await here.settle();
  await here.saved.changer.apply([change('add', 'p2')]);
  await here.settle();
  await here.saved.resume();
  await here.saved.idle();
  expect(refusals).toBeLessThan(0);
  expect(new Set(here.told.map(({ id }) => id))).toEqual(new Set([`${audience}:p1/1`, `${audience}:p2/1`]));
  const before = here.told.length;
  await here.saved.resume();
  await here.saved.idle();
  expect(here.told.length).toBe(before);
});
