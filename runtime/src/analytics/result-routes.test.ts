import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { program } from './results.fixture.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it('counts and conversions of a variant are for everyone who is signed in; a variant that is not dealt is named', async () => {
  const operator = await app.signInAs('operator');
  const viewer = await app.signInAs('analyst');
  const { body: flow } = await app.call('POST', '/api/flows', {
    headers: operator,
    body: { name: 'Split', graph: program.graph },
  });
  const published = await app.call('POST', `/api/flows/${flow.id}/publish`, {
    headers: operator,
    body: { baseRevision: flow.revision, note: '' },
  });
  expect(published.status).toBe(200);
  for (const figure of ['counts', 'conversions']) {
    const read = (query: string, headers: object = viewer) =>
      app.call('GET', `/api/flows/${flow.id}/${figure}?${query}`, { headers } as never);
    expect(await read('experiment=split&variant=mail')).toMatchObject({ status: 200, body: { version: 1, nodes: {} } });
    expect((await read('experiment=split&variant=mail', {})).status).toBe(401);
    expect((await read('experiment=$where&variant=mail')).status).toBe(400);
    for (const wrong of ['experiment=split&variant=other', 'experiment=other&variant=mail', 'variant=mail'])
      expect((await read(wrong)).body).toMatchObject({ code: 'not-found', details: { what: 'variant' } });
  }
});
