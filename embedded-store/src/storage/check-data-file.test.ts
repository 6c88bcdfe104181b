import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkDataFile } from './check-data-file.ts';
import { compactStore } from './compact-store.ts';
import { type CommitRecord, openDataFile, pagesOf } from './data-file.ts';
import { fileName, openLmdbStore } from './lmdb-store.ts';
import { openStoreFolder } from './store-folder.ts';
import { formatFile, formatLine } from './store-format.ts';

/** What a disk writes whole or not at all. */
const sectorBytes = 512;
const pageBytes = 4096;

/** The data file after a commit, and what was stored then. */
interface Moment {
  bytes: Buffer;
  content: Map<string, string>;
}

const keyOf = (i: number): Buffer => Buffer.from(`key-${String(i).padStart(4, '0')}`);
const all = { from: Buffer.from('a'), to: Buffer.from('z') };

let root: string;
let moments: Moment[];

/** Commits that grow, shrink and change the store, with values on pages of their own among them. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'store-torn-'));
  const folder = join(root, 'written');
  const store = openLmdbStore(folder);
  const content = new Map<string, string>();
  moments = [];
  for (let commit = 0; commit < 12; commit++) {
    store.write(() => {
      for (let step = 0; step < 60; step++) {
        const i = (commit * 37 + step * 13) % 300;
        const key = keyOf(i);
        if ((commit + step) % 5 === 0) {
          store.remove('documents', key);
          content.delete(key.toString());
        } else {
          const value = `value ${commit} ${step} `.repeat(step % 20 === 0 ? 900 : 12);
          store.put('documents', key, Buffer.from(value));
          content.set(key.toString(), value);
        }
      }
    });
    moments.push({ bytes: readFileSync(join(folder, fileName)), content: new Map(content) });
  }
  await store.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function folderWith(bytes: Buffer): string {
  const folder = mkdtempSync(join(root, 'torn-'));
  writeFileSync(join(folder, formatFile), `${formatLine}\n`);
  writeFileSync(join(folder, fileName), bytes);
  return folder;
}

/** Opens a store on these bytes and reads all of it; then proves that it takes and keeps another write. */
async function reopen(bytes: Buffer): Promise<Map<string, string>> {
  const folder = folderWith(bytes);
  const read = async (next?: string): Promise<Map<string, string>> => {
    const { store, release } = await openStoreFolder(folder);
    const found = new Map<string, string>();
    store.scan('documents', all, (key, value) => found.set(key.toString(), value.toString()).size > 0);
    if (next) store.write(() => store.put('entries', keyOf(0), Buffer.from(next)));
    await store.close();
    release();
    return found;
  };
  const found = await read('another');
  expect(await read()).toEqual(found);
  rmSync(folder, { recursive: true, force: true });
  return found;
}

/** `before` with some sectors as `after` has them and some as neither: what a commit may leave when it is cut off. */
function tear(
  before: Buffer,
  after: Buffer,
  choose: (sector: number) => 'old' | 'new' | 'garbage',
  end: number,
): Buffer {
  const torn = Buffer.alloc(Math.max(before.length, end));
  before.copy(torn);
  for (let at = 2 * pageBytes; at < end; at += sectorBytes) {
    const written = after.subarray(at, at + sectorBytes);
    if (before.subarray(at, at + sectorBytes).equals(written)) continue;
    const choice = choose(at / sectorBytes);
    if (choice === 'new') written.copy(torn, at);
    if (choice === 'garbage') torn.fill(0xa5, at, Math.min(at + sectorBytes, end));
  }
  return torn;
}

const slotOf = (bytes: Buffer): 0 | 1 => {
  const [first, second] = [0, 1].map((slot) => bytes.readBigUInt64LE(slot * pageBytes + 152));
  return (first as bigint) > (second as bigint) ? 0 : 1;
};

function withRecord(bytes: Buffer, record: Buffer | number): Buffer {
  const changed = Buffer.from(bytes);
  const at = slotOf(bytes) * pageBytes;
  if (typeof record === 'number') changed.fill(record, at, at + sectorBytes);
  else record.copy(changed, at, at, at + sectorBytes);
  return changed;
}

