import type { Document } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileSort, describeFilter } from './index.ts';
import { literalPrefix } from './regex.ts';

describe('describeFilter', () => {
  it.each<[string, Document, Document]>([
    [
      'lists conditions of a conjunction',
      { a: 1, b: { $gt: 1, $lte: 5 } },
      {
        and: [
          { path: 'a', op: '$eq', value: 1 },
          { path: 'b', op: '$gt', value: 1 },
          { path: 'b', op: '$lte', value: 5 },
        ],
        exact: true,
      },
    ],
    [
      'flattens $and',
      { $and: [{ a: 1 }, { $and: [{ b: { $in: [1, 2] } }] }] },
      {
        and: [
          { path: 'a', op: '$eq', value: 1 },
          { path: 'b', op: '$in', value: [1, 2] },
        ],
        exact: true,
      },
    ],
    [
      'keeps each $or apart',
      { $or: [{ a: 1 }, { b: 2 }] },
      {
        and: [],
        or: [
          [
            { and: [{ path: 'a', op: '$eq', value: 1 }], exact: true },
            { and: [{ path: 'b', op: '$eq', value: 2 }], exact: true },
          ],
        ],
        exact: false,
      },
    ],
    [
      'leaves out what no index can answer',
      { a: { $ne: 1 }, b: { $mod: [2, 0] }, $expr: true },
      { and: [], exact: false },
    ],
    ['leaves out arrays as wholes', { a: [1, 2], b: { $in: [[1]] } }, { and: [], exact: false }],
    ['leaves out paths that may mean a position', { 'a.0.b': 1 }, { and: [], exact: false }],
    [
      'looks into $elemMatch',
      { a: { $elemMatch: { b: 1 } }, c: { $elemMatch: { $gt: 2 } } },
      {
        and: [
          { path: 'a.b', op: '$eq', value: 1 },
          { path: 'c', op: '$gt', value: 2 },
        ],
        exact: false,
      },
    ],
    [
      'gives the prefix of an anchored expression',
      { a: /^ab.c/ },
      {
        and: [{ path: 'a', op: '$regex-prefix', value: 'ab', regex: { pattern: '^ab.c', flags: '' } }],
        exact: false,
      },
    ],
    ['knows existence', { a: { $exists: false } }, { and: [{ path: 'a', op: '$exists', value: false }], exact: false }],
  ])('%s', (_name, filter, expected) => {
    expect(describeFilter(filter)).toEqual(expected);
  });
});

describe('literalPrefix', () => {
  it.each([
    ['^abc', '', 'abc'],
    ['^ab?c', '', 'a'],
    ['^ab*', '', 'a'],
    ['^a{0,1}b', '', undefined],
    ['^ab+', '', 'ab'],
    ['^a\\.b', '', 'a.b'],
    ['^a\\d', '', 'a'],
    ['^a|b', '', undefined],
    ['abc', '', undefined],
    ['^abc', 'i', undefined],
    ['^abc', 'm', undefined],
    ['^', '', undefined],
  ])('of /%s/%s is %s', (pattern, flags, prefix) => {
    expect(literalPrefix(pattern, flags)).toBe(prefix);
  });
});

describe('compileSort', () => {
  it.each<[Document, number]>([
    [{ a: 2 }, 15975],
    [{ a: 'x' }, 15974],
    [{ a: { $meta: 'textScore' } }, 17312],
    [{ '': 1 }, 40352],
    [{ 'a.': 1 }, 40353],
    [{ $a: 1 }, 16410],
  ])('refuses %j with %i', (spec, code) => {
    expect(() => compileSort(spec)).toThrow(expect.objectContaining({ code }));
  });
});
