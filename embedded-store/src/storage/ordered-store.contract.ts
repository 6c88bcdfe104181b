import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrderedStore } from './ordered-store.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What both stores must do alike; each adapter's test runs it. */
export function describeOrderedStore(
  name: string,
  openStore: () => { store: OrderedStore; remove(): Promise<void> },
): void {
  describe(`${name} as an ordered store`, () => {
    let opened: ReturnType<typeof openStore>;
    let store: OrderedStore;
    beforeEach(() => {
      opened = openStore();
      store = opened.store;
    });
    afterEach(() => opened.remove());

    const keysIn = (from: string, to: string, reverse = false): string[] => {
      const keys: string[] = [];
      store.scan(
        'documents',
        { from: bytes(from), to: bytes(to), reverse },
        (key) => keys.push(key.toString('latin1')) > 0,
      );
      return keys;
    };

    it('gives back what a finished transaction put', () => {
      store.write(() => store.put('documents', bytes('a'), bytes('1')));
      expect(store.get('documents', bytes('a'))?.toString()).toBe('1');
      expect(store.has('documents', bytes('a'))).toBe(true);
      expect(store.has('entries', bytes('a'))).toBe(false);
    });

    it('[STORE-3] gives values of any size back as copies that later reads and writes leave alone', () => {
      const sizes = [0, 1, 445, 4_096, 70_000, 1_000_000, 16_777_216];
      const valueOf = (size: number): Buffer => Buffer.alloc(size, `value of ${size} `);
      const readAll = (): (Buffer | undefined)[] => sizes.map((size) => store.get('documents', bytes(String(size))));
      const areWhole = (read: (Buffer | undefined)[]): boolean[] =>
        read.map((value, i) => value?.equals(valueOf(sizes[i] as number)) === true);
      const whole = sizes.map(() => true);
      store.write(() => {
        for (const size of sizes) store.put('documents', bytes(String(size)), valueOf(size));
        expect(areWhole(readAll())).toEqual(whole);
      });
      const before = readAll();
      store.write(() => {
        for (const size of sizes) store.put('documents', bytes(String(size)), Buffer.alloc(size, 'other'));
      });
      readAll();
      expect(areWhole(before)).toEqual(whole);
    });

    it('[STORE-11] leaves nothing of a transaction that threw', () => {
      store.write(() => store.put('documents', bytes('kept'), bytes('1')));
      const body = (): void => {
        store.put('documents', bytes('new'), bytes('2'));
        store.remove('documents', bytes('kept'));
        throw new Error('no');
      };
      expect(() => store.write(body)).toThrow('no');
      expect(keysIn('a', 'z')).toEqual(['kept']);
    });

    it('sees its own changes inside a transaction', () => {
      const seen = store.write(() => {
        store.put('documents', bytes('a'), bytes('1'));
        const before = store.has('documents', bytes('a'));
        store.remove('documents', bytes('a'));
        return [before, store.has('documents', bytes('a'))];
      });
      expect(seen).toEqual([true, false]);
    });

    it('scans a half-open range both ways and stops when told to', () => {
      store.write(() => ['a', 'b', 'c', 'd'].forEach((key) => store.put('documents', bytes(key), bytes(key))));
      expect(keysIn('b', 'd')).toEqual(['b', 'c']);
      expect(keysIn('b', 'd', true)).toEqual(['c', 'b']);
      const first: string[] = [];
      store.scan('documents', { from: bytes('a'), to: bytes('z') }, (_key, value) => {
        first.push(value.toString());
        return false;
      });
      expect(first).toEqual(['a']);
    });

    it('scans any set of keys in byte order', () => {
      const keys = fc.uniqueArray(
        fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b', '\u0001', 'ÿ') }),
        { maxLength: 600 },
      );
      fc.assert(
        fc.property(keys, fc.boolean(), (given, reverse) => {
          store.write(() => given.forEach((key) => store.put('documents', bytes(key), bytes('v'))));
          const sorted = [...given].sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
          expect(keysIn('\u0001', 'ÿÿÿÿÿ', reverse)).toEqual(reverse ? sorted.toReversed() : sorted);
          store.write(() => given.forEach((key) => store.remove('documents', bytes(key))));
        }),
        { numRuns: 30 },
      );
    });
  });
}
