import { expect, test } from 'vitest';
import { checkRequest } from './check-request.ts';
import type { RequestTemplate } from './http-call.ts';

const request = (change: Partial<RequestTemplate>): RequestTemplate => ({
  method: 'POST',
  url: 'https://shop.test/hook',
  headers: [],
  format: 'json',
  body: '{"id": "{{ user_id }}"}',
  ...change,
});
const codes = (change: Partial<RequestTemplate>) => checkRequest(request(change)).map(({ code }) => code);

test('a request to a literal origin with a JSON body is sound', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ url: 'http://localhost:8080' })).toEqual([]);
  expect(codes({ url: 'https://shop.test/users/{{ user_id }}?from={{ profile.city }}' })).toEqual([]);
});

test.each([
  'https://{{ profile.host }}/',
  'https://shop{{ profile.suffix }}/',
  'https://user:word@shop.test/',
  'ftp://shop.test/',
  'shop.test',
  'https://',
  '{{ profile.url }}',
])('%s does not say whom to call', (url) => {
  expect(codes({ url })).toEqual(['url-invalid']);
});

test('an address that is missing, and a body that is no JSON, are told apart', () => {
  expect(codes({ url: ' ' })).toEqual(['url-missing']);
  expect(codes({ body: '{"id": {{ user_id }}}' })).toEqual(['body-no-json']);
  expect(codes({ body: 'id={{ user_id }}', format: 'form' })).toEqual([]);
  expect(codes({ body: '' })).toEqual([]);
});

test('headers of the product, headers twice and headers that hold a secret are named by their place', () => {
  const headers = ['Content-Type', 'X-Shop', 'x-shop', 'Authorization', 'X-Api-Key'].map((name) => ({
    name,
    value: 'v',
  }));
  expect(checkRequest(request({ headers }))).toEqual([
    { code: 'header-reserved', at: 'headers', index: 0, name: 'Content-Type' },
    { code: 'header-twice', at: 'headers', index: 2, name: 'x-shop' },
    { code: 'header-secret', at: 'headers', index: 3, name: 'Authorization' },
    { code: 'header-secret', at: 'headers', index: 4, name: 'X-Api-Key' },
  ]);
});
