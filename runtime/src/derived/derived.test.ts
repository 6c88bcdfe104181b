import type { Condition, Derivation } from '@sluice/shared/condition';
import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { Collection } from 'mongodb';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createLens } from '../access/read-level.ts';
import { audiences } from '../audiences/audience-record.ts';
import { createManualScheduler } from '../audiences/audiences.fixture.ts';
import { memberships } from '../audiences/membership-record.ts';
import { composeData } from '../composition/data.ts';
import { attributeDefinitions, eventDefinitions } from '../conditions/dictionary-record.ts';
import { datasets } from '../datasets/dataset-record.ts';
import { flows, flowVersions } from '../flows/flow-record.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { quarantine } from '../quality/quarantine-record.ts';
import { derivedAttributes, derivedDue } from './derived-record.ts';

const START = Date.UTC(2026, 2, 10, 8);
const BY = { id: 'a', email: 'a@example.test', name: 'Ada', role: 'administrator' as const, createdAt: '' };
const LENS = createLens('administrator', new Map());
const COLLECTIONS = [
  profiles,
  events,
  audiences,
  memberships,
  attributeDefinitions,
  eventDefinitions,
  quarantine,
  derivedAttributes,
  derivedDue,
  flows,
  flowVersions,
  datasets,
];

let opened: TestDatabase;
let data: ReturnType<typeof composeData>;
const time = { now: START };
const manual = createManualScheduler();
const pending: EventRecord[] = [];

beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
  const core = { database: opened.database, clock: { now: () => time.now }, log: pino({ level: 'silent' }) };
  data = composeData(core, {
    scheduler: manual.scheduler,
    timeZone: 'UTC',
    onEvents: (news) => void pending.push(...news),
    onRecognised: async () => {},
  });
});
beforeEach(async () => {
  await data.dictionary.flush();
  for (const each of COLLECTIONS) await opened.database.collection<{ _id: string }>(each as never).deleteMany({});
  time.now += 2 * DAY_MS;
  pending.length = 0;
});
afterAll(async () => {
  await data.saved.stop();
  await data.dictionary.close();
  await opened.close();
});

async function save(name: string, derivation: Derivation): Promise<void> {
  await data.derived.attributes.save(name, { derivation }, BY, LENS);
  time.now += 1001;
  await manual.runJobs();
}
/** What has been stored is told, and what follows from it. */
async function settle(): Promise<void> {
  const told = pending.splice(0);
  await data.derived.upkeep.consume(told);
  data.saved.upkeep.wake();
  await data.saved.upkeep.idle();
  await data.saved.idle();
}
const send = async (...items: object[]) => {
  await data.ingest.accept(items);
  await settle();
};
const order = (userId: string, amount: number, agoMs = 0, more: object = {}) => ({
  type: 'track',
  userId,
  event: 'Ordered',
  timestamp: new Date(time.now - agoMs).toISOString(),
  properties: { amount, ...more },
});
const identify = (userId: string, traits: object) => ({ type: 'identify', userId, traits });
const attributesOf = async (userId: string) =>
  (await opened.database.collection(profiles).findOne({ _id: profileIdOf({ userId }) }))?.attributes;
const sum30: Derivation = {
  kind: 'aggregate',
  event: 'Ordered',
  measure: { kind: 'sum', property: 'amount' },
  window: { kind: 'last', ms: 30 * DAY_MS },
};
const is = (name: string, operator: string, value?: unknown) =>
  ({ op: 'attribute', name, is: { operator, ...(value !== undefined && { value }) } }) as Condition;

