import { Transform, type Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { AppError } from '@sluice/shared/errors';
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl';
import type { StoredFile } from './stored-file.ts';
import { unreadable } from './unreadable.ts';

/** The files within a workbook, which is a zip archive, read from where they lie. */
export interface WorkbookParts {
  has(name: string): boolean;
  /** Bytes it takes in the file, and unpacked. */
  sizeOf(name: string): { packed: number; unpacked: number };
  /**
   * Its bytes, unpacked and checked; fails with `import-file-unreadable` where they are damaged. `onPacked` hears of the
   * bytes of the file that were read for it.
   */
  stream(name: string, onPacked?: (bytes: number) => void): Promise<Readable>;
}

/** A workbook has dozens; an archive of more is something else. */
const MOST_PARTS = 10_000;
/** An archive may say that it unpacks to anything; this is more than any sheet has. */
const MOST_UNPACKED = 8 * 1024 ** 3;

/** Reads the archive's directory, which stands at its end. Throws `import-file-unreadable` where there is none. */
export async function openWorkbookParts(file: StoredFile): Promise<WorkbookParts> {
  const reader = new StoredFileReader(file);
  const zip = await open(reader, file.bytes).catch(refuseDamaged);
  const entries = await readDirectory(zip).catch(refuseDamaged);
  const find = (name: string): Entry => {
    const entry = entries.get(name);
    if (!entry) throw damaged();
    if (entry.uncompressedSize > MOST_UNPACKED)
      throw unreadable('It unpacks to more than 8 GB.', '它解压后超过 8 GB。');
    return entry;
  };
  return {
    has: (name) => entries.has(name),
    sizeOf(name) {
      const { compressedSize: packed, uncompressedSize: unpacked } = find(name);
      return { packed, unpacked };
    },
    async stream(name, onPacked) {
      const entry = find(name);
      reader.onBytes = onPacked;
      const unpacked = await new Promise<Readable>((resolve, reject) => {
        zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
      }).catch(refuseDamaged);
      const checked = checkSum(entry.crc32);
      // An error of either ends both; the reader hears of it at the end of the chain.
      unpacked.on('error', (error) => checked.destroy(asUnreadable(error)));
      checked.on('close', () => unpacked.destroy());
      return unpacked.pipe(checked);
    },
  };
}

class StoredFileReader extends RandomAccessReader {
  onBytes: ((bytes: number) => void) | undefined;
  readonly #file: StoredFile;

  constructor(file: StoredFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(from: number, to: number): Readable {
    const { onBytes } = this;
    const source = this.#file.stream({ from, to });
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        onBytes?.(chunk.length);
        done(null, chunk);
      },
    });
    source.on('error', (error) => counted.destroy(error));
    counted.on('close', () => source.destroy());
    return source.pipe(counted);
  }
}

function open(reader: RandomAccessReader, bytes: number): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(reader, bytes, options, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    if (zip.entryCount > MOST_PARTS) reject(damaged());
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** The archive keeps a check sum of each part; the unpacker does not look at it. */
function checkSum(wanted: number): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      done(sum === wanted ? null : damaged());
    },
  });
}

function refuseDamaged(error: unknown): never {
  throw asUnreadable(error);
}

function asUnreadable(error: unknown): Error {
  // What the store itself could not read is tried again; everything else is in the file.
  const isOfStore = error instanceof Error && error.name.startsWith('Mongo');
  return error instanceof AppError || isOfStore ? error : damaged(error);
}

export function damaged(cause?: unknown): AppError {
  return unreadable(
    'The workbook is cut off or damaged. Save it once more and upload that file.',
    '工作簿不完整或已损坏。请重新保存后再上传。',
    cause,
  );
}
