import type { AppError } from '@sluice/shared/errors';
import type { FileReading, ImportPreview } from '@sluice/shared/http-api';
import iconv from 'iconv-lite';
import {
  type Dialect,
  detectDelimiter,
  type LinesDialect,
  looksLikeHeader,
  nameColumns,
  sampleRows,
  type SheetDialect,
  type TextDialect,
} from './dialect.ts';
import { inferColumnType, inferFieldType } from './infer-column-type.ts';
import { type FieldValue, readFields, toCell } from './json-fields.ts';
import { createLineSplitter } from './read-json-lines.ts';
import { readSheetCells } from './read-sheet.ts';
import { readStart, type StoredFile } from './stored-file.ts';
import { unreadable } from './unreadable.ts';
import { openWorkbook } from './workbook.ts';

/** How much of a file's beginning is looked at for its shape. */
const SAMPLE_BYTES = 2 * 1024 * 1024;
const ROWS_TYPED = 5000;
const ROWS_SHOWN = 20;
/** Of a file that begins with a brace: the first line may be broken. */
const LINES_TRIED = 20;
const SAMPLES = 5;
const MAX_COLUMNS = 500;

const WORKBOOK_MARK = 'PK\u0003\u0004';
// Files that people take for tables: old spreadsheets, archives, PDF, databases, images.
const BINARY_MARKS = [
  '\u00d0\u00cf\u0011\u00e0',
  '\u001f\u008b',
  '7z\u00bc\u00af',
  'Rar!',
  '%PDF',
  'SQLite format 3',
  'PAR1',
  '\u0089PNG',
  '\u00ff\u00d8\u00ff',
  'GIF8',
  'RIFF',
];

export interface Inspection {
  dialect: Dialect;
  preview: ImportPreview;
}

/**
 * The shape of a file from its beginning: format, delimiter, header, column names and types, and the first rows. What
 * `reading` says is taken as said. Throws `import-file-unreadable`.
 */
export async function inspectFile(
  file: StoredFile,
  foundEncoding: string,
  reading: FileReading = {},
): Promise<Inspection> {
  const start = await readStart(file, SAMPLE_BYTES);
  const mark = start.subarray(0, 16).toString('latin1');
  if (mark.startsWith(WORKBOOK_MARK)) return inspectWorkbook(file, reading);
  if (BINARY_MARKS.some((binary) => mark.startsWith(binary)))
    throw unreadable(
      'It is an old spreadsheet, an archive, a database file or an image.',
      '它是旧版电子表格、压缩包、数据库文件或图片。',
    );
  const encoding = reading.encoding ?? foundEncoding;
  if (!iconv.encodingExists(encoding))
    throw unreadable(`There is no encoding ${encoding}.`, `没有名为 ${encoding} 的编码。`);
  const sample: Sample = {
    text: iconv.decode(start, encoding),
    isWhole: start.length === file.bytes,
    encoded: { encoding, isDoubtful: encoding !== 'utf-8' || foundEncoding !== 'utf-8' },
  };
  const format = reading.format ?? detectFormat(sample);
  return format === 'ndjson' ? inspectLines(sample) : inspectText(sample, reading);
}

interface Sample {
  text: string;
  isWhole: boolean;
  encoded: Pick<TextDialect, 'encoding' | 'isDoubtful'>;
}

