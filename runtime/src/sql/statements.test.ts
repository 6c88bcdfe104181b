import { DatabaseSync } from 'node:sqlite';
import { api } from '@sluice/shared/http-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { until } from '../../test/until.ts';
import { membershipIdOf, memberships } from '../audiences/membership-record.ts';
import { attributeDefinitions, eventDefinitions } from '../conditions/dictionary-record.ts';
import { events } from '../ingest/event-record.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';

let app: TestApp;
let operator: Record<string, string>;
let vip: string;
const sqlite = new DatabaseSync(':memory:');
const COUNT = 120;
const at = (index: number) => new Date(Date.UTC(2026, 10, 1 + (index % 25), index % 24));
const idOf = (index: number) => profileIdOf({ userId: `u${index}` });

/** Every third age and every fourth city is unknown, one age is a text by mistake. */
const people = Array.from({ length: COUNT }, (_, index) => ({
  index,
  age: index % 3 === 0 ? null : 18 + ((index * 7) % 50),
  city: index % 4 === 0 ? null : ['Beijing', 'Shanghai', 'Xi_an', '50%', ''][index % 5],
  isMember: index % 2 === 0,
  spend: index % 7 === 0 ? 0 : (index * 13) % 90,
}));
const orders = people.flatMap(({ index }) =>
  Array.from({ length: index % 4 }, (_, n) => ({ index, n, amount: n === 2 ? null : 10 * n + index })),
);

const call = (path: string, body: object, headers = operator) => app.call('POST', path, { headers, body });
const run = async (statement: string) => (await call('/api/sql/run', { statement })).body;

beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
  await app.database.collection(profiles).insertMany(
    people.map(({ index, age, city, isMember, spend }) => ({
      _id: idOf(index),
      userId: `u${index}`,
      attributes: {
        ...(age !== null && { age: index === 7 ? 'old' : age }),
        ...(city !== null && { city: city ?? '' }),
        isMember,
        spend,
        tags: index % 2 === 0 ? ['even', 'all'] : ['all'],
        secret: `s${index}`,
      },
      createdAt: at(index),
      updatedAt: at(index),
    })),
  );
  await app.database.collection(events).insertMany(
    orders.map(({ index, n, amount }) => ({
      _id: `${index}-${n}`,
      profileId: idOf(index),
      name: n === 1 ? 'Refund' : 'Order',
      properties: { ...(amount !== null && { amount }), item: `i${n}` },
      at: at(index),
      receivedAt: at(index),
    })),
  );
  const seen = { samples: [], lastSeenAt: at(0) };
  await app.database.collection(attributeDefinitions).insertMany([
    { _id: 'age', type: 'number', ...seen },
    { _id: 'city', type: 'string', ...seen },
    { _id: 'isMember', type: 'boolean', ...seen },
    { _id: 'spend', type: 'number', ...seen },
    { _id: 'tags', type: 'list', ...seen },
  ]);
  await app.database.collection(eventDefinitions).insertMany([
    { _id: 'Order', properties: { amount: 'number', item: 'string' }, count: 1, lastSeenAt: at(0) },
    { _id: 'Refund', properties: { amount: 'number' }, count: 1, lastSeenAt: at(0) },
  ]);
  vip = (await call('/api/audiences', { name: 'VIP', kind: 'manual' })).body.id;
  await app.database.collection(memberships).insertMany(
    people.slice(0, 40).map(({ index }) => ({
      _id: membershipIdOf(vip, idOf(index)),
      audience: vip,
      profileId: idOf(index),
      isMember: index % 8 !== 0,
      since: at(index),
      changes: 1,
      history: [],
    })),
  );
  fillSqlite();
});
afterAll(() => app.close());

/** The same rows in a database that knows SQL by itself. */
function fillSqlite(): void {
  sqlite.exec(`PRAGMA case_sensitive_like = ON;
    CREATE TABLE profiles (id TEXT, user_id TEXT, created_at TEXT, age REAL, city TEXT, isMember INTEGER, spend REAL);
    CREATE TABLE events (id TEXT, profile_id TEXT, name TEXT, at TEXT, amount REAL, item TEXT);
    CREATE TABLE memberships (profile_id TEXT, audience TEXT)`);
  const profile = sqlite.prepare('INSERT INTO profiles VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const { index, age, city, isMember, spend } of people) {
    const known = index === 7 ? null : age;
    profile.run(idOf(index), `u${index}`, at(index).toISOString(), known, city ?? null, Number(isMember), spend);
  }
  const event = sqlite.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
  for (const { index, n, amount } of orders)
    event.run(`${index}-${n}`, idOf(index), n === 1 ? 'Refund' : 'Order', at(index).toISOString(), amount, `i${n}`);
  const member = sqlite.prepare('INSERT INTO memberships VALUES (?, ?)');
  for (const { index } of people.slice(0, 40)) if (index % 8 !== 0) member.run(idOf(index), 'VIP');
}

