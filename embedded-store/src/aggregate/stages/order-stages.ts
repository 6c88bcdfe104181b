import type { Raw } from '../../bson/element.ts';
import { isNumber, toSafeInteger } from '../../bson/number.ts';
import { renderValue } from '../../bson/render.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument } from '../../bson/value.ts';
import { compileSort } from '../../match/compile-sort.ts';
import { type Batches, inBatches, type Stage, type StageCompiler } from './stage.ts';

/** What a sort may hold in memory, as MongoDB's own limit. */
export const SORT_MEMORY_BYTES = 100 * 1024 * 1024;

interface Keyed {
  key: Buffer;
  raw: Raw;
}

/** Sorts in memory; with a limit it keeps no more than a few times that many documents. */
export function compileSortStage(argument: unknown, limit: number | undefined): Stage {
  if (!isDocument(argument)) throw new StoreError(15973, 'the $sort key specification must be an object');
  if ([...entriesOf(argument)].length === 0) throw new StoreError(15976, '$sort stage must have at least one sort key');
  const { key, fields } = compileSort(argument);
  return {
    reads: new Set(fields.map(([path]) => path.split('.')[0]!)),
    isPassing: true,
    async *run(input) {
      let held: Keyed[] = [];
      let bytes = 0;
      for await (const batch of input) {
        for (const raw of batch) {
          const entry = { key: key(raw), raw };
          bytes += raw.length + entry.key.length;
          held.push(entry);
        }
        if (limit !== undefined && held.length > limit * 2 + 1000) {
          held = sorted(held).slice(0, limit);
          bytes = held.reduce((sum, entry) => sum + entry.raw.length + entry.key.length, 0);
        }
        if (bytes > SORT_MEMORY_BYTES) throw sortTooLarge();
      }
      yield* inBatches(
        sorted(held)
          .slice(0, limit)
          .map(({ raw }) => raw),
      );
    },
  };
}

function sorted(entries: Keyed[]): Keyed[] {
  return entries.sort((a, b) => Buffer.compare(a.key, b.key));
}

export function sortTooLarge(): StoreError {
  return new StoreError(
    292,
    `Sort exceeded memory limit of ${SORT_MEMORY_BYTES} bytes. Add an index on the sort's fields, or a limit.`,
  );
}

function readCount(argument: unknown, name: string, least: number, code: number): number {
  const count = toSafeInteger(argument);
  if (count === undefined) {
    const problem = isNumber(argument) ? 'Cannot represent as a 64-bit integer' : 'Expected a number in';
    throw new StoreError(code, `invalid argument to ${name} stage: ${problem}: ${name}: ${renderValue(argument)}`);
  }
  if (count < 0) {
    throw new StoreError(
      code,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${count}`,
    );
  }
  if (count < least) throw new StoreError(15958, 'the limit must be positive');
  return count;
}

export function readLimit(argument: unknown): number {
  return readCount(argument, '$limit', 1, 5107201);
}

export function readSkip(argument: unknown): number {
  return readCount(argument, '$skip', 0, 5107200);
}

export const limit: StageCompiler = (argument) => {
  const count = readLimit(argument);
  return {
    reads: new Set(),
    isPassing: true,
    async *run(input) {
      let left = count;
      for await (const batch of input) {
        yield batch.slice(0, left);
        left -= batch.length;
        // Returning closes the input, so nothing is read in vain.
        if (left <= 0) return;
      }
    },
  };
};

export const skip: StageCompiler = (argument) => {
  const count = readSkip(argument);
  return {
    reads: new Set(),
    isPassing: true,
    async *run(input) {
      let left = count;
      for await (const batch of input) {
        yield batch.slice(left);
        left = Math.max(0, left - batch.length);
      }
    },
  };
};

export const sample: StageCompiler = (argument) => {
  if (!isDocument(argument)) throw new StoreError(28745, 'the $sample stage specification must be an object');
  const given = new Map(entriesOf(argument));
  for (const key of given.keys())
    if (key !== 'size') throw new StoreError(28748, `unrecognized option to $sample: ${key}`);
  if (!given.has('size')) throw new StoreError(28749, '$sample stage must specify a size');
  const size = toSafeInteger(given.get('size'));
  if (size === undefined) throw new StoreError(28746, 'size argument to $sample must be a number');
  if (size < 1) throw new StoreError(28747, 'size argument to $sample must be a positive integer');
  return { reads: new Set(), isPassing: true, run: (input) => takeSample(input, size) };
};

/** Vitter's algorithm R: every document is chosen with the same probability, in one pass. */
async function* takeSample(input: Batches, size: number): Batches {
  const chosen: Raw[] = [];
  let seen = 0;
  for await (const batch of input) {
    for (const raw of batch) {
      seen++;
      if (chosen.length < size) {
        chosen.push(raw);
      } else {
        const place = Math.floor(Math.random() * seen);
        if (place < size) chosen[place] = raw;
      }
    }
  }
  for (let i = chosen.length - 1; i > 0; i--) {
    const other = Math.floor(Math.random() * (i + 1));
    [chosen[i], chosen[other]] = [chosen[other]!, chosen[i]!];
  }
  yield* inBatches(chosen);
}