function detectFormat({ text, isWhole }: Sample): 'text' | 'ndjson' {
  const begin = text.trimStart();
  if (begin.startsWith('[') && /^\[\s*\{\s*"/.test(begin))
    throw unreadable(
      'It is one JSON list. Write one JSON object per line (NDJSON).',
      '它是一个 JSON 数组。请改为每行一个 JSON 对象（NDJSON）。',
    );
  if (!begin.startsWith('{')) return 'text';
  return linesOf(text, isWhole).slice(0, LINES_TRIED).some(isJsonObject) ? 'ndjson' : 'text';
}

/** Also one whose fields cannot be read, such as for their depth: that is a fault of its line. */
function isJsonObject(line: string): boolean {
  const fields = readFields(line);
  return fields instanceof Map || fields.code !== 'line-not-json';
}

function inspectText({ text, isWhole, encoded }: Sample, reading: FileReading): Inspection {
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const delimiter = reading.delimiter ?? detectDelimiter(text, newline);
  const rows = sampleRows(text, { delimiter, newline }, ROWS_TYPED, isWhole);
  const [first] = rows;
  if (!first) throw unreadable('It has no rows.', '文件中没有任何行。');
  checkWidth(first.length);
  const hasHeader = reading.hasHeader ?? looksLikeHeader(rows);
  const columns = nameColumns(hasHeader ? first : undefined, first.length);
  const body = (hasHeader ? rows.slice(1) : rows).filter((row) => row.length === first.length);
  const dialect: TextDialect = { format: 'text', ...encoded, delimiter, newline, hasHeader, columns };
  return {
    dialect,
    preview: {
      ...NOTHING_FOUND,
      format: 'text',
      encoding: encoded.encoding,
      delimiter,
      hasHeader,
      ...previewOf(columns, body),
    },
  };
}

async function inspectWorkbook(file: StoredFile, reading: FileReading): Promise<Inspection> {
  const workbook = await openWorkbook(file);
  const sheets = workbook.sheets.map(({ name }) => name);
  const sheet = reading.sheet ?? sheets[0] ?? '';
  const rows: string[][] = [];
  for await (const part of readSheetCells(workbook, sheet)) {
    rows.push(...part.filter(({ fault }) => !fault).map(({ cells }) => cells));
    if (rows.length >= ROWS_TYPED) break;
  }
  const [first] = rows;
  if (!first) throw unreadable(`The sheet ${sheet} has no rows.`, `工作表 ${sheet} 中没有任何行。`);
  const hasHeader = reading.hasHeader ?? looksLikeHeader(rows);
  // Blank cells at the end are not stored: without a header the longest row tells how many columns there are.
  const width = hasHeader ? first.length : Math.max(...rows.map(({ length }) => length));
  checkWidth(width);
  const columns = nameColumns(hasHeader ? first : undefined, width);
  const body = (hasHeader ? rows.slice(1) : rows).filter(({ length }) => length <= width);
  const dialect: SheetDialect = { format: 'xlsx', sheet, hasHeader, columns };
  const filled = body.map((row) => columns.map((_name, index) => row[index] ?? ''));
  return {
    dialect,
    preview: { ...NOTHING_FOUND, format: 'xlsx', hasHeader, sheet, sheets, ...previewOf(columns, filled) },
  };
}

/** The columns of a file of objects are the fields that occur in its beginning, in that order. */
function inspectLines({ text, isWhole, encoded }: Sample): Inspection {
  const lines = linesOf(text, isWhole).slice(0, ROWS_TYPED).map(readFields);
  const objects = lines.filter((fields) => fields instanceof Map);
  const values = new Map<string, FieldValue[]>();
  for (const fields of objects)
    for (const [name, value] of fields) {
      const known = values.get(name);
      if (known) known.push(value);
      else values.set(name, [value]);
    }
  const columns = [...values.keys()];
  if (columns.length === 0) throw noFields(lines);
  checkWidth(columns.length);
  const body = objects.map((fields) => columns.map((name) => toCell(fields.get(name))));
  const preview = previewOf(columns, body.slice(0, ROWS_SHOWN));
  const dialect: LinesDialect = { format: 'ndjson', ...encoded, columns };
  return {
    dialect,
    preview: {
      ...NOTHING_FOUND,
      format: 'ndjson',
      encoding: encoded.encoding,
      rows: preview.rows,
      columns: columns.map((name) => {
        const found = values.get(name) ?? [];
        return { name, type: inferFieldType(found), samples: samplesOf(found.map(toCell)) };
      }),
    },
  };
}

/** Why there is no column at all. */
function noFields(lines: readonly ReturnType<typeof readFields>[]): AppError {
  const fault = lines
    .flatMap((fields) => (fields instanceof Map ? [] : [fields]))
    .find(({ code }) => code === 'too-deep');
  if (!fault) return unreadable('No line of it is a JSON object with fields.', '其中没有一行是带有字段的 JSON 对象。');
  return unreadable(
    `No line of it can be read: “${fault.column}” is nested more than ${fault.value} levels deep.`,
    `其中没有一行可以读取：“${fault.column}”的嵌套超过 ${fault.value} 层。`,
  );
}

const NOTHING_FOUND = { encoding: null, delimiter: null, hasHeader: null, sheet: null, sheets: [] };

/** The last line of a sample may be cut off. */
function linesOf(text: string, isWhole: boolean): string[] {
  const splitter = createLineSplitter();
  const lines = [...splitter.push(text), ...(isWhole ? splitter.end() : [])];
  return lines.filter(({ isTooLong }) => !isTooLong).map((line) => line.text);
}

function checkWidth(width: number): void {
  if (width > MAX_COLUMNS)
    throw unreadable(
      `It has ${width} columns; at most ${MAX_COLUMNS} are read.`,
      `它有 ${width} 列，最多支持 ${MAX_COLUMNS} 列。`,
    );
}

function previewOf(columns: readonly string[], body: readonly string[][]): Pick<ImportPreview, 'columns' | 'rows'> {
  return {
    columns: columns.map((name, index) => {
      const cells = body.map((row) => row[index] ?? '');
      return { name, type: inferColumnType(cells), samples: samplesOf(cells) };
    }),
    rows: body.slice(0, ROWS_SHOWN),
  };
}

function samplesOf(cells: readonly string[]): string[] {
  return [...new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== ''))].slice(0, SAMPLES);
}
