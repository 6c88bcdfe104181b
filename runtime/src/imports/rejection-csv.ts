import { describeRejection, type Rejection } from '@sluice/shared/http-api';
import type { Locale } from '@sluice/shared/model';
import { defuseFormula, writeCsvRow } from '../profiles/write-csv.ts';

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
    yield `${writeCsvRow(cells.map(defuseFormula))}\r\n`;
  }
}
