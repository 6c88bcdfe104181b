import type { Account, MemberExport } from '@sluice/shared/http-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { type AudienceRecord, audiences } from './audience-record.ts';
import { createExportLog, memberExports } from './export-log.ts';
import { openSealed } from './open-sealed.fixture.ts';

let app: TestApp;
let administrator: Record<string, string>;
let operator: Record<string, string>;
let id: string;
const EMAIL = 'someone@example.test';
const PASSPHRASE = 'correct horse battery';

beforeAll(async () => {
  app = await startApp();
  administrator = await app.signInAs('administrator');
  operator = await app.signInAs('operator');
  const headers = await app.withWriteKey();
  await app.call('POST', '/v1/identify', { headers, body: { userId: 'ada', traits: { email: EMAIL, city: 'Graz' } } });
  const body = { sensitivity: 'sensitive' };
  const declare = async () => (await app.call('PUT', '/api/attributes/email', { headers: administrator, body })).status;
  await eventually(async () => (await declare()) === 200);
  const list = { kind: 'profiles', search: '' };
  id = (await app.call('POST', '/api/audiences/from-list', { headers: operator, body: { name: '全部', list } })).body
    .id;
  const isFilling = async () => (await app.call('GET', `/api/audiences/${id}`, { headers: operator })).body.isFilling;
  await eventually(async () => !(await isFilling()));
});
afterAll(() => app.close());

/** The dictionary learns of new names within a second, and a list is filled in the background. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 20_000;
  while (!(await holds())) if (Date.now() > until) throw new Error('It did not come true within 20 s');
}

const order = (body: unknown, headers: Record<string, string>, audience = id) =>
  fetch(`${app.address}/api/audiences/${audience}/members.csv.age`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const sealed = (headers: Record<string, string>) =>
  order({ attributes: ['city', 'email'], seal: { kind: 'passphrase', passphrase: PASSPHRASE } }, headers);
const read = async (answer: Response) => openSealed(Buffer.from(await answer.arrayBuffer()), PASSPHRASE);

describe('[AUD-8] an export', () => {
  test('[GOV-1] that is open masks what is sensitive for every role; sealed it holds what its maker may see', async () => {
    const path = `/api/audiences/${id}/members.csv?attributes=${encodeURIComponent('["city","email"]')}`;
    for (const headers of [administrator, operator]) {
      const open = String((await app.call('GET', path, { headers })).body);
      expect(open).toContain('Graz');
      expect(open).not.toContain(EMAIL);
    }
    const answer = await sealed(administrator);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toContain(`${encodeURIComponent('全部')}.csv.age`);
    expect(await read(answer)).toMatch(new RegExp(`ada,.*,Graz,${EMAIL}\r\n$`));
    const masked = await read(await sealed(operator));
    expect(masked).toContain('Graz');
    expect(masked).not.toContain(EMAIL);
  });

  test('is refused to those who may not export, and names what is wrong with the order', async () => {
    for (const role of ['analyst', 'tester'] as const)
      expect((await sealed(await app.signInAs(role))).status).toBe(403);
    const seal = { kind: 'passphrase', passphrase: 'short' };
    const refused = await order({ attributes: [], seal }, operator);
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('body/seal')]);
    const keyless = await order({ attributes: [], seal: { kind: 'recipients', recipients: ['age1x'] } }, operator);
    expect([keyless.status, await keyless.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'export-key-invalid', details: { key: 'age1x' } }),
    ]);
    expect((await order('{', operator)).status).toBe(400);
    expect(
      (await order({ attributes: [], seal: { ...seal, passphrase: PASSPHRASE } }, operator, 'nobody')).status,
    ).toBe(404);
  });
});

describe('[AUD-9] who takes members away', () => {
  const list = async (headers: Record<string, string>, audienceId = id) =>
    (await app.call('GET', `/api/exports?audienceId=${audienceId}`, { headers })).body.items;

  test('leaves a record of the file: whose, when, what of it is masked or encrypted, and how many', async () => {
    const { _id: other } = await anotherAudience('Recorded');
    const open = `/api/audiences/${other}/members.csv?attributes=${encodeURIComponent('["city","email"]')}`;
    await app.call('GET', open, { headers: operator });
    const seal = { kind: 'passphrase', passphrase: PASSPHRASE };
    await read(await order({ attributes: [], seal }, administrator, other));
    await expect
      .poll(() => list(operator, other))
      .toMatchObject([
        { by: 'administrator', protection: 'passphrase', attributes: [], status: 'complete', members: 1 },
        { by: 'operator', protection: 'masked', attributes: ['city', 'email'], status: 'complete', members: 1 },
      ]);
    const [mine] = await list(operator, other).then((items) =>
      items.filter((one: MemberExport) => one.by === 'operator'),
    );
    for (const narrowing of [`accountId=${mine.accountId}`, 'protection=masked']) {
      const path = `/api/exports?audienceId=${other}&${narrowing}`;
      expect((await app.call('GET', path, { headers: operator })).body.items).toEqual([mine]);
    }
    expect(JSON.stringify(await app.database.collection(memberExports).find().toArray())).not.toContain(PASSPHRASE);
    await app.call('DELETE', `/api/audiences/${other}`, { headers: administrator });
    expect(await list(administrator, other)).toMatchObject([
      { audience: { id: other, name: 'Recorded' } },
      { audience: { id: other, name: 'Recorded' } },
    ]);
  });

  test('that record stands ahead of the first member, and says so when the file ends on the way', async () => {
    const log = createExportLog({ database: app.database, clock: { now: Date.now } });
    const of = { audienceId: 'torn', audienceName: 'Torn', attributes: [], protection: 'masked' as const };
    const by = { id: 'a', name: 'Ada' } as Account;
    const statuses = async () =>
      (await list(administrator, 'torn')).map(({ status, members }: MemberExport) => [status, members]);
    const file = log.recorded(of, by, async function* write(count) {
      expect(await statuses()).toEqual([['begun', null]]);
      count(2);
      yield 'one';
      count(1);
      yield 'two';
    });
    await file.next();
    await file.return(undefined);
    expect(await statuses()).toEqual([['broken', 2]]);
  });

  test('a refused key leaves none, and those who may not export may not read of exports', async () => {
    const before = await list(administrator);
    await order({ attributes: [], seal: { kind: 'recipients', recipients: ['age1x'] } }, administrator);
    expect(await list(administrator)).toEqual(before);
    for (const role of ['analyst', 'tester'] as const)
      expect((await app.call('GET', '/api/exports', { headers: await app.signInAs(role) })).status).toBe(403);
  });
});

async function anotherAudience(name: string): Promise<AudienceRecord> {
  const body = { name, list: { kind: 'profiles', search: 'ada' } };
  const made = (await app.call('POST', '/api/audiences/from-list', { headers: operator, body })).body.id;
  const stored = app.database.collection(audiences);
  await eventually(async () => (await stored.findOne({ _id: made }))?.size === 1);
  return (await stored.findOne({ _id: made })) as AudienceRecord;
}
