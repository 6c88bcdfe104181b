import { parse } from 'csv-parse/sync';
import { createRecordSplitter } from './split-records.ts';

interface Columns {
  /** One name per column, unique and not empty. */
  columns: string[];
}

interface Encoded {
  encoding: string;
  /** The file was not found to be of this encoding from its first byte to its last: some may not exist in it. */
  isDoubtful: boolean;
}

/** Cells between delimiters: CSV, TSV and their kin. */
export interface TextDialect extends Columns, Encoded {
  format: 'text';
  delimiter: string;
  newline: '\n' | '\r';
  hasHeader: boolean;
}

/** One sheet of a workbook. */
export interface SheetDialect extends Columns {
  format: 'xlsx';
  sheet: string;
  hasHeader: boolean;
}

/** One JSON object per line. */
export interface LinesDialect extends Columns, Encoded {
  format: 'ndjson';
}

/** How a file's bytes become rows of cells. */
export type Dialect = TextDialect | SheetDialect | LinesDialect;

const DELIMITERS = [',', '\t', ';', '|'] as const;
const ROWS_JUDGED = 100;

/** Cells of whole records, one row each; quotation marks within a cell are text. The number of cells is not checked here. */
export function parseCells(records: readonly string[], delimiter: string): string[][] {
  return parse(records.join('\n'), {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: '\n',
    skip_empty_lines: false,
  });
}

/**
 * The delimiter under which the first rows fall into the same number of cells most often, and into more than one. Ties go
 * to the earlier candidate, so a single column is read with commas.
 */
export function detectDelimiter(sample: string, newline: TextDialect['newline']): string {
  let best = { delimiter: ',' as string, score: 0 };
  for (const delimiter of DELIMITERS) {
    const rows = sampleRows(sample, { delimiter, newline }, ROWS_JUDGED);
    const width = rows[0]?.length ?? 0;
    if (width < 2) continue;
    const steadiness = rows.filter((row) => row.length === width).length / rows.length;
    const score = steadiness * Math.log2(width + 1);
    if (score > best.score + 1e-9) best = { delimiter, score };
  }
  return best.delimiter;
}

/**
 * Whether the first row names the columns: names are not empty, not numbers, not dates and not repeated. A file of texts
 * alone is taken to have a header, as nearly every export does.
 */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first] = rows;
  if (!first) return false;
  const cells = first.map((cell) => cell.trim());
  const named = cells.filter((cell) => cell !== '');
  if (named.length === 0 || new Set(named).size < named.length) return false;
  return !named.some(
    (cell) => /^[-+]?[\d.,]+%?$/.test(cell) || /^\d{4}[-/]\d{1,2}[-/]\d{1,2}/.test(cell) || cell.includes('@'),
  );
}

/** Names for columns: those of the header, made unique; `column 3` where there is none. */
export function nameColumns(header: readonly string[] | undefined, width: number): string[] {
  const names: string[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < width; index += 1) {
    const wanted = header?.[index]?.trim() || `column ${index + 1}`;
    let name = wanted;
    for (let copy = 2; taken.has(name); copy += 1) name = `${wanted} ${copy}`;
    taken.add(name);
    names.push(name);
  }
  return names;
}

/** The first whole rows of a sample that may end in the middle of one. */
export function sampleRows(
  sample: string,
  dialect: Pick<TextDialect, 'delimiter' | 'newline'>,
  most: number,
  isWhole = false,
): string[][] {
  const splitter = createRecordSplitter(dialect);
  const records = [...splitter.push(sample), ...(isWhole || !sample.includes(dialect.newline) ? splitter.end() : [])];
  const texts = records.filter(({ problem }) => !problem).map(({ text }) => text);
  return texts.length === 0 ? [] : parseCells(texts.slice(0, most), dialect.delimiter);
}
