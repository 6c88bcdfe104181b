import type { AttributeRule } from '@sluice/shared/model';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createProfilePerformer } from '../effects/update-profiles.ts';
import { createAliases } from '../identities/aliases.ts';
import { createProfileTarget } from '../imports/write-profiles.ts';
import { createEventLog } from '../ingest/event-log.ts';
import { events } from '../ingest/event-record.ts';
import { createIngest } from '../ingest/ingest.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { createLens } from '../access/read-level.ts';
import { createQuarantine } from './quarantine.ts';
import { quarantine } from './quarantine-record.ts';
import { createValueGate, type WriteTally } from './value-gate.ts';

const RULES = new Map<string, AttributeRule>([
  ['age', { type: 'number', min: 0, max: 120, onBreach: 'fix' }],
  ['phone', { pattern: '^1\\d{10}$', onBreach: 'quarantine' }],
  ['grade', { options: ['Gold', 'Silver'], onBreach: 'keep' }],
  ['name', { required: true, onBreach: 'fix' }],
]);
const AT = new Date('2026-03-01T08:00:00Z');
const ADA = profileIdOf({ userId: 'ada' });
const LENS = createLens('administrator', new Map());

let opened: TestDatabase;
let parts: ReturnType<typeof build>;
const told: WriteTally[] = [];
/** What the data dictionary heard of, as values that profiles have. */
const observed: object[] = [];

function build() {
  const { database } = opened;
  const clock = { now: () => AT.getTime() + 3_600_000 };
  const core = { database, clock };
  const dictionary = { rules: async () => RULES, sourced: async () => new Set(['plan', 'phone']) };
  const observer = {
    observeAttributes: (all: readonly object[]) => void observed.push(...all),
    observe: ({ attributes = [] }: { attributes?: readonly object[] }) => void observed.push(...attributes),
  };
  const gate = createValueGate({
    ...core,
    timeZone: 'UTC',
    dictionary,
    onTally: (tallies) => void told.push(...tallies),
  });
  const watch = { marker: async () => ({ markOf: () => undefined, newMark: () => undefined }), wake: () => {} };
  return {
    gate,
    ingest: createIngest({ ...core, eventLog: createEventLog(core), gate, dictionary: observer }),
    importWith: (note: () => Promise<void>) =>
      createProfileTarget({ ...core, gate, dictionary: observer, upkeep: watch } as never, {
        importId: 'import',
        startedAt: AT,
        mapping: {} as never,
        journal: { note } as never,
      }),
    performer: createProfilePerformer(database, pino({ level: 'silent' }), undefined, gate),
    aside: createQuarantine({ database, aliases: createAliases(core), watch, gate }),
  };
}

beforeAll(async () => {
  opened = await openTestDatabase([profiles, events, quarantine]);
  parts = build();
});
beforeEach(async () => {
  told.length = 0;
  observed.length = 0;
  for (const each of [profiles, quarantine]) await opened.database.collection<{ _id: string }>(each).deleteMany({});
});
afterAll(() => opened.close());

const attributesOf = async (id = ADA) => (await opened.database.collection(profiles).findOne({ _id: id }))?.attributes;
const identify = (traits: object, at = AT) =>
  parts.ingest.accept([{ type: 'identify', userId: 'ada', traits, timestamp: at.toISOString() }]);
const perform = (effect: object, effectId = 'run/1/0') =>
  parts.performer.perform([
    { effectId, effect: { kind: 'update-profile', ...effect }, run: { profileId: ADA } } as never,
  ]);
const listed = async () => (await parts.aside.list({}, LENS)).items;

const SENT = { age: ' 200 ', phone: '12', grade: 'Iron', name: '' };
const WRITTEN = { age: 120, grade: 'Iron' };

