import type { ImportMapping } from '@sluice/shared/http-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memberships } from '../audiences/membership-record.ts';
import { events } from '../ingest/event-record.ts';
import { unmatchedEvents } from '../ingest/unmatched-record.ts';
import { profileIdOf } from '../profiles/profile-record.ts';
import { imports as importCollection } from './import-record.ts';
import { byColumn, openImports } from './imports.fixture.ts';

let opened: Awaited<ReturnType<typeof openImports>>;
beforeAll(async () => {
  opened = await openImports();
});
beforeEach(() => opened.empty());
afterAll(() => opened.close());

const ADA = { id: 'a', email: 'a@example.test', name: 'Ada', role: 'operator' as const, createdAt: '' };
const storedEvents = () => opened.database.collection(events).find().sort({ at: 1 }).toArray();
const rejected = async (id: string) =>
  (await opened.imports.listRejections(id, {})).items.map(({ line, code, value }) => [line, code, value]);

describe('rows become events of their users', () => {
  const asEvents = (
    event: Partial<NonNullable<ImportMapping['event']>>,
    ...columns: Parameters<typeof byColumn>[1][]
  ): ImportMapping => ({
    ...byColumn('user', ...columns),
    event: { name: { kind: 'column', column: 'what' }, at: { column: 'at', format: 'unix-seconds' }, ...event },
  });

  test('with a name, a time and properties; users that are not known become profiles', async () => {
    const text = 'user,what,at,price,note\n1,buy,1511544070,12.5,x\n1,pv,1511544071.5,,\n2,buy,1511544072,3,y\n';
    const job = await opened.importFile(text, asEvents({}, ['price', 'number'], ['note', 'string']));
    expect(job).toMatchObject({ status: 'done', rowsImported: 3, rowsRejected: 0 });
    expect(await storedEvents()).toMatchObject([
      {
        profileId: profileIdOf({ userId: '1' }),
        name: 'buy',
        properties: { price: 12.5, note: 'x' },
        at: new Date(1_511_544_070_000),
      },
      { name: 'pv', properties: {}, at: new Date(1_511_544_071_500) },
      { name: 'buy', properties: { price: 3, note: 'y' } },
    ]);
    expect((await opened.people()).map(({ userId }) => userId)).toEqual(['1', '2']);
    await opened.dictionary.flush();
    expect(await opened.dictionary.listEvents()).toMatchObject([
      { name: 'buy', count: 2, properties: { price: 'number', note: 'string' } },
      { name: 'pv', count: 1 },
    ]);
    expect([...(await opened.dictionary.types()).keys()]).toEqual([]);
  });

  test('[IMP-5] as history: no flow hears of them, audiences count them', async () => {
    const bought = {
      op: 'event' as const,
      name: 'buy',
      measure: { kind: 'count' as const },
      window: { kind: 'ever' as const },
      is: { operator: 'atLeast' as const, value: 1 },
    };
    const { _id: audience } = await opened.saved.audiences.create(
      { name: 'Buyers', kind: 'dynamic', condition: bought },
      ADA,
    );
    await opened.runDue();
    const job = await opened.importFile('user,what,at\n1,buy,1511544070\n2,pv,1511544070\n', asEvents({}));
    expect(await opened.database.collection(unmatchedEvents).countDocuments()).toBe(0);
    const membersNow = () => opened.database.collection(memberships).find({ audience, isMember: true }).toArray();
    expect((await membersNow()).map(({ profileId }) => profileId)).toEqual([profileIdOf({ userId: '1' })]);
    await opened.undo(job.id);
    expect(await membersNow()).toEqual([]);
  });

  test('a clock that cannot be right, or is outside the stated period, rejects its row and moves nothing', async () => {
    const now = Math.floor(Date.now() / 1000);
    const times = [1_511_544_070, 1_505_117_799, 1_512_316_763, 12, now + 7200, 'soon', ''];
    const text = `user,what,at\n${times.map((at) => `1,pv,${at}`).join('\n')}`;
    const period = { from: '2017-11-25T00:00:00+08:00', to: '2017-12-04T00:00:00+08:00' };
    const job = await opened.importFile(text, asEvents({ period }));
    expect(job).toMatchObject({ rowsImported: 2, rejectedBy: { 'time-outside': 1, 'time-implausible': 2 } });
    expect(await rejected(job.id)).toEqual([
      [3, 'time-outside', '1505117799'],
      [5, 'time-implausible', '12'],
      [6, 'time-implausible', String(now + 7200)],
      [7, 'value-type', 'soon'],
      [8, 'time-missing', ''],
    ]);
  });

  test.each<[string, NonNullable<ImportMapping['event']>['at']['format'], string]>([
    ['2017-11-25 01:21:10', 'date', '2017-11-24T17:21:10.000Z'],
    ['1511544070123', 'unix-milliseconds', '2017-11-24T17:21:10.123Z'],
  ])('the time %s as %s', async (at, format, instant) => {
    const name = { kind: 'fixed' as const, name: 'Visited' };
    await opened.importFile(`user,at\n1,${at}\n`, asEvents({ name, at: { column: 'at', format } }));
    expect((await storedEvents()).map((event) => [event.name, event.at.toISOString()])).toEqual([['Visited', instant]]);
  });

  test('[IMP-2] a batch that a crash left without a checkpoint is the same events', async () => {
    const { id } = await opened.upload('user,what,at\n1,pv,1511544070\n1,pv,1511544070\n2,pv,1511544071\n');
    await opened.imports.start(id, asEvents({}));
    await expect(opened.runDue({ touch: () => Promise.reject(new Error('killed')) })).rejects.toThrow('killed');
    await opened.database
      .collection(importCollection)
      .updateOne({ _id: id }, { $set: { rowsRead: 0, rowsImported: 0 } });
    opened.restart();
    await opened.imports.resume();
    await opened.runDue();
    expect(await opened.imports.get(id)).toMatchObject({ status: 'done', rowsImported: 3 });
    expect(await storedEvents()).toHaveLength(3);
  });
});

