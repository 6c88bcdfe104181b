import { ObjectId } from 'bson';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeDocument } from '../bson/index.ts';
import type { IndexDefinition } from '../catalog/collection.ts';
import { StoreError } from '../bson/store-error.ts';
import { compileUpdate } from '../update/index.ts';
import { mayChange, pathsReadBy } from './fields-read.ts';
import { entriesOf } from './index-entries.ts';

const indexOn = (paths: string[], partialFilter?: object, isSparse = false) =>
  ({
    id: 1,
    fields: paths.map((path) => [path, 1]),
    isSparse,
    ...(partialFilter && { partialFilter }),
  }) as unknown as IndexDefinition;

it('an index reads the paths of its keys', () => {
  expect(pathsReadBy(indexOn(['hold.batch', 'at', 'hold.from']))).toEqual(['hold.batch', 'at', 'hold.from']);
});

it('a partial index also reads what its filter names, however deep', () => {
  const filter = { 'state.open': true, $or: [{ kind: 'a' }, { $and: [{ size: { $gt: 1 } }, { kind: 'b' }] }] };
  expect(pathsReadBy(indexOn(['at'], filter))).toEqual(['at', 'state.open', 'kind', 'size']);
});

it('a filter with any other operator may read everything', () => {
  expect(pathsReadBy(indexOn(['at'], { $expr: { $eq: ['$a', 1] } }))).toBe('all');
  expect(pathsReadBy(indexOn(['at'], { $or: [{ a: 1 }, { $nor: [{ b: 1 }] }] }))).toBe('all');
});

it('a change concerns the paths that it is, lies within, or holds', () => {
  expect(mayChange(['a.b'], 'a.b')).toBe(true);
  expect(mayChange(['a.b'], 'a')).toBe(true);
  expect(mayChange(['a'], 'a.b')).toBe(true);
  expect(mayChange(['a.b'], 'a.bc')).toBe(false);
  expect(mayChange(['a.b', 'c'], 'a.d')).toBe(false);
});

it('[STORE-8] an update leaves the entries of every index alone whose paths it does not touch', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const leaf = fc.constantFrom<unknown>(1, 'x', null, [], [1, 2]);
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.dictionary(name, tie('value'), { maxKeys: 3 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  const part = fc.oneof(name, fc.constantFrom('0', '1', '$[]'));
  const changed = fc.tuple(name, fc.array(part, { maxLength: 2 })).map(([first, rest]) => [first, ...rest].join('.'));
  const operator = fc.constantFrom('$set', '$unset', '$push', '$inc');
  const read = fc.array(fc.constantFrom('a', 'a.b', 'a.b.c', 'a.0', 'b', 'b.a', 'c.b'), { minLength: 1, maxLength: 2 });
  const filter = fc.constantFrom(undefined, { 'a.c': { $exists: true } }, { b: 1 });
  fc.assert(
    fc.property(
      fc.dictionary(name, value, { maxKeys: 3 }),
      fc.tuple(operator, changed, leaf),
      fc.record({ read: read.map((paths) => [...new Set(paths)]), filter, isSparse: fc.boolean() }),
      (document, [kind, path, to], index) => {
        const id = new ObjectId();
        const before = encodeDocument({ _id: id, ...document });
        const keysOf = (raw: Uint8Array) =>
          entriesOf(indexOn(index.read, index.filter, index.isSparse), raw, id.id).map(({ key }) =>
            key.toString('hex'),
          );
        let after: Uint8Array;
        let keys: string[];
        const { apply, touched } = compileUpdate({ [kind]: { [path]: kind === '$inc' ? 1 : to } }, { filter: {} });
        try {
          after = apply(before);
          keys = keysOf(before);
        } catch (error) {
          // Refused, as two arrays side by side in an index are: nothing is changed.
          if (!(error instanceof StoreError)) throw error;
          return;
        }
        const paths = pathsReadBy(indexOn(index.read, index.filter));
        fc.pre(paths !== 'all' && touched !== 'all' && !paths.some((each) => mayChange(touched, each)));
        expect(keysOf(after)).toEqual(keys);
      },
    ),
    { numRuns: 3000 },
  );
});
