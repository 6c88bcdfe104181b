/**
 * What runs inside the sandbox before anything of a user: it keeps the functions it needs from being replaced, gives the
 * code its inputs by name and brings the outcome out as one text. Its result is a function that is called per run and
 * leaves the outcome for `take`. The first character of an outcome says what it is: `v` a JSON value, `u` nothing,
 * `e` it threw, `m` memory ran out, `o` what came back is no JSON or too long.
 */
export const GUEST = String.raw`
((names, source, mostOutput) => {
  'use strict';
  const { parse, stringify } = JSON;
  const { apply } = Reflect;
  const text = String;
  const OutOfMemory = InternalError;
  const isError = Error.isError ?? ((value) => value instanceof Error);
  const imul = Math.imul;
  const AsyncFunction = (async () => {}).constructor;
  const body = new AsyncFunction(...parse(names), '"use strict";\n' + source);
  let outcome;
  let state = 0;

  // Everyone would get the same numbers from a generator that is reset before each run; this one is seeded by its input.
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };

  const describe = (thrown) => {
    try {
      if (!isError(thrown)) return text(thrown);
      const line = /<input>:(\d+)/.exec(thrown.stack ?? '');
      return text(thrown.name) + ': ' + text(thrown.message) + (line ? ' (line ' + (line[1] - 3) + ')' : '');
    } catch {
      return 'It threw something that cannot be read';
    }
  };

  const encode = (value) => {
    if (value === undefined) return 'u';
    let json;
    try {
      json = stringify(value);
    } catch (error) {
      if (error instanceof OutOfMemory) return 'm';
      return 'oThe result is no JSON: ' + describe(error);
    }
    if (json === undefined) return 'oThe result is no JSON';
    if (json.length > mostOutput) return 'oThe result is longer than ' + mostOutput + ' characters';
    return 'v' + json;
  };

  const start = async (input, seed) => {
    outcome = undefined;
    state = seed;
    try {
      outcome = encode(await apply(body, undefined, parse(input)));
    } catch (error) {
      outcome = error instanceof OutOfMemory && error.message === 'out of memory' ? 'm' : 'e' + describe(error);
    }
  };
  return { start: (input, seed) => void start(input, seed), take: () => outcome };
})
`;
