import { api, type RouteContract } from '@sluice/shared/http-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../test/start-app.ts';

const ROUTES: RouteContract[] = Object.values(api).flatMap((area) => Object.values(area));

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it('serves every contract', async () => {
  const unserved: string[] = [];
  for (const { method, path } of ROUTES) {
    const { status, body } = await app.call(method, path.replaceAll(/:\w+/g, 'x'));
    const isAnswered = !(status === 404 && body.message?.startsWith('Nothing answers'));
    if (!isAnswered || status === 500) unserved.push(`${method} ${path}: ${status}`);
  }
  expect(unserved).toEqual([]);
});

it('documents every contract', async () => {
  const headers = await app.signInAs('developer');
  const { body } = await app.call('GET', '/api/openapi.json', { headers });
  const documented = Object.entries(body.paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const contracts = ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(documented.toSorted()).toEqual(contracts.toSorted());
});
