import { AppError } from '@sluice/shared/errors';
import type { ImportPreview } from '@sluice/shared/http-api';
import iconv from 'iconv-lite';
import { type Dialect, detectDelimiter, looksLikeHeader, nameColumns, sampleRows } from './dialect.ts';
import { inferColumnType } from './infer-column-type.ts';

/** How much of a file's beginning is looked at for its shape. */
export const SAMPLE_BYTES = 2 * 1024 * 1024;
const ROWS_TYPED = 5000;
const ROWS_SHOWN = 20;
const SAMPLES = 5;
const MAX_COLUMNS = 500;

// Spreadsheets and archives, which people take for tables.
const BINARY_MARKS = ['PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0', '\u001f\u008b', '%PDF', 'SQLite format 3'];

/**
 * The shape of a file from its beginning: delimiter, header, column names and types, and the first rows. `isWhole` says
 * that the sample is the file. Throws `import-file-unreadable`.
 */
export function inspectFile(
  sample: Buffer,
  encoding: string,
  isWhole: boolean,
): { dialect: Dialect; preview: ImportPreview } {
  const mark = sample.subarray(0, 16).toString('latin1');
  if (BINARY_MARKS.some((binary) => mark.startsWith(binary)))
    throw unreadable(
      'It is a spreadsheet, archive or database file, not text.',
      '它是电子表格、压缩包或数据库文件，而不是文本。',
    );
  const text = iconv.decode(sample, encoding);
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const delimiter = detectDelimiter(text, newline);
  const rows = sampleRows(text, { delimiter, newline }, ROWS_TYPED, isWhole);
  const [first] = rows;
  if (!first) throw unreadable('It has no rows.', '文件中没有任何行。');
  const width = first.length;
  if (width > MAX_COLUMNS)
    throw unreadable(
      `It has ${width} columns; at most ${MAX_COLUMNS} are read.`,
      `它有 ${width} 列，最多支持 ${MAX_COLUMNS} 列。`,
    );
  const hasHeader = looksLikeHeader(rows);
  const columns = nameColumns(hasHeader ? first : undefined, width);
  const body = (hasHeader ? rows.slice(1) : rows).filter((row) => row.length === width);
  const dialect: Dialect = { encoding, delimiter, newline, hasHeader, columns };
  return { dialect, preview: previewOf(dialect, body) };
}

function previewOf({ encoding, delimiter, columns }: Dialect, body: readonly (readonly string[])[]): ImportPreview {
  return {
    encoding,
    delimiter,
    columns: columns.map((name, index) => {
      const cells = body.map((row) => row[index] ?? '');
      const samples = [...new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== ''))].slice(0, SAMPLES);
      return { name, type: inferColumnType(cells), samples };
    }),
    rows: body.slice(0, ROWS_SHOWN).map((row) => [...row]),
  };
}

function unreadable(english: string, chinese: string): AppError {
  return new AppError('import-file-unreadable', `The file cannot be read as a table. ${english}`, {
    details: { problem: { 'en-US': english, 'zh-CN': chinese } },
  });
}
