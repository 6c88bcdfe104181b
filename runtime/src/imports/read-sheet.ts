import { toDateText } from './cell-format.ts';
import type { SheetDialect } from './dialect.ts';
import { readXml } from './read-xml.ts';
import { type Fault, MAX_RECORD_LENGTH, type Reading, type Row } from './row.ts';
import type { StoredFile } from './stored-file.ts';
import { unreadable } from './unreadable.ts';
import { openWorkbook, type Workbook } from './workbook.ts';
import { writeCsvRow } from '../profiles/write-csv.ts';

/** Columns a sheet can have: XFD is the last. */
const MOST_COLUMNS = 16_384;

/** Rows of one sheet, as they are unpacked; only the texts of the workbook are held whole. Blank rows are left out. */
export async function* readSheet(
  file: StoredFile,
  dialect: SheetDialect,
  { onBytes = () => {} }: Reading = {},
): AsyncGenerator<Row[]> {
  const width = dialect.columns.length;
  let number = dialect.hasHeader ? -1 : 0;
  for await (const rows of readSheetCells(await openWorkbook(file), dialect.sheet, scaled(onBytes, file))) {
    const numbered = rows.flatMap(({ line, cells, fault }) => {
      number += 1;
      if (number === 0) return [];
      // A sheet does not store blank cells at the end of a row.
      while (cells.length < width) cells.push('');
      return [{ line, number, cells, raw: writeCsvRow(cells), ...(fault && { fault }) }];
    });
    if (numbered.length > 0) yield numbered;
  }
}

/** The packed sheet is a part of the file; its progress counts as that of all bytes. */
function scaled(onBytes: (bytes: number) => void, file: StoredFile) {
  return (bytes: number, ofBytes: number) => onBytes((bytes / Math.max(1, ofBytes)) * file.bytes);
}

export interface SheetRow {
  /** Its number in the sheet. */
  line: number;
  /** Up to its last cell that is not blank. */
  cells: string[];
  fault?: Fault;
}

/** Cells as texts, dates as `2026-01-31` or `2026-01-31 08:30:00`; rows with nothing in them are left out. */
export async function* readSheetCells(
  workbook: Workbook,
  sheetName: string,
  onBytes: (bytes: number, ofBytes: number) => void = () => {},
): AsyncGenerator<SheetRow[]> {
  const sheet = workbook.sheets.find(({ name }) => name === sheetName);
  if (!sheet) throw unreadable(`It has no sheet ${sheetName}.`, `其中没有工作表 ${sheetName}。`);
  const [texts, formats] = [await workbook.readTexts(), await workbook.readFormats()];
  const { packed } = workbook.sizeOf(sheet.part);
  const source = await workbook.stream(sheet.part, (bytes) => onBytes(bytes, packed));

  let rows: SheetRow[] = [];
  let line = 0;
  let cells: string[] = [];
  let length = 0;
  let column = 0;
  let type = '';
  let style = 0;
  let value = '';
  let isValue = false;
  let isSpoken = false;

  const readValue = (): string => {
    if (type === 's') return texts.at(Number(value)) ?? '';
    if (type === 'b') return value === '1' ? 'true' : 'false';
    // An error such as #N/A is no value.
    if (type === 'e') return '';
    if (type !== '' && type !== 'n') return value;
    if (value === '') return '';
    const amount = Number(value);
    const format = formats[style];
    if (!Number.isFinite(amount)) return value;
    // Fifteen digits are what a spreadsheet shows and means; the rest is how its numbers are stored.
    return format ? toDateText(amount, format, workbook.is1904) : String(Number(amount.toPrecision(15)));
  };
  const endCell = () => {
    const text = readValue();
    if (text === '') return;
    length += text.length;
    if (length > MAX_RECORD_LENGTH) return;
    while (cells.length < column) cells.push('');
    cells[column] = text;
  };
  const endRow = () => {
    if (length > MAX_RECORD_LENGTH)
      rows.push({ line, cells: [], fault: { code: 'line-too-long', column: null, value: '' } });
    else if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
  };

  for await (const _chunk of readXml(source, {
    onOpen(name, attributes) {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1);
        cells = [];
        length = 0;
        column = -1;
      } else if (name === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
        type = attributes['t'] ?? '';
        style = Number(attributes['s'] ?? 0);
        value = '';
      } else if (name === 'rPh') isSpoken = true;
      else if (name === 'v' || name === 't') isValue = !isSpoken;
    },
    onText(text) {
      if (isValue && value.length <= MAX_RECORD_LENGTH) value += text;
    },
    onClose(name) {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'rPh') isSpoken = false;
      else if (name === 'c') endCell();
      else if (name === 'row') endRow();
    },
  })) {
    if (rows.length > 0) yield rows;
    rows = [];
  }
}

/** `B3` is in column 1. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const digit = letter.charCodeAt(0) - 64;
    if (digit < 1 || digit > 26) break;
    column = column * 26 + digit;
  }
  return Math.min(column, MOST_COLUMNS) - 1;
}