describe('an attribute of events', () => {
  it('[DRV-1] is worked out for everyone, follows new events, and lets go of those that leave the window', async () => {
    await send(order('ada', 10, 29 * DAY_MS), order('ada', 5), order('eve', 1, 40 * DAY_MS), identify('bob', {}));
    await save('spent', sum30);
    expect([await attributesOf('ada'), await attributesOf('eve'), await attributesOf('bob')]).toEqual([
      { spent: 15 },
      {},
      {},
    ]);
    await send(order('eve', 7), order('ada', 1));
    expect([await attributesOf('ada'), await attributesOf('eve')]).toEqual([{ spent: 16 }, { spent: 7 }]);
    time.now += 2 * DAY_MS;
    await data.derived.upkeep.sweep();
    expect(await attributesOf('ada')).toEqual({ spent: 6 });
    time.now += 40 * DAY_MS;
    await data.derived.upkeep.sweep();
    expect([await attributesOf('ada'), await attributesOf('eve')]).toEqual([{ spent: 0 }, { spent: 0 }]);
    expect(await opened.database.collection(derivedDue).countDocuments({})).toBe(0);
  });

  it('[DRV-1] may be the first, the last, an average, the most, or how many different ones there were', async () => {
    const measures = {
      firstShop: { kind: 'first', property: 'shop' },
      lastShop: { kind: 'last', property: 'shop' },
      lastAt: { kind: 'last' },
      average: { kind: 'average', property: 'amount' },
      most: { kind: 'most', property: 'amount' },
      shops: { kind: 'distinct', property: 'shop' },
    } as const;
    for (const [name, measure] of Object.entries(measures))
      await save(name, { kind: 'aggregate', event: 'Ordered', measure, window: { kind: 'ever' } });
    await send(order('ada', 1, 3 * HOUR_MS, { shop: 'a' }), order('ada', 4, 2 * HOUR_MS, { shop: 'b' }));
    await send(order('ada', 2.5, 4 * HOUR_MS, { shop: 'b' }));
    expect(await attributesOf('ada')).toEqual({
      firstShop: 'b',
      lastShop: 'b',
      lastAt: new Date(time.now - 2 * HOUR_MS),
      average: 2.5,
      most: 4,
      shops: 2,
    });
  });

  it('[DRV-1] is not overwritten by what others send, nor made over what they have sent', async () => {
    await save('spent', sum30);
    await send(order('ada', 3), identify('ada', { spent: 99, city: 'Graz' }));
    expect(await attributesOf('ada')).toEqual({ spent: 3, city: 'Graz' });
    await data.dictionary.flush();
    await expect(save('city', sum30)).rejects.toMatchObject({ code: 'derived-invalid' });
  });

  it('[DRV-2] costs as many queries for a thousand people as for one', async () => {
    await save('spent', sum30);
    const queriesFor = async (people: number) => {
      await data.ingest.accept(Array.from({ length: people }, (_, index) => order(`p${people}-${index}`, 1)));
      const spies = (['aggregate', 'find', 'bulkWrite'] as const).map((name) => vi.spyOn(Collection.prototype, name));
      await data.derived.upkeep.consume(pending.splice(0));
      // The dictionary writes when it likes.
      const sources = ['events', 'profiles', 'derivedDue'];
      const isOurs = (each: unknown) => sources.includes((each as Collection).collectionName);
      const calls = spies.map(({ mock }) => mock.contexts.filter(isOurs).length);
      for (const spy of spies) spy.mockRestore();
      return calls;
    };
    const one = await queriesFor(1);
    expect(await queriesFor(1000)).toEqual(one);
    expect((await attributesOf('p1000-999'))?.spent).toBe(1);
  });

  it('[DRV-3] is right whichever of two processes writes last', async () => {
    await save('spent', sum30);
    await data.ingest.accept([order('ada', 1)]);
    const [first] = pending.splice(0);
    await data.ingest.accept([order('ada', 2)]);
    const [second] = pending.splice(0);
    await Promise.all([first, second].map((event) => data.derived.upkeep.consume([event as EventRecord])));
    expect(await attributesOf('ada')).toEqual({ spent: 3 });
  });

  it('[DRV-3] goes on behind the last batch when a fill was interrupted', async () => {
    await send(order('ada', 1), order('bob', 2));
    await data.derived.attributes.save('spent', { derivation: sum30 }, BY, LENS);
    time.now += 1001;
    await manual.runJobs({ signal: AbortSignal.abort() });
    expect(await attributesOf('ada')).toEqual({});
    await data.derived.attributes.resume();
    await manual.runJobs();
    expect([await attributesOf('ada'), await attributesOf('bob')]).toEqual([{ spent: 1 }, { spent: 2 }]);
    expect(await data.derived.attributes.list()).toMatchObject([{ name: 'spent', fill: { status: 'done', done: 2 } }]);
  });

  it('[DRV-6] is not deleted while something looks at it, and says what does', async () => {
    await save('spent', sum30);
    const big: Condition = { op: 'attribute', name: 'spent', is: { operator: 'atLeast', value: 100 } };
    await data.saved.audiences.create({ name: 'Big spenders', kind: 'dynamic', condition: big }, BY);
    await save('is_big', { kind: 'cases', cases: [{ when: big, value: true }] });
    const at = new Date(time.now);
    const node = (id: string, params: object) => ({ id, kind: 'filter', kindVersion: 1, params });
    const draft = (id: string, name: string, params: object) =>
      opened.database.collection(flows).insertOne({
        _id: id,
        name,
        status: 'draft',
        graphText: JSON.stringify({ nodes: [node('n', params)] }),
        digest: '',
        revision: 1,
        liveVersion: null,
        publishedRevision: null,
        publishedDigest: null,
        change: 0,
        createdAt: at,
        createdBy: 'Ada',
        updatedAt: at,
        updatedBy: 'Ada',
      });
    await draft('f1', 'By condition', { condition: big });
    await draft('f2', 'By words', { content: 'You spent {{ profile.spent | money }}' });
    await draft('f3', 'By other words', { content: `{{ profile.attributes["spent"] }}` });
    await draft('f4', 'Something else', { content: '{{ profile.spent_before }} spent', text: 'spent' });
    expect(await data.derived.attributes.uses('spent')).toMatchObject({
      audiences: [{ name: 'Big spenders' }],
      flows: [{ id: 'f1' }, { id: 'f3' }, { id: 'f2' }],
      datasets: [],
      attributes: [{ name: 'is_big' }],
    });
    await expect(data.derived.attributes.remove('spent')).rejects.toMatchObject({
      code: 'derived-in-use',
      details: { names: 'Big spenders, By condition, By other words, By words, is_big' },
    });
    await data.derived.attributes.remove('is_big');
    expect((await data.derived.attributes.list()).map(({ name }) => name)).toEqual(['spent']);
  });

  it('[DRV-1] takes its values along when it is deleted', async () => {
    await save('spent', sum30);
    await send(order('ada', 1));
    await data.derived.attributes.remove('spent');
    time.now += 1001;
    await manual.runJobs();
    expect([await attributesOf('ada'), await data.derived.attributes.list()]).toEqual([{}, []]);
    await save('spent', sum30);
    expect(await attributesOf('ada')).toEqual({ spent: 1 });
  });
});