/** Statements that mean the same in both; NULLs and equal rows are put in an order by the statement itself. */
const AGREED = [
  `SELECT user_id FROM profiles WHERE age > 40 ORDER BY user_id`,
  `SELECT user_id FROM profiles WHERE NOT (age > 40) ORDER BY user_id`,
  `SELECT user_id FROM profiles WHERE NOT (age > 40 AND city = 'Beijing') ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE age BETWEEN 20 AND 30 OR city IS NULL ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE age NOT BETWEEN 20 AND 30 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE NOT (age BETWEEN 20 AND 30) AND city IS NOT NULL ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE city IN ('Beijing', 'Shanghai') AND age <> 25 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE city NOT IN ('Beijing', 'Shanghai') ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE NOT city IN ('Beijing') ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE city LIKE '%ei%' ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE city NOT LIKE 'B%' ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE city LIKE 'Xi_an' OR city LIKE 'b%' ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE age IS NULL AND spend > 0 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE NOT (age IS NULL) ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE age + spend > 90 AND spend * 2 < 150 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE spend / age > 1 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE age > spend ORDER BY 1`,
  `SELECT user_id, age * 2 + 1, -spend FROM profiles WHERE 60 < age ORDER BY user_id`,
  `SELECT user_id, coalesce(city, 'none'), lower(city), length(city) FROM profiles ORDER BY user_id`,
  `SELECT user_id, CASE WHEN age < 30 THEN 'young' WHEN age >= 30 THEN 'old' END FROM profiles ORDER BY 1`,
  `SELECT user_id, city || '!' FROM profiles ORDER BY 1 LIMIT 7 OFFSET 3`,
  `SELECT city, count(*), count(age), sum(age), avg(age), min(age), max(age) FROM profiles GROUP BY city ORDER BY count(*) DESC, city NULLS LAST`,
  `SELECT count(*), count(DISTINCT city), sum(spend) FROM profiles`,
  `SELECT sum(age), count(*) FROM profiles WHERE age > 1000`,
  `SELECT city, count(*) AS n FROM profiles WHERE spend > 10 GROUP BY city HAVING count(*) > 5 AND max(age) > 30 ORDER BY n, city NULLS LAST`,
  `SELECT DISTINCT city FROM profiles WHERE age > 30 ORDER BY city NULLS LAST`,
  `SELECT user_id, age FROM profiles ORDER BY age DESC NULLS LAST, user_id LIMIT 12`,
  `SELECT name, count(*), sum(amount) FROM events GROUP BY name ORDER BY name`,
  `SELECT profile_id, sum(amount) AS s FROM events WHERE name = 'Order' GROUP BY profile_id HAVING sum(amount) > 60 ORDER BY s DESC, profile_id`,
  `SELECT user_id FROM profiles WHERE id IN (SELECT profile_id FROM events WHERE name = 'Refund' AND amount > 50) ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE id NOT IN (SELECT profile_id FROM events) AND age > 20 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE id IN (SELECT profile_id FROM memberships WHERE audience = 'VIP') AND age > 20 ORDER BY 1`,
  `SELECT p.user_id, e.item, e.amount FROM profiles p JOIN events e ON e.profile_id = p.id WHERE p.age > 30 AND e.amount > 40 ORDER BY p.user_id, e.item`,
  `SELECT p.user_id, count(e.id) FROM profiles p LEFT JOIN events e ON e.profile_id = p.id WHERE p.age > 40 GROUP BY p.user_id ORDER BY 1`,
  `SELECT p.city, count(*), sum(e.amount) FROM events e JOIN profiles p ON p.id = e.profile_id GROUP BY p.city ORDER BY p.city NULLS LAST`,
  `SELECT p.user_id, m.audience FROM profiles p JOIN memberships m ON m.profile_id = p.id WHERE m.audience = 'VIP' AND p.spend > 20 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE age > 50 OR city = 'Beijing' AND spend > 40 AND NOT spend = 50 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE (age > 50 OR city = 'Beijing') AND (spend - 10) * 2 % 7 = 4 ORDER BY 1`,
  `SELECT user_id FROM profiles WHERE city = '50%' OR city = '$city' OR user_id = '$$ROOT' ORDER BY 1`,
];

