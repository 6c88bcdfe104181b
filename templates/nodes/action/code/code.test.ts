import type { CodeResult, Outcome } from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { codeHandler } from './code.handler.ts';
import { code } from './code.node.ts';

const FACTS = { attributes: new Map<string, string>(), events: new Set<string>() };

async function answer(result: unknown, outputs = ['next', 'vip']): Promise<Outcome> {
  return enter({ isOk: true, value: result }, outputs);
}

async function enter(result: CodeResult, outputs = ['next', 'vip']): Promise<Outcome> {
  return codeHandler.enter(fakeStepContext({ params: { ...code.defaults, outputs }, runCode: () => result }));
}

test('the code is given the person, the event, the run and the instant, and its limits', async () => {
  const asked: unknown[] = [];
  const context = fakeStepContext({ params: code.defaults, attributes: { city: 'Berlin' }, now: 1_800_000_000_000 });
  await codeHandler.enter({
    ...context,
    runCode: async (source, input, limits) => {
      asked.push([source, input, limits]);
      return { isOk: true, value: null };
    },
  });
  expect(asked).toEqual([
    [
      code.defaults.source,
      {
        profile: { id: 'profile-1', userId: 'user-1', attributes: { city: 'Berlin' } },
        event: null,
        run: { id: 'run-1', enteredAt: 1_799_999_000_000, variants: {} },
        now: 1_800_000_000_000,
      },
      { timeoutMs: 50, memoryMiB: 16 },
    ],
  ]);
});

test('code that returns nothing goes on by the first way out', async () => {
  for (const nothing of [undefined, null, {}])
    expect(await answer(nothing)).toEqual({ kind: 'advance', port: 'next', reason: { code: 'code:ran' } });
});

test('attributes are written, the way out is chosen and the result is noted', async () => {
  expect(await answer({ port: 'vip', set: { score: 7, tags: ['a'] }, result: { why: 'x' } })).toEqual({
    kind: 'advance',
    port: 'vip',
    effects: [{ kind: 'update-profile', set: { score: 7, tags: ['a'] } }],
    reason: { code: 'code:answered', values: { result: '{"why":"x"}' } },
  });
});

test.each([
  ['a number', 5],
  ['a list', []],
  ['a field that is not asked for', { ports: 'vip' }],
  ['an attribute with an object', { set: { a: { b: 1 } } }],
  ['an attribute with an operator', { set: { $where: 1 } }],
  ['an attribute with a path', { set: { 'a.b': 1 } }],
  ['a prototype', JSON.parse('{"set": {"__proto__": "x"}}')],
  ['too many attributes', { set: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, i])) }],
  ['a way out that is no text', { port: 1 }],
])('%s leaves by Failed and writes nothing', async (_what, result) => {
  const outcome = await answer(result);
  expect(outcome).toMatchObject({ kind: 'advance', port: 'failed', reason: { code: 'code:unreadable' } });
  expect(outcome).not.toHaveProperty('effects');
});

test('a way out that the node does not have leaves by Failed', async () => {
  expect(await answer({ port: 'nowhere', set: { a: 1 } })).toEqual({
    kind: 'advance',
    port: 'failed',
    reason: { code: 'code:unknown-output', values: { output: 'nowhere' } },
  });
  expect(await answer({ port: 'failed' })).toMatchObject({ port: 'failed', reason: { code: 'code:unknown-output' } });
});

test.each([
  ['time', 'code:time'],
  ['memory', 'code:memory'],
  ['output', 'code:output'],
  ['error', 'code:threw'],
])('a failure of the kind %s leaves by Failed with its reason', async (kind, reason) => {
  expect(await enter({ isOk: false, code: kind, message: 'why' })).toEqual({
    kind: 'advance',
    port: 'failed',
    reason: { code: reason, values: { message: 'why' } },
  });
});

test('a way out that stands there twice or is reserved is told before publishing', () => {
  const problems = (outputs: string[]) =>
    code.check?.({ ...code.defaults, outputs }, FACTS).map((problem) => problem.code);
  expect(problems(['next', 'vip'])).toEqual([]);
  expect(problems(['next', 'next'])).toEqual(['code:output-twice']);
  expect(problems(['next', 'failed'])).toEqual(['code:output-reserved']);
});
