import type { Dialect } from './dialect.ts';
import { readJsonLines } from './read-json-lines.ts';
import { readSheet } from './read-sheet.ts';
import { readText } from './read-text.ts';
import type { Reading, Row } from './row.ts';
import type { StoredFile } from './stored-file.ts';

type Reader<D extends Dialect> = (file: StoredFile, dialect: D, reading: Reading) => AsyncGenerator<Row[]>;

const READERS: { [F in Dialect['format']]: Reader<Extract<Dialect, { format: F }>> } = {
  text: readText,
  xlsx: readSheet,
  ndjson: readJsonLines,
};

/**
 * Reads a file as batches of rows in order, holding a small part of it in memory (IMP-4). A row that cannot be read is a
 * row with a fault. Throws what the source throws, and `import-file-unreadable` where a workbook is damaged.
 */
export function readRows<D extends Dialect>(
  file: StoredFile,
  dialect: D,
  reading: Reading = {},
): AsyncGenerator<Row[]> {
  const read = READERS[dialect.format] as unknown as Reader<D>;
  return read(file, dialect, reading);
}

/** The first rows alone. */
export async function readFirstRows(file: StoredFile, dialect: Dialect, most: number): Promise<Row[]> {
  const first: Row[] = [];
  for await (const rows of readRows(file, dialect)) {
    first.push(...rows.slice(0, most - first.length));
    if (first.length >= most) break;
  }
  return first;
}
