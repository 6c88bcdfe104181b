import type { LinesDialect } from './dialect.ts';
import { readFields, toCell } from './json-fields.ts';
import { readDecoded, type Splitter } from './read-decoded.ts';
import { type Fault, MAX_RECORD_LENGTH, type Reading, type Row } from './row.ts';
import type { StoredFile } from './stored-file.ts';

/** Rows of a file of one JSON object per line, one chunk of it in memory at a time. */
export async function* readJsonLines(
  file: StoredFile,
  dialect: LinesDialect,
  { onBytes = () => {}, skip = 0 }: Reading = {},
): AsyncGenerator<Row[]> {
  const indexOf = new Map(dialect.columns.map((name, index) => [name, index]));
  let number = 0;
  const toRows = (lines: readonly Line[]): Row[] =>
    lines.map(({ line, text, isTooLong }) => {
      number += 1;
      if (number <= skip) return { line, number, cells: [], raw: text };
      const cells = isTooLong ? { ...TOO_LONG } : cellsOf(text, indexOf);
      return Array.isArray(cells)
        ? { line, number, cells, raw: text }
        : { line, number, cells: [], raw: text, fault: cells };
    });
  yield* readDecoded(file, dialect.encoding, { splitter: createLineSplitter(), toRows, onBytes });
}

interface Line {
  line: number;
  text: string;
  isTooLong?: true;
}

const TOO_LONG: Fault = { code: 'line-too-long', column: null, value: '' };

/** Whole lines that are not blank, counted from 1. */
export function createLineSplitter(): Splitter<Line> {
  let rest = '';
  let line = 0;
  let isSkipping = false;

  function take(text: string, lines: Line[]): void {
    line += 1;
    if (isSkipping) isSkipping = false;
    else if (text.length > MAX_RECORD_LENGTH) lines.push({ line, text: text.slice(0, 1000), isTooLong: true });
    else if (text.trim() !== '') lines.push({ line, text });
  }

  return {
    push(text) {
      const lines: Line[] = [];
      rest += text;
      let start = 0;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
        take(rest.slice(start, rest[end - 1] === '\r' ? end - 1 : end), lines);
        start = end + 1;
      }
      rest = rest.slice(start);
      if (rest.length > MAX_RECORD_LENGTH) {
        // Its number is counted when it ends.
        if (!isSkipping) lines.push({ line: line + 1, text: rest.slice(0, 1000), isTooLong: true });
        isSkipping = true;
        rest = '';
      }
      return lines;
    },
    end() {
      const lines: Line[] = [];
      if (rest !== '') take(rest, lines);
      rest = '';
      return lines;
    },
  };
}

function cellsOf(text: string, indexOf: ReadonlyMap<string, number>): string[] | Fault {
  const fields = readFields(text);
  if (!(fields instanceof Map)) return fields;
  const cells = Array.from<string>({ length: indexOf.size }).fill('');
  for (const [name, value] of fields) {
    const index = indexOf.get(name);
    if (index !== undefined) cells[index] = toCell(value);
    else if (value !== null) return { code: 'field-unknown', column: name.slice(0, 200), value: toCell(value) };
  }
  return cells;
}
