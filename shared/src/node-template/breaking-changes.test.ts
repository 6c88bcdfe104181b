import fc from 'fast-check';
import Value from 'typebox/value';
import { expect, test } from 'vitest';
import { changesBetween, isBreaking, undeclaredBreaks } from './breaking-changes.ts';
import { compareVersions, isSameKind } from './kind-name.ts';
import type { TemplateManifest } from './template-manifest.ts';
import type { TemplateParam } from './template-params.ts';
import { toManifest } from './to-manifest.ts';

const texts = { title: 'T', description: 'T', card: 'T', ports: {}, params: {}, reasons: {} };
const templateOf = (param: TemplateParam, version = '1.0.0'): TemplateManifest => ({
  name: 'tier',
  version,
  category: 'action',
  icon: 'tag',
  params: { type: 'object', properties: { value: param } },
  defaults: { value: 0 },
  ports: [{ id: 'next' }],
  capabilities: {},
  texts: { 'en-US': texts, 'zh-CN': texts },
});

const bounded = (make: (low: number, high: number) => TemplateParam) =>
  fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 4, max: 8 })).map(([low, high]) => make(low, high));
const anyScalar: fc.Arbitrary<TemplateParam> = fc.oneof(
  bounded((minimum, maximum) => ({ type: 'integer', minimum, maximum })),
  bounded((minimum, maximum) => ({ type: 'number', minimum, maximum })),
  bounded((minLength, maxLength) => ({ type: 'string', minLength, maxLength })),
  fc.subarray(['a', 'b', 'c'], { minLength: 1 }).map((choices): TemplateParam => ({ type: 'string', enum: choices })),
  fc.constant<TemplateParam>({ type: 'boolean' }),
);
const anyParam = fc.oneof(
  anyScalar,
  fc
    .tuple(anyScalar, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 2, max: 4 }))
    .map(([items, minItems, maxItems]): TemplateParam => ({ type: 'array', items, minItems, maxItems })),
);
const anyValue = fc.oneof(
  fc.integer({ min: -1, max: 9 }),
  fc.double({ min: -1, max: 9, noNaN: true }),
  fc.string({ maxLength: 9 }),
  fc.constantFrom('a', 'b', 'c'),
  fc.boolean(),
  fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('a', 'b'), fc.boolean()), { maxLength: 5 }),
);

test('[NODE-2] a change that is not called breaking refuses no value that was accepted before', () => {
  const holds = () =>
    fc.assert(
      fc.property(anyParam, anyParam, anyValue, (old, young, value) => {
        const [before, after] = [templateOf(old), templateOf(young, '1.1.0')];
        const wasSound = Value.Check(toManifest(before, {}).params, { value });
        const isSound = Value.Check(toManifest(after, {}).params, { value });
        return !wasSound || isSound || changesBetween(before, after).some(isBreaking);
      }),
      { numRuns: 2000 },
    );
  expect(holds).not.toThrow();
});

test('[NODE-2] what is alike has no changes, and a new major version may break anything', () => {
  const before = templateOf({ type: 'integer', minimum: 0, maximum: 9 });
  expect(changesBetween(before, Value.Clone(before))).toEqual([]);
  const narrower = templateOf({ type: 'integer', minimum: 0, maximum: 8 }, '1.1.0');
  expect(undeclaredBreaks(before, narrower)).toEqual([{ what: 'param-narrowed', at: '/value' }]);
  expect(undeclaredBreaks(before, { ...narrower, version: '2.0.0' })).toEqual([]);
});

test('[NODE-2] a field that a list of groups must have from now on is a break, a new one at the top is none', () => {
  const group = (fields: Record<string, TemplateParam>): TemplateParam => ({
    type: 'array',
    maxItems: 5,
    items: { type: 'object', properties: fields },
  });
  const text: TemplateParam = { type: 'string', maxLength: 9 };
  const [before, after] = [templateOf(group({ a: text })), templateOf(group({ a: text, b: text }), '1.1.0')];
  expect(undeclaredBreaks(before, after)).toEqual([{ what: 'param-required', at: '/value/*/b' }]);
  const wider = {
    ...before,
    version: '1.1.0',
    params: { type: 'object' as const, properties: { ...before.params.properties, more: text } },
    defaults: { value: [], more: '' },
  };
  expect(undeclaredBreaks(before, wider)).toEqual([]);
});

test('[NODE-4] versions of one major number are one kind to a run, others and other templates are not', () => {
  expect(isSameKind('tier@1.0.0', 'tier@1.9.3')).toBe(true);
  expect(isSameKind('tier@1.0.0', 'tier@2.0.0')).toBe(false);
  expect(isSameKind('tier@1.0.0', 'tiers@1.0.0')).toBe(false);
  expect(isSameKind('delay', 'delay')).toBe(true);
  expect(isSameKind('delay', 'until')).toBe(false);
});

test('versions are ordered by their numbers', () => {
  const versions = ['1.10.0', '1.2.10', '1.2.9', '0.9.9', '2.0.0'];
  expect(versions.toSorted(compareVersions)).toEqual(['0.9.9', '1.2.9', '1.2.10', '1.10.0', '2.0.0']);
});
