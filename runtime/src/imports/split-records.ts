import { MAX_RECORD_LENGTH } from './row.ts';

/** Lines that one quoted cell may span. Beyond, the quotation mark that opened it is taken for a mistake. */
const MAX_RECORD_LINES = 500;

/** The text of one row, or why its line is none. Lines count from 1. */
export interface SourceRecord {
  line: number;
  text: string;
  problem?: 'unclosed-quote' | 'line-too-long';
}

/**
 * Cuts decoded text into rows before the parser sees them. A quotation mark that is never closed would make the parser
 * swallow the rest of the file as one cell; here its line is set aside and reading goes on with the next one, so that a
 * bad row never stops the good ones. Blank lines, and lines of nothing but delimiters, are left out.
 */
export interface RecordSplitter {
  push(text: string): SourceRecord[];
  end(): SourceRecord[];
}

export function createRecordSplitter(dialect: { delimiter: string; newline: '\n' | '\r' }): RecordSplitter {
  const { delimiter, newline } = dialect;
  let rest = '';
  let line = 1;
  let isSkipping = false;
  // Where the next quotation mark stands; looked up once, not once per line of a file that has none.
  let nextQuote = -1;

  function cut(isEnd: boolean): SourceRecord[] {
    const records: SourceRecord[] = [];
    let start = 0;
    nextQuote = -1;
    for (;;) {
      const found = endOfRecord(rest, start, isEnd);
      if (found === 'more') break;
      if (found === 'done') {
        start = rest.length;
        break;
      }
      const text = trimReturn(rest.slice(start, found.end));
      if (isSkipping) isSkipping = false;
      else if (found.problem) records.push({ line, text, problem: found.problem });
      else if (!isBlank(text, delimiter)) records.push({ line, text });
      line += found.lines;
      start = found.end + 1;
    }
    rest = rest.slice(start);
    if (rest.length > MAX_RECORD_LENGTH && !rest.includes(newline)) {
      if (!isSkipping) records.push({ line, text: rest.slice(0, 1000), problem: 'line-too-long' });
      isSkipping = true;
      rest = '';
    }
    return records;
  }

  type Cut = { end: number; lines: number; problem?: SourceRecord['problem'] };

  function endOfRecord(text: string, start: number, isEnd: boolean): Cut | 'more' | 'done' {
    if (start >= text.length) return 'done';
    const firstEnd = text.indexOf(newline, start);
    const lineEnd = firstEnd < 0 ? text.length : firstEnd;
    if (firstEnd < 0 && !isEnd) return 'more';
    if (nextQuote < start) nextQuote = indexOrEnd(text, start);
    if (isSkipping || nextQuote >= lineEnd) return { end: lineEnd, lines: 1 };

    let lines = 1;
    let isQuoted = false;
    let isCellStart = true;
    for (let at = start; at < text.length; at += 1) {
      const char = text[at];
      if (isQuoted) {
        if (char === '"') {
          // The last character so far: whether it closes the cell or is doubled stands in the next chunk.
          if (at + 1 >= text.length && !isEnd) return 'more';
          const next = text[at + 1];
          if (next === '"') at += 1;
          else if (lines > 1 && next !== undefined && next !== delimiter && next !== newline && next !== '\r')
            // Lines further down a cell begins where this one ends: that mark opens, so the first one never closed.
            return { end: lineEnd, lines: 1, problem: 'unclosed-quote' };
          else isQuoted = false;
        } else if (char === newline) {
          lines += 1;
          if (lines > MAX_RECORD_LINES) return { end: lineEnd, lines: 1, problem: 'unclosed-quote' };
        }
        if (at - start > MAX_RECORD_LENGTH) return { end: lineEnd, lines: 1, problem: 'unclosed-quote' };
      } else if (char === newline) return { end: at, lines };
      else if (char === '"' && isCellStart) {
        isQuoted = true;
        isCellStart = false;
      } else isCellStart = char === delimiter;
    }
    if (!isEnd) return 'more';
    return isQuoted ? { end: lineEnd, lines: 1, problem: 'unclosed-quote' } : { end: text.length, lines };
  }

  return {
    push(text) {
      rest += text;
      return cut(false);
    },
    end: () => cut(true),
  };
}

function indexOrEnd(text: string, from: number): number {
  const found = text.indexOf('"', from);
  return found < 0 ? text.length : found;
}

function trimReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function isBlank(text: string, delimiter: string): boolean {
  for (const char of text) if (char !== delimiter && char.trim() !== '') return false;
  return true;
}
