import { afterAll, describe, expect, test } from 'vitest';
import { createCodeRunner } from './code-runner.ts';

// A thread that a busy machine keeps waiting is not to be taken for a stuck one, but where that is what is tested.
const runner = createCodeRunner({ threads: 1, hardLimitMs: 60_000 });
afterAll(() => runner.stop());

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const run = async (source: string, input: unknown = {}, limits = {}) =>
  (await runner.run(source, [input], limits))[0] as Awaited<ReturnType<typeof runner.run>>[number];
const valueOf = async (source: string, input: unknown = {}) => {
  const result = await run(source, input);
  return result.isOk ? result.value : result;
};

test('the inputs are there by name, and what is returned comes back as JSON says it', async () => {
  expect(await valueOf('return { sum: a + b.c, none: d }', { a: 1, b: { c: 2 }, d: null })).toEqual({
    sum: 3,
    none: null,
  });
  expect(await valueOf('return new Date(0)')).toBe('1970-01-01T00:00:00.000Z');
  expect(await run('')).toEqual({ isOk: true, value: undefined });
});

test('an input that only some of a batch have is null for the others', async () => {
  expect(await runner.run('return event', [{ event: 1 }, {}])).toEqual([
    { isOk: true, value: 1 },
    { isOk: true, value: null },
  ]);
});

test('code may wait for its own promises', async () => {
  expect(await valueOf('const two = await Promise.resolve(2); return Promise.resolve(two * a)', { a: 21 })).toBe(42);
});

describe('[CODE-1] nothing outside is reachable', () => {
  test.each([
    'process',
    'require',
    'fetch',
    'module',
    'global',
    'window',
    'self',
    'setTimeout',
    'console',
    'WebAssembly',
    'std',
    'os',
    'navigator',
    'XMLHttpRequest',
    'Worker',
    'Deno',
    'Bun',
  ])('[CODE-1] there is no %s', async (name) => {
    expect(await valueOf(`return typeof ${name} + ' ' + typeof globalThis.${name}`)).toBe('undefined undefined');
  });

  test.each([
    ['a module', 'return await import("node:fs")'],
    ['a module of a data address', 'return await import("data:text/javascript,export default 1")'],
    ['a module by a way round', 'return await (0, eval)("import(\'os\')")'],
    ['the process by a constructor', 'return Function("return process")().env'],
    [
      'the process by an error',
      'try { null.x } catch (e) { return e.constructor.constructor("return process")().pid }',
    ],
    ['a thread to wait in', 'return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000)'],
  ])('[CODE-1] %s cannot be had', async (_what, source) => {
    expect(await run(source)).toMatchObject({ isOk: false, code: 'error' });
  });
});

describe('[CODE-2] every run ends', () => {
  test.each([
    ['an endless loop', 'while (true);'],
    ['one that catches everything', 'for (;;) { try { while (true); } catch {} finally { continue } }'],
    ['one in a promise job', 'await null; while (true);'],
    ['jobs without end', 'const again = () => queueMicrotask(again); again(); await new Promise(() => {})'],
    ['awaits without end', 'while (true) await null;'],
    ['a pattern that backtracks', 'return /(a+)+$/.test("a".repeat(40) + "b")'],
    ['a getter of the result', 'return { get x() { while (true); } }'],
    ['the description of an error', 'throw { toString() { while (true); } }'],
    ['sorting with a comparison that never ends', 'return [3, 2, 1].sort(() => { while (true); })'],
  ])('[CODE-2] %s is stopped', async (_what, source) => {
    expect(await run(source)).toMatchObject({ isOk: false, code: 'time' });
  });

  test('[CODE-2] a promise that is never settled is an error at once', async () => {
    expect(await run('await new Promise(() => {})')).toMatchObject({ isOk: false, code: 'error' });
  });

  test('[CODE-2] a longer limit lets longer code through', async () => {
    const source = 'let n = 0; for (let i = 0; i < 3e5; i++) n += i; return n';
    expect(await run(source, {}, { timeoutMs: 1 })).toMatchObject({ code: 'time' });
    expect(await run(source, {}, { timeoutMs: 1000 })).toMatchObject({ isOk: true });
  });

  test('[CODE-2] a step that the engine does not interrupt counts, also when it ends by itself', async () => {
    const source = 'return "x".repeat(3e5).split("").join("-").length';
    expect(await run(source, {}, { timeoutMs: 1 })).toMatchObject({ code: 'time' });
    expect(await run(source, {}, { timeoutMs: 1000 })).toEqual({ isOk: true, value: 6e5 - 1 });
  });

  test('[CODE-2] what the engine does not interrupt ends with its thread, and only that run', async () => {
    const source = 'if (stuck) { const a = new Array(2e8); return String(a).length } return "fine"';
    const impatient = createCodeRunner({ threads: 1, hardLimitMs: 1500 });
    const inputs = [{ stuck: false }, { stuck: true }, { stuck: false }];
    const results = await impatient.run(source, inputs, { memoryMiB: 64 });
    await impatient.stop();
    expect(results[0]).toEqual({ isOk: true, value: 'fine' });
    expect(results[1]).toMatchObject({ isOk: false });
    expect(results[2]).toEqual({ isOk: true, value: 'fine' });
  });
});

