import { type Document, EJSON, serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../bson/golden-outcome.ts';
import { decodeDocument } from '../../bson/index.ts';
import { compileFilter } from '../compile-filter.ts';
import { compileProjection } from './compile-projection.ts';
import { projectionCases } from './projection.cases.ts';

const show = (value: unknown): string => EJSON.stringify(value as object, { relaxed: false });

describe('compileProjection', () => {
  for (const [i, [spec, document, result, filter]] of projectionCases.entries()) {
    it(`case ${i + 1}: ${show(spec)} of ${show(document)}`, () => {
      const project = (): Document => {
        const options = filter ? { filter: compileFilter(filter) } : {};
        return decodeDocument(compileProjection(spec, options)(serialize(document)));
      };
      const expected = typeof result === 'number' ? `error ${result}` : show(decodeDocument(serialize(result)));
      expect(outcomeOf(() => show(project()))).toBe(expected);
    });
  }

  it('copies nothing when there is no projection', () => {
    const raw = serialize({ a: 1 });
    expect(compileProjection({})(raw)).toBe(raw);
  });

  it('says which fields it needs', () => {
    expect(compileProjection({ a: 1, n: { $add: ['$b.c', 1] } }).neededFields).toEqual(new Set(['a', 'n', '_id', 'b']));
    expect(compileProjection({ a: 0 }).neededFields).toBe('all');
  });
});
