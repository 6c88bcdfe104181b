import type { RequestTemplate } from '@sluice/shared/model';
import { describe, expect, it } from 'vitest';
import { createRequestFiller } from './fill-request.ts';

const filler = createRequestFiller('UTC');
const ATTRIBUTES = {
  name: 'An "n" \\ a\n',
  age: 41,
  isVip: true,
  tags: ['a', 'b'],
  path: '../admin?x=1#y',
  up: '..',
  city: '厦门',
};
const fill = (
  change: Partial<RequestTemplate>,
  attributes: Record<string, string | number | boolean | string[]> = ATTRIBUTES,
) =>
  filler.compile({ method: 'POST', url: 'https://shop.test/', headers: [], format: 'json', body: '', ...change })({
    profile: { id: 'p1', userId: 'u1', attributes },
    flow: { id: 'f', version: 2 },
    event: { id: 'e1', name: 'Order Paid', properties: { total: 9.5 }, at: 0 },
  });
const bodyOf = (value: unknown) => JSON.parse(fill({ body: JSON.stringify(value) }).body ?? '') as unknown;

describe('a JSON body', () => {
  it('keeps the type of a value that stands alone', () => {
    expect(
      bodyOf({
        id: '{{ user_id }}',
        age: '{{ profile.age }}',
        vip: '{{profile.isVip}}',
        tags: '{{ profile.tags }}',
        none: '{{ profile.unknown }}',
        total: '{{ event.properties.total }}',
        next: '{{ profile.age | plus: 1 }}',
        at: '{{ event.at }}',
        fixed: [1, null, { deep: '{{ flow.version }}' }],
      }),
    ).toEqual({
      id: 'u1',
      age: 41,
      vip: true,
      tags: ['a', 'b'],
      none: null,
      total: 9.5,
      next: 42,
      at: '1970-01-01T00:00:00.000Z',
      fixed: [1, null, { deep: 2 }],
    });
  });

  it('is sound whatever a value holds', () => {
    expect(
      bodyOf({ name: '{{ profile.name }}', hello: 'Dear {{ profile.name }}, {% if profile.isVip %}vip{% endif %}' }),
    ).toEqual({
      name: ATTRIBUTES.name,
      hello: `Dear ${ATTRIBUTES.name}, vip`,
    });
  });

  it('is refused when it is none before it is filled in', () => {
    expect(() => fill({ body: '{"a": {{ profile.age }}}' })).toThrow('The body is no JSON');
  });
});

describe('other bodies', () => {
  it('percent-encode in a form, and stand as they are in a text', () => {
    expect(fill({ format: 'form', body: 'n={{ profile.name }}&c={{ profile.city }}' })).toMatchObject({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `n=${encodeURIComponent(ATTRIBUTES.name)}&c=%E5%8E%A6%E9%97%A8`,
    });
    expect(fill({ format: 'text', body: '{{ profile.city }} & {{ profile.age }}' }).body).toBe('厦门 & 41');
  });

  it('are left out of a GET', () => {
    expect(fill({ method: 'GET', body: '{}' })).toEqual({ method: 'GET', url: 'https://shop.test/', headers: {} });
  });
});

describe('an address', () => {
  it('takes a value as one segment, whatever it holds', () => {
    expect(fill({ url: 'https://shop.test/a/{{ profile.path }}/b?q={{ profile.name }}' }).url).toBe(
      `https://shop.test/a/..%2Fadmin%3Fx%3D1%23y/b?q=${encodeURIComponent(ATTRIBUTES.name)}`,
    );
  });

  it('takes no value that would walk up the path', () => {
    expect(() => fill({ url: 'https://shop.test/a/{{ profile.up }}/b' })).toThrow('may not stand in an address');
  });
});

describe('a header', () => {
  it('holds no line break and no character that a header cannot carry', () => {
    const headers = [
      { name: 'X-Name', value: '{{ profile.name }}' },
      { name: 'X-City', value: '{{ profile.city }}' },
    ];
    expect(fill({ headers }).headers).toEqual({ 'x-name': 'An "n" \\ a', 'x-city': '%E5%8E%A6%E9%97%A8' });
  });

  it('cannot replace one that the product sets', () => {
    const headers = [{ name: 'Idempotency-Key', value: 'mine' }];
    expect(fill({ headers }).headers).toEqual({});
  });
});

it('says which field of the template is wrong', () => {
  expect(() => fill({ body: '{"a": "{{ x | oops }}"}' })).toThrow('Liquid in body, line 1');
  expect(() => fill({ url: 'https://shop.test/{{ x' })).toThrow('Liquid in url');
});