describe('the gate', () => {
  it('[QUAL-2] lets a call, an import and a flow write the same', async () => {
    await identify(SENT);
    expect(await attributesOf()).toEqual(WRITTEN);
    await opened.database.collection(profiles).deleteMany({});
    await parts.importWith(async () => {}).write([{ number: 1, userId: 'ada', attributes: SENT } as never], 1);
    expect(await attributesOf()).toEqual(WRITTEN);
    await opened.database.collection(profiles).updateOne({ _id: ADA }, { $set: { attributes: {} } });
    await perform({ set: SENT });
    expect(await attributesOf()).toEqual(WRITTEN);
    expect(told.find(({ attribute }) => attribute === 'age')).toEqual({
      attribute: 'age',
      written: 1,
      breaches: { type: 1 },
      fixed: 1,
      setAside: 0,
    });
  });

  it('[QUAL-3] keeps what it set aside out of the data dictionary, whose samples are offered to everyone', async () => {
    await identify(SENT);
    await parts.importWith(async () => {}).write([{ number: 1, userId: 'bob', attributes: SENT } as never], 1);
    expect(observed).toEqual([WRITTEN, WRITTEN]);
  });

  it('[QUAL-2] brings what a flow counted up back into the range, also when it is told again', async () => {
    await identify({ age: 119, name: 'Ada' });
    await perform({ increment: { age: 5 } });
    await perform({ increment: { age: 5 } });
    expect(await attributesOf()).toEqual({ age: 120, name: 'Ada' });
  });

  it('[QUAL-1] leaves the value that stands when an empty one is sent for it', async () => {
    await identify({ name: 'Ada' });
    await identify({ name: '' }, new Date(AT.getTime() + 1000));
    expect(await attributesOf()).toEqual({ name: 'Ada' });
    expect(await listed()).toEqual([]);
  });

  it('[QUAL-3] sets a value aside once, and keeps the latest of a profile', async () => {
    await identify({ phone: '12' });
    await identify({ phone: '12' });
    await identify({ phone: '7' }, new Date(AT.getTime() - 1000));
    expect(await listed()).toMatchObject([
      {
        attribute: 'phone',
        profileId: ADA,
        userId: 'ada',
        value: '12',
        current: null,
        breach: 'pattern',
        source: 'api',
      },
    ]);
    expect(await parts.aside.count()).toEqual([{ attribute: 'phone', count: 1 }]);
  });

  it('[QUAL-4] releases a value unless a later one has been said, and drops what nobody wants', async () => {
    await identify({ phone: '12' });
    expect(await parts.aside.release({ attribute: 'phone' })).toEqual({ done: 1, isAnyLeft: false });
    expect(await attributesOf()).toEqual({ phone: '12' });
    expect(await listed()).toEqual([]);
    await identify({ phone: '34' }, new Date(AT.getTime() + 1000));
    await identify({ phone: '13800138000' }, new Date(AT.getTime() + 2000));
    await parts.aside.release({ ids: (await listed()).map(({ id }) => id) });
    expect(await attributesOf()).toEqual({ phone: '13800138000' });
    await identify({ phone: '56' }, new Date(AT.getTime() + 3000));
    expect(await parts.aside.drop({ attribute: 'phone' })).toEqual({ done: 1, isAnyLeft: false });
    expect([await listed(), await attributesOf()]).toEqual([[], { phone: '13800138000' }]);
  });

  it('[QUAL-3] has set a value aside before anything of its batch is written', async () => {
    const { database } = opened;
    const dying = parts.importWith(() => Promise.reject(new Error('killed')));
    await expect(dying.write([{ number: 1, userId: 'ada', attributes: SENT } as never], 1)).rejects.toThrow('killed');
    expect(await listed()).toHaveLength(1);
    expect(await database.collection(profiles).countDocuments({})).toBe(0);
  });
});

it('[ID-4] calls, imports, flows and releases note that they wrote an attribute whose sources have an order', async () => {
  const fromOf = async () => (await opened.database.collection(profiles).findOne({ _id: ADA }))?.attributesFrom;
  await identify({ plan: 'a', city: 'Graz' });
  expect(await fromOf()).toEqual({ plan: 'api' });
  const row = { number: 1, userId: 'ada', attributes: { plan: 'b', city: 'Wien' } };
  await parts.importWith(async () => {}).write([row as never], 1);
  expect(await fromOf()).toEqual({ plan: 'import' });
  await identify({ plan: 'late' }, new Date(AT.getTime() - 1000));
  expect(await fromOf()).toEqual({ plan: 'import' });
  await perform({ set: { plan: 'c', city: 'Linz' } });
  expect(await fromOf()).toEqual({ plan: 'flow' });
  await perform({ unset: ['plan'] }, 'run/2/0');
  expect(await fromOf()).toEqual({});
  await perform({ set: { phone: 'none' } }, 'run/3/0');
  await parts.aside.release({ attribute: 'phone' });
  expect(await fromOf()).toEqual({ phone: 'flow' });
});
