import { parseCells, type TextDialect } from './dialect.ts';
import { readDecoded } from './read-decoded.ts';
import type { Reading, Row } from './row.ts';
import { createRecordSplitter, type SourceRecord } from './split-records.ts';
import type { StoredFile } from './stored-file.ts';

/** Rows of cells between delimiters, one chunk of the file in memory at a time. */
export async function* readText(
  file: StoredFile,
  dialect: TextDialect,
  { onBytes = () => {}, skip = 0 }: Reading = {},
): AsyncGenerator<Row[]> {
  let number = dialect.hasHeader ? -1 : 0;
  const toRows = (records: readonly SourceRecord[]): Row[] => {
    // Whoever comes back to where they were has seen the rows before: to cut them into cells is most of the work.
    const unread = Math.min(records.length, Math.max(0, skip - number));
    const skipped = records.slice(0, unread).map((record): ReadRecord => ({ ...record, cells: [] }));
    return [...skipped, ...cellsOf(records.slice(unread), dialect.delimiter)].flatMap(
      ({ line, text, cells, problem }) => {
        number += 1;
        const row = { line, number, cells, raw: text };
        if (number === 0) return [];
        return problem ? { ...row, fault: { code: problem, column: null, value: '' } } : row;
      },
    );
  };
  yield* readDecoded(file, dialect.encoding, { splitter: createRecordSplitter(dialect), toRows, onBytes });
}

type ReadRecord = Omit<SourceRecord, 'problem'> & { cells: string[]; problem?: SourceRecord['problem'] | 'malformed' };

function cellsOf(records: readonly SourceRecord[], delimiter: string): ReadRecord[] {
  const sound = records.filter(({ problem }) => !problem);
  const parsed = parseAll(
    sound.map(({ text }) => text),
    delimiter,
  );
  let next = 0;
  return records.map((record): ReadRecord => {
    if (record.problem) return { ...record, cells: [] };
    const cells = parsed[next];
    next += 1;
    return cells ? { ...record, cells } : { ...record, cells: [], problem: 'malformed' };
  });
}

/** Cells per record; undefined for one that the parser refuses. All at once, because one call per row is ten times slower. */
function parseAll(texts: readonly string[], delimiter: string): (string[] | undefined)[] {
  if (texts.length === 0) return [];
  const together = tryParse(texts, delimiter);
  if (together?.length === texts.length) return together;
  return texts.map((text) => {
    const rows = tryParse([text], delimiter);
    return rows?.length === 1 ? rows[0] : undefined;
  });
}

function tryParse(texts: readonly string[], delimiter: string): string[][] | undefined {
  try {
    return parseCells(texts, delimiter);
  } catch {
    // Which of the rows it was is found by parsing them one by one.
    return undefined;
  }
}
