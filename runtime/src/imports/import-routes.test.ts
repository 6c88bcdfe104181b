import type { ImportJob } from '@sluice/shared/http-api';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { createAgendaScheduler } from '../scheduler/agenda-scheduler.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { registerImportRoutes } from './import-routes.ts';
import { composeImports, IMPORT_COLLECTIONS } from './imports.fixture.ts';

const log = pino({ level: 'silent' });
let opened: TestDatabase;
let parts: ReturnType<typeof composeImports>;
let scheduler: Scheduler;
let server: HttpServer;
let address: string;
const headers = { cookie: 'sluice_session=operator' };

beforeAll(async () => {
  opened = await openTestDatabase(IMPORT_COLLECTIONS);
  const { database } = opened;
  scheduler = createAgendaScheduler(database, log);
  parts = composeImports(database, scheduler);
  server = await createServer({
    version: '0.0.0-test',
    log,
    webDist: undefined,
    trustProxy: undefined,
    callers: {
      accountOfSession: async (token) => ({
        id: 'a',
        email: 'a@example.test',
        name: 'A',
        role: token === 'operator' ? 'operator' : 'analyst',
        createdAt: '',
      }),
      accountOfAccessToken: async () => undefined,
      writeKeyIdOf: async () => undefined,
    },
  });
  registerImportRoutes(server, parts);
  await scheduler.start();
  const { port } = await server.listen('127.0.0.1', 0);
  address = `http://127.0.0.1:${port}/api/imports`;
});
afterAll(async () => {
  await server.close();
  await scheduler.stop();
  await parts.saved.stop();
  await parts.dictionary.close();
  await opened.close();
});

function upload(text: string, cookie = headers.cookie): Promise<Response> {
  const body = new FormData();
  body.append('file', new Blob([text], { type: 'text/csv' }), '名单.csv');
  return fetch(address, { method: 'POST', headers: { cookie }, body });
}
const post = (path: string, body?: object) =>
  fetch(`${address}/${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });

test('a file goes from upload to profiles and a downloadable list of what was rejected', async () => {
  const uploaded = await upload('id,age\nu1,41\nu2,old\n');
  expect(uploaded.status).toBe(200);
  const job = (await uploaded.json()) as ImportJob;
  expect(job).toMatchObject({
    fileName: '名单.csv',
    status: 'uploaded',
    preview: { encoding: 'utf-8', delimiter: ',' },
  });

  const mapping = {
    identity: { kind: 'column', column: 'id' },
    columns: [{ column: 'age', attribute: 'age', type: 'number' }],
    computed: [],
  };
  const tried = await (await post(`${job.id}/try`, mapping)).json();
  expect(tried).toMatchObject({ profiles: [{ userId: 'u1', attributes: { age: 41 } }], rejections: [{ line: 3 }] });

  expect((await post(`${job.id}/start`, mapping)).status).toBe(200);
  const read = async () => (await (await fetch(`${address}/${job.id}`, { headers })).json()) as ImportJob;
  await expect.poll(async () => (await read()).status).toBe('done');
  expect(await read()).toMatchObject({ rowsImported: 1, rowsRejected: 1, progress: 1 });

  const csv = await fetch(`${address}/${job.id}/rejections.csv`, { headers });
  expect(csv.headers.get('content-disposition')).toContain('attachment');
  expect(await csv.text()).toContain('3,“old” in the column age does not have the chosen type,age,old,"u2,old"');
});

test('a mapping to a name that cannot be stored is refused at the edge', async () => {
  const job = (await (await upload('id,a\nu1,1\n')).json()) as ImportJob;
  const columns = [{ column: 'a', attribute: '$set', type: 'number' }];
  const answer = await post(`${job.id}/start`, { identity: { kind: 'column', column: 'id' }, columns, computed: [] });
  expect(answer.status).toBe(400);
});

test('an analyst may look at imports but not upload', async () => {
  const cookie = 'sluice_session=analyst';
  expect((await upload('id,a\nu1,1\n', cookie)).status).toBe(403);
  expect((await fetch(address, { headers: { cookie } })).status).toBe(200);
});

test('an import that does not exist is not found, on every path', async () => {
  for (const path of ['nothing', 'nothing/rejections', 'nothing/rejections.csv'])
    expect((await fetch(`${address}/${path}`, { headers })).status).toBe(404);
});
