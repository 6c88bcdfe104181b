import { describeRejection, type Rejection } from '@sluice/shared/http-api';
import type { Locale } from '@sluice/shared/model';

const HEADS: Readonly<Record<Locale, readonly string[]>> = {
  'en-US': ['line', 'reason', 'column', 'value', 'row'],
  'zh-CN': ['行号', '原因', '列', '值', '原始行'],
};

/** Rejected rows as CSV with the reason in words. Begins with a byte order mark, without which spreadsheets guess the encoding. */
export async function* writeRejectionCsv(rejections: AsyncIterable<Rejection>, locale: Locale): AsyncGenerator<string> {
  yield `\ufeff${HEADS[locale].join(',')}\r\n`;
  for await (const rejection of rejections) {
    const { line, column, value, raw } = rejection;
    const cells = [String(line), describeRejection(rejection, locale), column ?? '', value, raw];
    yield `${cells.map(quote).join(',')}\r\n`;
  }
}

/** Cells come from outside: one that a spreadsheet would run as a formula is made text by an apostrophe (CWE-1236). */
function quote(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
