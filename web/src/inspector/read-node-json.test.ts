import { expect, test } from 'vitest';
import { nodeOf } from '../editor/editor.fixture.ts';
import { readNodeJson } from './read-node-json.ts';

const node = nodeOf('a', 'wait', 0, 0);
const written = (more: object) => readNodeJson(JSON.stringify({ ...node, ...more }), node);

test('a node that is written well is taken, whatever its params say', () => {
  expect(written({ name: 'Two days', params: { durationMs: 'soon' } })).toEqual({
    node: { ...node, name: 'Two days', params: { durationMs: 'soon' } },
  });
});

test('what is no JSON, no node, or another node is named', () => {
  expect(readNodeJson('{ "id": ', node)).toMatchObject({ problem: 'syntax' });
  expect(written({ params: 3 })).toMatchObject({ problem: 'form', detail: expect.stringContaining('/params') });
  expect(written({ extra: true })).toMatchObject({ problem: 'form' });
  expect(written({ id: 'b' })).toEqual({ problem: 'identity', detail: 'id' });
  expect(written({ kind: 'exit' })).toEqual({ problem: 'identity', detail: 'kind' });
});