describe('an attribute of cases', () => {
  const group: Derivation = {
    kind: 'cases',
    cases: [
      {
        when: { op: 'all', of: [is('age', 'between', [35, 55]), is('gender', 'equals', 'male')] },
        value: 'middle-aged man',
      },
      { when: is('spent', 'atLeast', 100), value: 'big spender' },
    ],
    otherwise: 'other',
  };

  it('[DRV-4] follows attributes and other derived attributes, and audiences follow it', async () => {
    await save('spent', sum30);
    await save('group', group);
    await save('isWanted', { kind: 'cases', cases: [{ when: is('group', 'notEquals', 'other'), value: true }] });
    const audience = await data.saved.audiences.create(
      { name: 'Wanted', kind: 'dynamic', condition: is('isWanted', 'isTrue') },
      BY,
    );
    time.now += 1001;
    await manual.runJobs();
    await send(identify('ada', { age: 40, gender: 'male' }), identify('bob', { age: 20 }));
    expect([await attributesOf('ada'), await attributesOf('bob')]).toEqual([
      { age: 40, gender: 'male', group: 'middle-aged man', isWanted: true },
      { age: 20, group: 'other' },
    ]);
    await send(order('bob', 150));
    expect(await attributesOf('bob')).toEqual({ age: 20, spent: 150, group: 'big spender', isWanted: true });
    expect((await data.saved.audiences.get(audience._id)).size).toBe(2);
    await send(identify('ada', { age: 60 }));
    expect((await attributesOf('ada'))?.group).toBe('other');
    expect((await data.saved.audiences.get(audience._id)).size).toBe(1);
  });

  it('[DRV-1] turns with the calendar', async () => {
    const recent = is('joinedAt', 'after', { relative: -7, unit: 'day' });
    await save('tenure', { kind: 'cases', cases: [{ when: recent, value: 'new' }], otherwise: 'known' });
    await send(identify('ada', { joinedAt: new Date(time.now).toISOString() }));
    expect((await attributesOf('ada'))?.tenure).toBe('new');
    time.now += 9 * DAY_MS;
    await data.derived.upkeep.sweep();
    expect((await attributesOf('ada'))?.tenure).toBe('known');
  });

  it('[DRV-4] is refused when it follows from itself, or from more than attributes', async () => {
    await save('a', { kind: 'cases', cases: [{ when: is('b', 'exists'), value: 1 }] });
    await expect(save('b', { kind: 'cases', cases: [{ when: is('a', 'exists'), value: 1 }] })).rejects.toThrow(
      'b → a → b',
    );
    const when: Condition = { op: 'audience', audience: 'x', is: 'member' };
    await expect(save('c', { kind: 'cases', cases: [{ when, value: 1 }] })).rejects.toMatchObject({
      code: 'derived-invalid',
    });
  });
});

