import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventIdOf } from '../ingest/event-log.ts';
import { events } from '../ingest/event-record.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { importJournal } from './import-journal.ts';
import { byColumn, openImports } from './imports.fixture.ts';

let opened: Awaited<ReturnType<typeof openImports>>;
beforeAll(async () => {
  opened = await openImports();
});
beforeEach(() => opened.empty());
afterAll(() => opened.close());

const stored = () => opened.database.collection(profiles);
const attributes = async () =>
  Object.fromEntries((await opened.people()).map(({ userId, attributes: held }) => [userId, held]));
const ab = byColumn('id', ['a', 'number'], ['b', 'string']);

describe('[IMP-3] an import is taken back as a whole', () => {
  test('profiles it made go, attributes it changed or added go back, everybody else stays', async () => {
    await opened.importFile('id,a,b\nu1,1,x\nu2,2,\nu3,3,z\n', ab);
    const before = await attributes();
    // u1 changes twice, in two batches; u4 is made in the first and changed in the second.
    const filler = Array.from({ length: 1000 }, (_, at) => `f${at},1,`).join('\n');
    const job = await opened.importFile(`id,a,b\nu1,10,\nu2,,new\nu4,4,\n${filler}\nu1,11,y\nu4,5,\n`, ab);
    expect(await attributes()).toMatchObject({ u1: { a: 11, b: 'y' }, u2: { a: 2, b: 'new' }, u4: { a: 5 } });
    const undone = await opened.undo(job.id);
    expect(undone).toMatchObject({ status: 'undone', undo: { removed: 1001, kept: 0 }, undoUntil: null });
    expect(await attributes()).toEqual(before);
    expect(await opened.database.collection(importJournal).countDocuments({ _id: { $gt: job.id } })).toBe(0);
  });

  test('what somebody else has changed since stays', async () => {
    await opened.importFile('id,a,b\nu1,1,x\n', ab);
    const job = await opened.importFile('id,a,b\nu1,2,y\nu2,1,\nu3,1,\nu4,1,\n', ab);
    const later = new Date(Date.now() + 1000);
    await stored().updateOne({ userId: 'u1' }, { $set: { 'attributes.a': 9, updatedAt: later } });
    await stored().updateOne({ userId: 'u2' }, { $set: { 'attributes.own': true, updatedAt: later } });
    const visit = { name: 'Visited', properties: {}, at: later, receivedAt: later };
    await opened.database
      .collection(events)
      .insertOne({ _id: eventIdOf('visit'), profileId: profileIdOf({ userId: 'u3' }), ...visit });
    expect(await opened.undo(job.id)).toMatchObject({ undo: { removed: 1, kept: 2, restored: 1 } });
    expect(await attributes()).toEqual({ u1: { a: 9, b: 'x' }, u2: { a: 1, own: true }, u3: { a: 1 } });
  });

  test('events go with the profiles that were made for them', async () => {
    await opened.importFile('id,a,b\nu1,1,x\n', ab);
    const rows = Array.from({ length: 1500 }, (_, at) => `u${(at % 3) + 1},${1_511_544_070 + at}`).join('\n');
    const job = await opened.importFile(`id,at\n${rows}\n`, {
      ...byColumn('id'),
      event: { name: { kind: 'fixed', name: 'pv' }, at: { column: 'at', format: 'unix-seconds' } },
    });
    expect(await opened.database.collection(events).countDocuments({})).toBe(1500);
    expect(await opened.undo(job.id)).toMatchObject({ undo: { events: 1500, removed: 2, kept: 0 } });
    expect(await opened.database.collection(events).countDocuments({})).toBe(0);
    expect(await attributes()).toEqual({ u1: { a: 1, b: 'x' } });
  });

  test('a crash between any two pages goes on where it was, and counts once', async () => {
    const rows = Array.from({ length: 2500 }, (_, at) => `u${at},1,`).join('\n');
    const job = await opened.importFile(`id,a,b\n${rows}\n`, ab);
    await opened.imports.undo(job.id);
    await expect(opened.runDue({ touch: () => Promise.reject(new Error('killed')) })).rejects.toThrow('killed');
    expect(await stored().countDocuments({})).toBe(2000);
    opened.restart();
    await opened.imports.resume();
    await opened.runDue();
    expect(await opened.imports.get(job.id)).toMatchObject({ status: 'undone', undo: { removed: 2500 } });
    expect(await stored().countDocuments({})).toBe(0);
  });

  test('one that was stopped half-way is taken back as far as it came, even where its last batch was not counted', async () => {
    const rows = Array.from({ length: 2500 }, (_, at) => `u${at},1,`).join('\n');
    const { id } = await opened.upload(`id,a,b\n${rows}\n`);
    await opened.imports.start(id, ab);
    await opened.runDue({ touch: async () => void (await opened.imports.cancel(id).catch(() => undefined)) });
    expect(await stored().countDocuments({})).toBeGreaterThanOrEqual(1000);
    await opened.undo(id);
    expect(await stored().countDocuments({})).toBe(0);
  });

  test('not while it runs, not twice, and not before it has started', async () => {
    const { id } = await opened.upload('id,a,b\nu1,1,x\n');
    await expect(opened.imports.undo(id)).rejects.toMatchObject({ code: 'import-state' });
    await opened.imports.start(id, ab);
    await expect(opened.imports.undo(id)).rejects.toMatchObject({ code: 'import-state' });
    await opened.runDue();
    await opened.undo(id);
    await expect(opened.imports.undo(id)).rejects.toMatchObject({ code: 'import-state' });
  });

  test('importing the same file again changes nothing, so its undo does not either', async () => {
    const text = 'id,a,b\nu1,1,x\nu2,2,\n';
    await opened.importFile(text, ab);
    const before = await opened.people();
    const again = await opened.importFile(text, ab);
    expect(again.rowsImported).toBe(2);
    expect(await opened.people()).toEqual(before);
    expect(await opened.undo(again.id)).toMatchObject({ undo: { removed: 0, restored: 0 } });
    expect(await opened.people()).toEqual(before);
  });
});