describe('[SQL-1] a statement means what SQL says', () => {
  test.each(AGREED)('%s', async (statement) => {
    const expected = sqlite.prepare(statement);
    expected.setReturnArrays(true);
    const { rows, count, code } = await run(statement);
    const wanted = expected.all() as unknown as unknown[][];
    expect(code).toBeUndefined();
    expect(round(rows)).toEqual(round(wanted));
    expect(count).toBe(wanted.length);
    // A statement that finds nothing in either would prove nothing.
    expect(wanted.length).toBeGreaterThan(0);
  });

  const round = (rows: unknown[][]) =>
    rows.map((row) => row.map((value) => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value)));

  test('reads instants, truth values, lists and its own functions', async () => {
    const count = async (where: string) => (await run(`SELECT id FROM profiles WHERE ${where}`)).count;
    expect(await count(`created_at >= '2026-11-10'`)).toBe(people.filter(({ index }) => index % 25 >= 9).length);
    expect(await count(`created_at < date '2026-11-10' + interval '2 days'`)).toBe(
      people.filter(({ index }) => index % 25 < 11).length,
    );
    expect(await count(`isMember`)).toBe(COUNT / 2);
    expect(await count(`NOT "isMember" AND ismember IS NOT TRUE`)).toBe(COUNT / 2);
    expect(await count(`'even' = ANY(tags)`)).toBe(COUNT / 2);
    expect(await count(`cardinality(tags) = 1`)).toBe(COUNT / 2);
    expect(await count(`city ILIKE 'BEI%'`)).toBe(people.filter(({ city }) => city === 'Beijing').length);
    expect(await count(`extract(day from created_at) = 3`)).toBe(people.filter(({ index }) => index % 25 === 2).length);
    expect(await count(`days_between(created_at, '2026-11-05') > 3`)).toBeGreaterThan(0);
    const byDay = await run(`SELECT date_trunc('day', at), count(*) FROM events GROUP BY 1 ORDER BY 1 LIMIT 1`);
    expect(byDay.rows).toEqual([['2026-11-01T00:00:00.000Z', orders.filter(({ index }) => index % 25 === 0).length]]);
    expect((await run(`SELECT properties ->> 'item' FROM events WHERE amount > 100 LIMIT 1`)).rows).toHaveLength(1);
  });
});

/** Each with the text that is marked, and what its reason says. */
const REFUSED: [statement: string, marked: string, reason: string][] = [
  ['DELETE FROM profiles', 'DELETE FROM profiles', 'Only SELECT'],
  ['UPDATE profiles SET age = 3', 'UPDATE profiles SET', 'Only SELECT'],
  ['DROP TABLE profiles', 'DROP TABLE profiles', 'Only SELECT'],
  ['SELECT id FROM profiles; DROP TABLE profiles', 'DROP TABLE profiles', 'Only one statement'],
  ['SELECT id FROM accounts', 'accounts', 'no table “accounts”'],
  ['SELECT id FROM system.profiles', 'system.profiles', 'no table'],
  ['SELECT phone FROM profiles', 'phone', 'no column “phone”'],
  ['SELECT e.age FROM profiles p', 'e.age', 'no table “e”'],
  ['SELECT "$where" FROM profiles', '"$where"', 'cannot begin with $'],
  ['SELECT "attributes.age" FROM profiles', '"attributes.age"', 'hold a dot'],
  ['SELECT id FROM profiles WHERE "__proto__" = 1', '"__proto__"', 'cannot begin with $'],
  ['SELECT pg_sleep(10) FROM profiles', 'pg_sleep(10)', 'no function pg_sleep'],
  ['SELECT id FROM profiles WHERE age = NULL', 'NULL', 'IS NULL'],
  ["SELECT id FROM profiles WHERE age > 'x'", "'x'", 'takes a number'],
  ["SELECT id FROM profiles WHERE created_at > 'soon'", "'soon'", 'is no date'],
  ['SELECT city FROM profiles GROUP BY age', 'city', 'must be in GROUP BY'],
  ['SELECT p.id FROM profiles p, events e', 'events', 'JOIN'],
  ['SELECT p.id FROM profiles p JOIN events e ON e.name = p.city', 'e.name = p.city', 'by the profile alone'],
  ['SELECT p.id FROM profiles p CROSS JOIN events e', 'CROSS JOIN events', 'not supported'],
  [
    'SELECT id FROM profiles UNION SELECT id FROM events',
    'SELECT id FROM profiles UNION SELECT id FROM events',
    'UNION',
  ],
  ['WITH a AS (SELECT 1) SELECT id FROM profiles', 'WITH a AS (SELECT 1) SELECT id FROM profiles', 'WITH'],
  ['SELECT id FROM (SELECT id FROM profiles) x', '(SELECT id FROM profiles)', 'Only tables'],
  [
    'SELECT id FROM profiles WHERE id IN (SELECT id, name FROM events)',
    'SELECT id, name FROM events',
    'exactly one column',
  ],
  ['SELECT id FROM profiles FOR UPDATE', 'SELECT id FROM profiles FOR UPDATE', 'FOR UPDATE'],
  ["SELECT profile_id FROM memberships WHERE audience = 'Nobody'", "'Nobody'", 'no audience “Nobody”'],
  ['SELECT row_number() OVER (PARTITION BY age) FROM profiles', 'row_number() OVER (PARTITION BY age)', 'Window'],
  ['SELECT id FROM profiles LIMIT 0', '0', 'above zero'],
  ['SELECT id FRM profiles', 'profiles', 'cannot stand here'],
  ['SELECT 城市 FROM profiles', '城市', 'double quotes'],
  ['SELECT id FROM profiles WHERE', '', 'ends too early'],
  [`SELECT ${'('.repeat(60)}1${')'.repeat(60)} FROM profiles`, '(', 'nested too deeply'],
];