describe('rows become members of a manual audience', () => {
  let audience: string;
  beforeEach(async () => {
    await opened.importFile(
      'id,phone\nu1,13800138000\nu2,13800138001\nu3,13800138001\nu4,\n',
      byColumn('id', ['phone', 'string']),
    );
    audience = (await opened.saved.audiences.create({ name: 'From a file', kind: 'manual' }, ADA))._id;
  });
  const toMembers = (by?: string): ImportMapping => ({
    ...byColumn('who'),
    members: { audience, ...(by !== undefined && { by }) },
  });
  async function members(): Promise<string[]> {
    const found = await opened.database.collection(memberships).find({ audience, isMember: true }).toArray();
    const people = new Map((await opened.people()).map(({ _id, userId }) => [_id, userId ?? '']));
    return found.map(({ profileId }) => people.get(profileId) ?? '').sort();
  }

  test('by user id: found, unknown and repeated ones are counted and listed', async () => {
    const job = await opened.importFile('who\nu1\nu9\nu2\nu1\n u2 \nu9\n', toMembers());
    expect(job).toMatchObject({
      status: 'done',
      rowsRead: 6,
      rowsImported: 2,
      rejectedBy: { 'id-unknown': 2, 'id-duplicate': 2 },
    });
    expect(await rejected(job.id)).toEqual([
      [3, 'id-unknown', 'u9'],
      [5, 'id-duplicate', 'u1'],
      [6, 'id-duplicate', 'u2'],
      [7, 'id-unknown', 'u9'],
    ]);
    expect(await members()).toEqual(['u1', 'u2']);
    expect((await opened.saved.audiences.get(audience)).size).toBe(2);
  });

  test('by another attribute, which must be that of one person', async () => {
    const job = await opened.importFile('who\n13800138000\n13800138001\n', toMembers('phone'));
    expect(job.rejectedBy).toEqual({ 'id-ambiguous': 1 });
    expect(await members()).toEqual(['u1']);
  });

  test('[IMP-2] a batch done again counts the same, and [IMP-3] an undo leaves who was in before', async () => {
    await opened.importFile('who\nu1\n', toMembers());
    const { id } = await opened.upload('who\nu1\nu2\nu2\nu4\n');
    await opened.imports.start(id, toMembers());
    await expect(opened.runDue({ touch: () => Promise.reject(new Error('killed')) })).rejects.toThrow('killed');
    await opened.database
      .collection(importCollection)
      .updateOne({ _id: id }, { $set: { rowsRead: 0, rowsImported: 0, rowsRejected: 0, rejectedBy: {} } });
    await opened.imports.resume();
    await opened.runDue();
    expect(await opened.imports.get(id)).toMatchObject({ rowsImported: 3, rejectedBy: { 'id-duplicate': 1 } });
    expect(await members()).toEqual(['u1', 'u2', 'u4']);
    expect(await opened.undo(id)).toMatchObject({ status: 'undone', undo: { members: 2 } });
    expect(await members()).toEqual(['u1']);
  });

  test('a snapshot is filled by the one file it was made for, and then stays', async () => {
    const { id } = await opened.upload('who\nu1\nu2\nu9\nu2\n');
    const source = { kind: 'file' as const, importId: id, fileName: 'who.csv' };
    const { _id } = await opened.saved.audiences.create({ name: 'One-off', kind: 'snapshot', source }, ADA);
    audience = _id;
    const other = await opened.upload('who\nu3\n');
    await expect(opened.imports.start(other.id, toMembers())).rejects.toMatchObject({ code: 'import-mapping-invalid' });
    await opened.imports.start(id, toMembers());
    await opened.runDue();
    expect(await opened.imports.get(id)).toMatchObject({
      rowsImported: 2,
      rejectedBy: { 'id-unknown': 1, 'id-duplicate': 1 },
    });
    expect(await members()).toEqual(['u1', 'u2']);
    expect(await opened.saved.audiences.get(audience)).toMatchObject({ size: 2, extraction: null });
    const [somebody] = await opened.people();
    const change = { audience, profileId: somebody?._id ?? '', change: 'remove' as const, effectId: 'a flow' };
    expect(await opened.saved.changer.apply([change])).toEqual([]);
    await expect(opened.saved.audiences.extract(audience, false)).rejects.toMatchObject({ code: 'audience-state' });
    expect(await members()).toEqual(['u1', 'u2']);
    expect(await opened.undo(id)).toMatchObject({ undo: { members: 2 } });
    expect(await members()).toEqual([]);
  });

  test('an audience that follows a condition, or is not there, is refused before it starts', async () => {
    const { id } = await opened.upload('who\nu1\n');
    const mapping = { ...byColumn('who'), members: { audience: 'nobody' } };
    await expect(opened.imports.start(id, mapping)).rejects.toMatchObject({ code: 'import-mapping-invalid' });
    await expect(
      opened.imports.try(id, { ...toMembers(), ...byColumn('who', ['who', 'string']) }),
    ).rejects.toMatchObject({ code: 'import-mapping-invalid' });
  });
});
