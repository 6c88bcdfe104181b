import { describe, expect, test } from 'vitest';
import { conformanceRules } from './conformance.ts';
import { handlers } from './handlers.ts';
import { manifests, nodeManifests } from './manifests.ts';

test('every kind has exactly one manifest and one handler', () => {
  expect(new Set(nodeManifests.map(({ kind }) => kind)).size).toBe(nodeManifests.length);
  expect([...handlers.keys()].sort()).toEqual([...manifests.keys()].sort());
});

describe.each([...manifests.values()])('$kind', (manifest) => {
  test.each(conformanceRules.map(({ name, prove }) => ({ name: name['en-US'], prove })))('$name', async ({ prove }) => {
    const handler = handlers.get(manifest.kind);
    if (handler === undefined) throw new Error(`${manifest.kind} has no handler`);
    await expect(Promise.resolve(prove({ manifest, handler }))).resolves.toBeUndefined();
  });
});
