import { describe, expect, it } from 'vitest';
import { assertReading } from './assert-reading.ts';

const check = (pipeline: object[], collection = 'profiles') =>
  assertReading(['profiles', 'events'], collection, pipeline as never);

describe('[SQL-3] the last look at a pipeline', () => {
  it('lets reading through, whatever a literal looks like', () => {
    expect(() => check([{ $match: { a: 1 } }, { $project: { b: { $literal: { $out: 'x' } } } }])).not.toThrow();
  });

  it.each([
    [{ $out: 'accounts' }],
    [{ $merge: { into: 'accounts' } }],
    [{ $match: { $where: 'true' } }],
    [{ $project: { a: { $function: { body: 'x' } } } }],
    [{ $lookup: { from: 'accounts', as: 'a', localField: 'a', foreignField: 'b' } }],
    [{ $lookup: { from: 'events', pipeline: [{ $out: 'x' }], as: 'a' } }],
    [{ $group: { _id: null, a: { $accumulator: {} } } }],
  ])('stops %j', (stage) => {
    expect(() => check([stage])).toThrow(/A statement would/);
  });

  it('stops another collection', () => {
    expect(() => check([], 'accounts')).toThrow('A statement would read accounts');
  });
});
