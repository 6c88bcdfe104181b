import { EJSON, serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../bson/golden-outcome.ts';
import { badFilters, filterCases } from './filter.cases.ts';
import { compileFilter } from './index.ts';

const show = (value: unknown): string => EJSON.stringify(value as object, { relaxed: true });

describe('compileFilter', () => {
  for (const [section, cases] of Object.entries(filterCases)) {
    for (const [i, [filter, document, isMatch]] of cases.entries()) {
      it(`${section}, case ${i + 1}: ${show(filter)} ${isMatch ? 'takes' : 'leaves'} ${show(document)}`, () => {
        expect(compileFilter(filter).test(serialize(document))).toBe(isMatch);
      });
    }
  }

  for (const [i, [filter, code]] of badFilters.entries()) {
    it(`refuses mistake ${i + 1}, ${show(filter)}, with ${code}`, () => {
      expect(outcomeOf(() => String(compileFilter(filter)))).toBe(`error ${code}`);
    });
  }

  it('reads the variables of the command in $expr', () => {
    const filter = compileFilter({ $expr: { $eq: ['$a', '$$wanted'] } }, { let: { wanted: 5 } });
    expect(filter.test(serialize({ a: 5 }))).toBe(true);
    expect(filter.test(serialize({ a: 6 }))).toBe(false);
  });
});

describe('firstArrayIndex', () => {
  it.each<[object, object, number | undefined]>([
    [{ a: 2 }, { a: [1, 2, 3] }, 1],
    [{ a: 2 }, { a: 2 }, undefined],
    [{ 'a.b': 2 }, { a: [{ b: 1 }, { b: 2 }] }, 1],
    [{ 'a.b': 3 }, { a: [{ b: [1, 2] }, { b: [9, 3] }] }, 1],
    [{ a: { $elemMatch: { b: 2, c: 2 } } }, { a: [{ b: 2 }, { b: 2, c: 2 }] }, 1],
    [{ a: { $elemMatch: { $gt: 2, $lt: 5 } } }, { a: [9, 1, 4] }, 2],
    [{ a: { $gte: 2 }, b: 7 }, { a: [1, 2], b: [5, 6, 7] }, 2],
    [{ b: 7, a: { $gte: 2 } }, { a: [1, 2], b: [5, 6, 7] }, 1],
    [{ $or: [{ a: 2 }, { a: 3 }] }, { a: [1, 2] }, undefined],
    [{ a: { $ne: 9 } }, { a: [1, 2] }, undefined],
    [{ 'x.a': 2 }, { x: { a: [1, 2] } }, 1],
  ])('of %j over %j is %j', (filter, document, index) => {
    expect(compileFilter(filter).firstArrayIndex(serialize(document))).toBe(index);
  });
});