describe('a data file after the machine went down', () => {
  it('[STORE-22] has every earlier commit whole, however the pages of the last one were cut off', async () => {
    const choice = fc.constantFrom('old' as const, 'new' as const, 'garbage' as const);
    const cut = fc.record({
      commit: fc.integer({ min: 1, max: 11 }),
      choices: fc.array(choice, { minLength: 64, maxLength: 64 }),
      end: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(cut, async ({ commit, choices, end }) => {
        const [before, after] = [moments[commit - 1], moments[commit]] as [Moment, Moment];
        const grown = Math.round(before.bytes.length + end * (after.bytes.length - before.bytes.length));
        const torn = tear(before.bytes, after.bytes, (sector) => choices[sector % 64] ?? 'old', grown);
        expect(await reopen(torn)).toEqual(before.content);
      }),
      { numRuns: 40 },
    );
  });

  it.each([10, 11])(
    '[STORE-22] is as before commit %i or as after it, depending on its record alone',
    async (commit) => {
      const warn = vi.spyOn(console, 'error').mockImplementation(() => {});
      const [before, after] = [moments[commit - 1], moments[commit]] as [Moment, Moment];
      expect(await reopen(after.bytes)).toEqual(after.content);
      expect(await reopen(withRecord(after.bytes, before.bytes))).toEqual(before.content);
      expect(warn).not.toHaveBeenCalled();
      for (const garbage of [0, 0xff, 0xa5]) {
        expect(await reopen(withRecord(after.bytes, garbage))).toEqual(before.content);
        expect(warn).toHaveBeenLastCalledWith(
          expect.stringContaining('was cut off while it was written and is undone'),
        );
      }
      warn.mockRestore();
    },
  );

  it('[STORE-22] is refused and left as it is when it was cut off, unless nothing of it is missing', async () => {
    const { bytes, content } = moments[11] as Moment;
    /** How a store takes the first `length` bytes; undefined when it answers wrongly or changes what it refuses. */
    const takes = async (length: number): Promise<'whole' | 'refused' | undefined> => {
      const cut = bytes.subarray(0, length);
      const folder = folderWith(cut);
      try {
        checkDataFile(folder);
      } catch (error) {
        const isSaid = /is damaged: .*Restore the folder from a backup/.test((error as Error).message);
        return isSaid && readFileSync(join(folder, fileName)).equals(cut) ? 'refused' : undefined;
      }
      return isDeepStrictEqual(await reopen(cut), content) ? 'whole' : undefined;
    };
    const outcomes = new Set<unknown>([await takes(bytes.length)]);
    for (let length = pageBytes; length < bytes.length; length += 2 * pageBytes + 100)
      outcomes.add(await takes(length));
    expect(outcomes).toEqual(new Set(['whole', 'refused']));
  });

  it('[STORE-22] is refused when any page of the acknowledged last commit is not there', () => {
    const { bytes } = moments[11] as Moment;
    const folder = folderWith(bytes);
    const file = openDataFile(join(folder, fileName));
    const last = file.records[slotOf(bytes)] as CommitRecord;
    const pages = [...pagesOf(file, last, last.commit)];
    file.close();
    expect(pages.length).toBeGreaterThan(10);
    const headed = pages.filter((page) => bytes.readBigUInt64LE(page * pageBytes) === BigInt(page));
    for (const page of headed) {
      for (const garbage of [0, 0xa5]) {
        const damaged = Buffer.from(bytes).fill(garbage, page * pageBytes, (page + 1) * pageBytes);
        expect(() => checkDataFile(folderWith(damaged))).toThrow(`page ${page} is not what was written there`);
      }
    }
  });

  it('[STORE-22] is never taken for an empty one when no record of a commit can be read', async () => {
    const { bytes } = moments[11] as Moment;
    const records = Buffer.from(bytes)
      .fill(0xa5, 0, sectorBytes)
      .fill(0xa5, pageBytes, pageBytes + sectorBytes);
    expect(() => checkDataFile(folderWith(records))).toThrow('neither of its two records');
    const folder = folderWith(bytes);
    const store = openLmdbStore(folder);
    store.write(() => {
      for (let i = 10; i < 300; i++) store.remove('documents', keyOf(i));
    });
    await store.close();
    expect(await compactStore(folder, 0)).toBe(true);
    const compacted = readFileSync(join(folder, fileName));
    expect((await reopen(compacted)).size).toBeGreaterThan(0);
    expect(() => checkDataFile(folderWith(withRecord(compacted, 0xa5)))).toThrow('its record of the last commit');
  });
});
