import { expect, it } from 'vitest';
import type { IndexDefinition } from '../catalog/collection.ts';
import { fieldsReadBy } from './fields-read.ts';

const indexOn = (paths: string[], partialFilter?: object) =>
  ({ fields: paths.map((path) => [path, 1]), ...(partialFilter && { partialFilter }) }) as unknown as IndexDefinition;

it('an index reads the top-level fields of its keys', () => {
  expect(fieldsReadBy(indexOn(['hold.batch', 'at', 'hold.from']))).toEqual(['hold', 'at']);
});

it('a partial index also reads what its filter names, however deep', () => {
  const filter = { 'state.open': true, $or: [{ kind: 'a' }, { $and: [{ size: { $gt: 1 } }, { kind: 'b' }] }] };
  expect(fieldsReadBy(indexOn(['at'], filter))).toEqual(['at', 'state', 'kind', 'size']);
});

it('a filter with any other operator may read everything', () => {
  expect(fieldsReadBy(indexOn(['at'], { $expr: { $eq: ['$a', 1] } }))).toBe('all');
  expect(fieldsReadBy(indexOn(['at'], { $or: [{ a: 1 }, { $nor: [{ b: 1 }] }] }))).toBe('all');
});
