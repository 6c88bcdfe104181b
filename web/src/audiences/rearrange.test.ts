import { type Condition, leavesOf } from '@sluice/shared/condition';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Group } from './condition-group.ts';
import { type PartPath, rearrange, stepFrom } from './rearrange.ts';

const leaf = (name: string): Condition => ({ op: 'attribute', name, is: { operator: 'exists' } });
const any = (...names: string[]): Condition => ({ op: 'any', of: names.map(leaf) });
const all = (...of: (string | Condition)[]): Group => ({
  kind: 'all',
  of: of.map((each) => (typeof each === 'string' ? leaf(each) : each)),
});

describe('rearranging the parts of a condition', () => {
  it.each<[string, Group, PartPath, PartPath, Group, PartPath]>([
    ['up among its neighbours', all('a', 'b', 'c'), [2], [0], all('c', 'a', 'b'), [0]],
    ['down to the end', all('a', 'b', 'c'), [0], [3], all('b', 'c', 'a'), [2]],
    ['into a group behind it', all('a', any('b', 'c')), [0], [1, 1], all(any('b', 'a', 'c')), [0, 1]],
    ['out of a group', all(any('b', 'c'), 'a'), [0, 1], [2], all(any('b'), 'a', 'c'), [2]],
    ['out ahead of its group', all('a', any('b', 'c')), [1, 0], [1], all('a', 'b', any('c')), [1]],
    [
      'a whole group into another',
      all(any('b'), any('c')),
      [0],
      [1, 1],
      all({ op: 'any', of: [leaf('c'), any('b')] }),
      [0, 1],
    ],
  ])('moves a part %s', (_, group, from, to, expected, path) => {
    expect(rearrange(group, from, to)).toEqual({ group: expected, path });
  });

  it('removes a group that has lost its last part, which would otherwise match nobody', () => {
    const nested: Group = all('a', { op: 'not', of: { op: 'any', of: [any('b')] } });
    expect(rearrange(nested, [1, 0, 0], [2])).toEqual({ group: all('a', 'b'), path: [1] });
  });

  it('moves nothing to where it stands, or into itself', () => {
    const group = all('a', any('b', 'c'));
    for (const to of [[0], [1]]) expect(rearrange(group, [0], to)).toBeUndefined();
    expect(rearrange(group, [1], [1, 1])).toBeUndefined();
    expect(rearrange(group, [5], [0])).toBeUndefined();
  });

  it('loses no part and doubles none, wherever one is taken', () => {
    const places = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 });
    const group = all('a', { op: 'any', of: [leaf('b'), any('c', 'd'), leaf('e')] }, 'f');
    const names = (of: Condition[]) => of.flatMap(leavesOf).map((each) => ('name' in each ? each.name : ''));
    const held = fc.check(
      fc.property(places, places, (from, to) => {
        const after = rearrange(group, from, to)?.group ?? group;
        return names(after.of).toSorted().join(' ') === 'a b c d e f';
      }),
    );
    expect(held.counterexample).toBeNull();
  });

  it('steps through every place by keyboard, into groups and out of them', () => {
    let group = all('a', any('b'), 'c');
    let path: PartPath = [0];
    const orders: string[] = [];
    for (let to = stepFrom(group, path, 1); to; to = stepFrom(group, path, 1)) {
      const moved = rearrange(group, path, to);
      if (!moved) break;
      ({ group, path } = moved);
      orders.push(path.join('.'));
    }
    expect(orders).toEqual(['0.0', '0.1', '1', '2']);
    expect(group).toEqual(all(any('b'), 'c', 'a'));
    expect(stepFrom(all('a', any('b')), [1, 0], -1)).toEqual([1]);
    expect(stepFrom(all(any('b'), 'a'), [1], -1)).toEqual([0, 1]);
    expect(stepFrom(all('a'), [0], -1)).toBeUndefined();
  });
});
