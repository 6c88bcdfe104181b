import iconv from 'iconv-lite';
import { type Dialect, parseCells } from './dialect.ts';
import { createRecordSplitter, type SourceRecord } from './split-records.ts';

/** One row of the file as it stands there. */
export interface Row {
  /** Line it begins on, from 1, the header's included. */
  line: number;
  /** Number of the row behind the header, from 1; rows that cannot be read count too, so it is the same on every pass. */
  number: number;
  cells: string[];
  /** Its text in the file. */
  raw: string;
  problem?: 'unclosed-quote' | 'line-too-long' | 'malformed';
}

/**
 * Reads a file as batches of rows in order, holding one chunk of it in memory. Throws only what the source throws: a row
 * that cannot be read is a row with a problem.
 */
export async function* readRows(
  source: AsyncIterable<Buffer>,
  dialect: Dialect,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Row[]> {
  const decoder = iconv.getDecoder(dialect.encoding);
  const splitter = createRecordSplitter(dialect);
  let number = dialect.hasHeader ? -1 : 0;
  const toRows = (records: readonly SourceRecord[]): Row[] =>
    cellsOf(records, dialect.delimiter).flatMap(({ line, text, cells, problem }) => {
      number += 1;
      const row = { line, number, cells, raw: text };
      return number === 0 ? [] : problem ? { ...row, problem } : row;
    });
  for await (const chunk of source) {
    const rows = toRows(splitter.push(decoder.write(chunk)));
    onBytes(chunk.length);
    if (rows.length > 0) yield rows;
  }
  const rows = toRows([...splitter.push(decoder.end() ?? ''), ...splitter.end()]);
  if (rows.length > 0) yield rows;
}

type ReadRecord = Omit<SourceRecord, 'problem'> & { cells: string[]; problem?: Row['problem'] };

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