describe('[CODE-3] memory and output are bounded', () => {
  test.each([
    ['strings', 'const a = []; for (;;) a.push("x".repeat(1e6) + a.length)'],
    ['a list', 'const a = []; for (;;) a.push([a.length])'],
    ['a long list', 'return new Array(1e9).fill(1).length'],
    ['a typed array', 'return new Float64Array(1e9).length'],
    ['typed arrays', 'const a = []; for (;;) a.push(new Uint8Array(1e6))'],
    ['a doubling string', 'let s = "ab"; for (;;) s += s'],
    ['objects', 'let o = {}; for (;;) o = { o, p: {} }'],
    ['its own result', 'const a = []; while (a.length < 200) a.push("y".repeat(2e5)); return a'],
  ])('[CODE-3] %s without end runs out of memory', async (_what, source) => {
    const result = await run(source, {}, { timeoutMs: 1000 });
    // A string has a longest length of its own, which is met first where memory would still do.
    expect(result).toMatchObject({ isOk: false });
    expect(['memory', 'error', 'output']).toContain(result.isOk ? '' : result.code);
    expect(await valueOf('return 1')).toBe(1);
  });

  test('[CODE-3] 10 MB of result are refused', async () => {
    expect(await run('return "x".repeat(1e7)', {}, { memoryMiB: 64 })).toMatchObject({ isOk: false });
    expect(await run('return "x".repeat(65535)')).toMatchObject({ code: 'output' });
    expect(await valueOf('return "x".repeat(1000).length')).toBe(1000);
  });

  test('[CODE-3] a result that is no JSON is refused', async () => {
    for (const source of ['return () => 1', 'const a = {}; a.a = a; return a', 'return 1n', 'return Symbol()'])
      expect(await run(source)).toMatchObject({ isOk: false, code: 'output' });
  });

  test('[CODE-3] an input that is too large is refused, and only that one', async () => {
    const results = await runner.run('return text.length', [{ text: 'x'.repeat(2 ** 20) }, { text: 'x' }]);
    expect(results).toEqual([
      { isOk: false, code: 'error', message: 'The input is too large' },
      { isOk: true, value: 1 },
    ]);
  });

  test.each([
    ['recursion', 'const f = () => f() + 1; return f()'],
    ['recursion through JSON', 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a'],
    ['deep JSON', 'return JSON.parse("[".repeat(1e5))'],
    ['deep code', 'return (0, eval)("[".repeat(5e4))'],
    ['a proxy of itself', 'const p = new Proxy({}, {}); Object.setPrototypeOf(p, p); return p.x'],
  ])('[CODE-3] %s without end is an error of that run', async (_what, source) => {
    expect(await run(source)).toMatchObject({ isOk: false });
    expect(await valueOf('return 1')).toBe(1);
  });
});

describe('[CODE-4] runs do not meet', () => {
  test.each([
    ['a global', 'globalThis.n = (globalThis.n ?? 0) + 1; return globalThis.n'],
    ['a prototype', 'Array.prototype.n = (Array.prototype.n ?? 0) + 1; return [].n'],
    ['a prototype by its old name', '({}).__proto__.n = (({}).n ?? 0) + 1; return ({}).n'],
    [
      'a built-in function',
      'const old = JSON.stringify; Math.n = (Math.n ?? 0) + 1; JSON.stringify = () => "9"; return Math.n',
    ],
    ['a name declared by eval', '(0, eval)("var n = (typeof n === \'number\' ? n : 0) + 1"); return n'],
    [
      'a job that was left behind',
      'const r = globalThis.n ?? 1; Promise.resolve().then(() => { globalThis.n = 2 }); return r',
    ],
  ])('[CODE-4] %s is as it was', async (_what, source) => {
    const results = await runner.run(source, [{}, {}, {}]);
    expect(results).toEqual(Array.from({ length: 3 }, () => ({ isOk: true, value: 1 })));
  });

  test('[CODE-4] a run that was stopped or has used much memory leaves nothing either', async () => {
    const source = `
      globalThis.n = (globalThis.n ?? 0) + 1;
      if (kind === 'loop') while (true);
      if (kind === 'large') { globalThis.kept = new Array(2e5).fill(globalThis.n); return globalThis.n }
      if (kind === 'deep') { const f = () => f() + 1; f() }
      return globalThis.n`;
    const kinds = ['plain', 'loop', 'plain', 'large', 'plain', 'large', 'deep', 'plain'];
    const results = await runner.run(
      source,
      kinds.map((kind) => ({ kind })),
      { timeoutMs: 300 },
    );
    expect(results.map((result) => (result.isOk ? result.value : result.code))).toEqual([
      1,
      'time',
      1,
      1,
      1,
      1,
      'error',
      1,
    ]);
  });

  test('[CODE-4] what code does to prototypes is not in its result', async () => {
    const value = await valueOf('Object.prototype.evil = 1; return JSON.parse(\'{"__proto__": {"evil": 1}}\')');
    expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('[CODE-5] the same input gives the same result', () => {
  test('[CODE-5] the clock shows the instant of the input and nothing else', async () => {
    const source = 'return [Date.now(), new Date().toISOString(), typeof performance, new Date().getTimezoneOffset()]';
    expect(await valueOf(source, { now: NOW })).toEqual([NOW, '2026-11-20T12:00:00.000Z', 'object', 0]);
    expect(
      await valueOf('const t = performance.now(); for (let i = 0; i < 1e5; i++); return performance.now() - t'),
    ).toBe(0);
  });

  test('[CODE-5] random numbers follow from the input', async () => {
    const source = 'return [Math.random(), Math.random()]';
    const [first, again, other] = await runner.run(source, [{ id: 'a' }, { id: 'a' }, { id: 'b' }]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const numbers = first?.isOk ? (first.value as number[]) : [];
    expect(new Set(numbers).size).toBe(2);
    for (const number of numbers) expect(number).toBeGreaterThanOrEqual(0);
  });

  test('[CODE-5] a thousand inputs keep their order over several threads', async () => {
    const several = createCodeRunner({ threads: 2 });
    const results = await several.run(
      'return n * 2',
      Array.from({ length: 1000 }, (_, n) => ({ n })),
    );
    await several.stop();
    expect(results).toEqual(Array.from({ length: 1000 }, (_, n) => ({ isOk: true, value: n * 2 })));
  });
});

// Each input that uses up its limit costs a new machine: on a busy computer these take their time.
const MANY_MACHINES = { timeout: 180_000 };

test(
  '[CODE-7] a source that does nothing but use up its limit is not tried for the rest of the batch',
  MANY_MACHINES,
  async () => {
    const inputs = Array.from({ length: 30 }, (_, index) => ({ index }));
    const codes = async (source: string) =>
      (await runner.run(source, inputs, { timeoutMs: 5 })).map((result) => (result.isOk ? 'ok' : result.code));
    const all = await codes('for (;;);');
    expect(all.slice(0, 20)).toEqual(inputs.slice(0, 20).map(() => 'time'));
    expect(all.at(-1)).toBe('skipped');
    const some = await codes('if (index % 6 > 0) for (;;);');
    expect(some.filter((code) => code === 'ok')).toHaveLength(5);
    expect(some).not.toContain('skipped');
  },
);

test(
  '[CODE-7] a source that was given up is tried on five inputs of its next batch, and to the end once one ends by itself',
  MANY_MACHINES,
  async () => {
    const codes = async (isBad: (index: number) => boolean, length: number) => {
      const inputs = Array.from({ length }, (_, index) => ({ isBad: isBad(index) }));
      const results = await runner.run('if (isBad) for (;;); /* given up */', inputs, { timeoutMs: 60 });
      return results.map((result) => (result.isOk ? 'ok' : result.code));
    };
    const all = () => true;
    expect((await codes(all, 24)).filter((code) => code === 'time').length).toBeGreaterThanOrEqual(20);
    // A turn that has begun may hold one more.
    const later = (await codes(all, 24)).filter((code) => code === 'time').length;
    expect([5, 6]).toContain(later);
    expect(await codes((index) => index < 3, 6)).toEqual(['time', 'time', 'time', 'ok', 'ok', 'ok']);
    expect((await codes((index) => index > 0, 12)).filter((code) => code === 'time')).toHaveLength(11);
  },
);

test('[CODE-6] a batch that uses up its limit for everyone keeps another source waiting for a turn, not for the batch', async () => {
  const done: string[] = [];
  const inputs = Array.from({ length: 10 }, () => ({}));
  const slow = runner.run('for (;;); /* for everyone */', inputs, { timeoutMs: 250 }).then((results) => {
    done.push('slow');
    return results;
  });
  const quick = runner.run('return 1', [{}]).then(() => done.push('quick'));
  await Promise.all([slow, quick]);
  expect(done).toEqual(['quick', 'slow']);
  expect((await slow).map((result) => !result.isOk && result.code)).toEqual(inputs.map(() => 'time'));
});

test(
  '[CODE-6] an input that the engine does not give back keeps only its own source waiting',
  MANY_MACHINES,
  async () => {
    const patient = createCodeRunner({ threads: 1, hardLimitMs: 20_000 });
    const order: string[] = [];
    // Waited for from the start: nobody else would catch it while the threads are stopped.
    const stuck = patient
      .run('return String(new Array(2e8)).length', [{}], { memoryMiB: 64 })
      .then(() => 'It came back', String)
      .finally(() => order.push('stuck'));
    for (let index = 0; index < 3; index += 1) {
      expect(await patient.run(`return ${index}`, [{}])).toEqual([{ isOk: true, value: index }]);
      order.push('quick');
    }
    await patient.stop();
    expect(await stuck).toContain('ended by itself');
    expect(order).toEqual(['quick', 'quick', 'quick', 'stuck']);
  },
);

describe('what is thrown', () => {
  test.each([
    ['throw new TypeError("bad")', /^TypeError: bad \(line 1\)$/],
    ['\nnull.x', /TypeError: .*null.* \(line 2\)/],
    ['throw "plain"', /^plain$/],
    ['throw undefined', /^undefined$/],
    ['throw Symbol("s")', /^Symbol\(s\)$/],
    ['throw { toString() { throw 1 } }', /cannot be read/],
    ['throw Object.create(null)', /cannot be read/],
    ['const e = new Error(); Object.defineProperty(e, "message", { get() { throw e } }); throw e', /cannot be read/],
    ['return 1 +', /SyntaxError/],
    ['}, evil(), {', /SyntaxError/],
    ['} (globalThis.evil = 1) + {', /SyntaxError/],
    ['} /* */ evil(); {', /SyntaxError/],
    ['x = 1', /ReferenceError: .*x/],
  ])('%s reads as a sentence', async (source, message) => {
    const result = await run(source);
    expect(result).toMatchObject({ isOk: false, code: 'error' });
    expect(result.isOk ? '' : result.message).toMatch(message);
  });
});