describe('[SQL-2] a statement that is refused', () => {
  test.each(REFUSED)('%s', async (statement, marked, reason) => {
    const { status, body } = await call('/api/sql/run', { statement });
    expect(status).toBe(422);
    expect(body.code).toBe('statement-invalid');
    const { start, end, problem } = body.details;
    expect(problem['en-US']).toContain(reason);
    expect(problem['zh-CN']).toMatch(/第 \d+ 行，第 \d+ 列/);
    expect(statement.slice(start, end)).toBe(marked);
    const check = (await call('/api/sql/check', { statement })).body;
    expect(check.problem).toMatchObject({ start, end });
  });

  test('names line and column of the text as it was written', async () => {
    const { body } = await call('/api/sql/run', { statement: 'SELECT id\nFROM profiles\nWHERE nothing = 1' });
    expect(body.details).toMatchObject({ line: 3, column: 7 });
  });
});

test('[SQL-3] an operator may ask, a tester and an analyst may not, and nobody reaches another collection', async () => {
  for (const role of ['tester', 'analyst'] as const)
    expect(
      (await call('/api/sql/run', { statement: 'SELECT id FROM profiles' }, await app.signInAs(role))).status,
    ).toBe(403);
  for (const name of ['sessions', 'accounts', 'secrets', 'writeKeys'])
    expect((await run(`SELECT * FROM "${name}"`)).code).toBe('statement-invalid');
});

test('[SQL-4] the first rows come with the number of all, and the schema names what can be asked', async () => {
  const { rows, columns, count, peopleColumn } = await run('SELECT * FROM profiles p ORDER BY user_id');
  expect(rows).toHaveLength(COUNT);
  expect(count).toBe(COUNT);
  expect(peopleColumn).toBe('id');
  expect(columns.map(({ name }: { name: string }) => name)).toEqual([
    'id',
    'user_id',
    'created_at',
    'updated_at',
    'age',
    'city',
    'isMember',
    'spend',
    'tags',
  ]);
  const schema = (await app.call('GET', api.statements.statementSchema.path, { headers: operator })).body;
  expect(schema.tables.map(({ name }: { name: string }) => name)).toEqual(['profiles', 'events', 'memberships']);
  expect(schema.audiences).toContain('VIP');
});

describe('[SQL-5] an audience from a statement', () => {
  const extracted = async (name: string, statement: string) => {
    const { body } = await call('/api/sql/audiences', { name, statement });
    return until(
      async () => (await app.call('GET', `/api/audiences/${body.id}`, { headers: operator })).body,
      ({ extraction }) => extraction?.status !== 'running',
    );
  };

  test('is a snapshot of the people it names, each once, by profile id or by user id', async () => {
    const [byEvents, byUser] = await Promise.all([
      extracted('Who ordered', `SELECT profile_id, amount FROM events WHERE name = 'Order'`),
      extracted('Top five', 'SELECT user_id, spend FROM profiles ORDER BY spend DESC LIMIT 5'),
    ]);
    const ordered = new Set(orders.filter(({ n }) => n !== 1).map(({ index }) => index));
    expect(byEvents).toMatchObject({ kind: 'snapshot', size: ordered.size, condition: null });
    expect(byEvents.source.statement).toContain('FROM events');
    expect(byUser.size).toBe(5);
  });

  test('must name people', async () => {
    const { body } = await call('/api/sql/audiences', { name: 'Nobody', statement: 'SELECT city FROM profiles' });
    expect(body.details.problem['en-US']).toContain('must select people');
  });
});