describe('RFM', () => {
  const rfm: Derivation = { kind: 'rfm', event: 'Ordered', amount: 'amount', days: 365 };

  it('[DRV-5] scores customers among each other, names their segments, and scores new orders by the same bounds', async () => {
    // Five customers, each ordering later, more often and for more than the one before.
    const history = [1, 2, 3, 4, 5].flatMap((rank) =>
      Array.from({ length: rank }, (_, index) => order(`u${rank}`, rank * 10, (60 - rank * 10 + index) * DAY_MS)),
    );
    await send(...history, identify('nobody', { city: 'Graz' }));
    await save('rfm', rfm);
    const segments = await Promise.all(
      [1, 2, 3, 4, 5].map(async (rank) => (await attributesOf(`u${rank}`))?.rfm_segment),
    );
    expect(segments).toEqual(['lost', 'hibernating', 'attention', 'champions', 'champions']);
    expect(await attributesOf('u5')).toEqual({
      rfm_recency: 10,
      rfm_frequency: 5,
      rfm_monetary: 250,
      rfm_r: 5,
      rfm_f: 5,
      rfm_m: 5,
      rfm_segment: 'champions',
    });
    expect(await attributesOf('nobody')).toEqual({ city: 'Graz' });
    const [{ rfm: figures } = { rfm: null }] = await data.derived.attributes.list();
    expect(figures?.customers).toBe(5);
    expect(figures?.segments.find(({ segment }) => segment === 'champions')?.size).toBe(2);
    await send(order('u1', 500));
    expect(await attributesOf('u1')).toMatchObject({ rfm_recency: 0, rfm_frequency: 2, rfm_r: 5, rfm_m: 5 });
    time.now += DAY_MS;
    await data.derived.attributes.resume();
    await manual.runJobs();
    expect(await attributesOf('u1')).toMatchObject({ rfm_recency: 1, rfm_frequency: 2, rfm_f: 1, rfm_m: 5 });
  });
});
