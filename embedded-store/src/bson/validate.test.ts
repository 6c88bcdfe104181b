import { Code, serialize } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../match/index.ts';
import { assertValidBson, decodeDocument } from './index.ts';
import { outcomeOf } from './golden-outcome.ts';
import { anyValue } from './value.arbitrary.ts';

describe('assertValidBson', () => {
  it('takes whatever the official package writes', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const raw = serialize({ value, code: new Code('x', { value }) });
        expect(() => assertValidBson(raw)).not.toThrow();
      }),
    );
  });

  it('refuses with 22, or leaves readable, any document with damaged bytes', () => {
    const damage = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(anyValue, damage, (value, changes) => {
        const raw = serialize({ value, text: 'some text', list: [1, { a: 2 }] });
        for (const [at, byte] of changes) raw[at % raw.length] = byte;
        // What passes the check must be walked to its end without an error.
        const read = (): string => {
          assertValidBson(raw);
          return `read ${typeof decodeDocument(raw)}, ${compileFilter({ 'list.a': 2 }).test(raw)}`;
        };
        expect(outcomeOf(read)).toMatch(/^(read object|error 22$)/);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses documents that nest too deep with 15', () => {
    let deep: object = {};
    for (let i = 0; i < 250; i++) deep = { deep };
    expect(() => assertValidBson(serialize(deep))).toThrow(expect.objectContaining({ code: 15 }));
  });
});
