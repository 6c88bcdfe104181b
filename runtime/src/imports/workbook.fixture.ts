import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

type Cell = string | number | boolean | Date | { error: string } | { inline: string } | undefined;

const EPOCH = Date.UTC(1899, 11, 30);

/** A workbook as spreadsheet programs write it: texts in a table of their own behind the sheets, dates as numbers with a format. */
export async function makeWorkbook(sheets: Record<string, readonly (readonly Cell[])[]>): Promise<Buffer> {
  const zip = new ZipFile();
  const texts = new Map<string, number>();
  const names = Object.keys(sheets);
  const add = (name: string, xml: string) =>
    zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`), name);
  add('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>');
  add(
    'xl/workbook.xml',
    `<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets>${names
      .map((name, at) => `<x:sheet name="${escape(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join('')}</x:sheets></x:workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships>${names
      .map((_name, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`)
      .join(
        '',
      )}<Relationship Id="t" Target="sharedStrings.xml"/><Relationship Id="s" Target="styles.xml"/></Relationships>`,
  );
  for (const [at, name] of names.entries())
    add(
      `xl/worksheets/sheet${at + 1}.xml`,
      `<worksheet><sheetData>${(sheets[name] ?? []).map((row, index) => rowOf(row, index + 1, texts)).join('')}</sheetData></worksheet>`,
    );
  add(
    'xl/sharedStrings.xml',
    `<sst>${[...texts.keys()].map((text) => `<si><r><t xml:space="preserve">${escape(text)}</t></r><rPh><t>spoken</t></rPh></si>`).join('')}</sst>`,
  );
  add(
    'xl/styles.xml',
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
  );
  zip.end();
  return buffer(zip.outputStream);
}

function rowOf(cells: readonly Cell[], line: number, texts: Map<string, number>): string {
  const written = cells.map((cell, index) => cellOf(cell, `${columnName(index)}${line}`, texts));
  return `<row r="${line}">${written.join('')}</row>`;
}

function cellOf(cell: Cell, reference: string, texts: Map<string, number>): string {
  if (cell === undefined) return '';
  const c = (attributes: string, value: string) => `<c r="${reference}"${attributes}>${value}</c>`;
  if (typeof cell === 'number') return c('', `<v>${cell}</v>`);
  if (typeof cell === 'boolean') return c(' t="b"', `<v>${Number(cell)}</v>`);
  if (cell instanceof Date) {
    const days = (cell.getTime() - EPOCH) / 86_400_000;
    return c(` s="${Number.isInteger(days) ? 1 : 2}"`, `<v>${days}</v>`);
  }
  if (typeof cell === 'object' && 'error' in cell) return c(' t="e"', `<v>${cell.error}</v>`);
  if (typeof cell === 'object') return c(' t="inlineStr"', `<is><t>${escape(cell.inline)}</t></is>`);
  const at = texts.get(cell) ?? texts.size;
  texts.set(cell, at);
  return c(' t="s"', `<v>${at}</v>`);
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
