import type { Readable } from 'node:stream';
import { type DateFormat, readDateFormat } from './cell-format.ts';
import { readWholeXml } from './read-xml.ts';
import { createSharedTexts, type SharedTexts } from './shared-texts.ts';
import type { StoredFile } from './stored-file.ts';
import { unreadable } from './unreadable.ts';
import { damaged, openWorkbookParts, type WorkbookParts } from './workbook-parts.ts';

/** What reading a sheet needs of its workbook. */
export interface Workbook {
  /** Visible sheets first, in their order. */
  sheets: { name: string; part: string }[];
  is1904: boolean;
  sizeOf: WorkbookParts['sizeOf'];
  stream: WorkbookParts['stream'];
  /** Texts that cells refer to by number. */
  readTexts(): Promise<SharedTexts>;
  /** By the style number of a cell. */
  readFormats(): Promise<DateFormat[]>;
}

/** Held in memory while a sheet is read. */
const MOST_TEXT = 256 * 1024 * 1024;
/** Of the parts that are read whole. */
const MOST_SMALL = 32 * 1024 * 1024;

/** Throws `import-file-unreadable` for what is no workbook. */
export async function openWorkbook(file: StoredFile): Promise<Workbook> {
  const parts = await openWorkbookParts(file);
  if (!parts.has('xl/workbook.xml'))
    throw unreadable(
      'It is an archive or a document, not a workbook of the XLSX kind.',
      '它是压缩包或其他文档，而不是 XLSX 工作簿。',
    );
  const small = (name: string): Promise<Readable> => {
    if (parts.sizeOf(name).unpacked > MOST_SMALL) throw damaged();
    return parts.stream(name);
  };
  const targets = await readRelations(await small('xl/_rels/workbook.xml.rels'));
  const { sheets, is1904 } = await readSheets(await small('xl/workbook.xml'), targets);
  const known = sheets.filter(({ part }) => parts.has(part));
  if (known.length === 0) throw unreadable('The workbook has no sheet.', '工作簿中没有工作表。');
  return {
    sheets: known,
    is1904,
    sizeOf: parts.sizeOf,
    stream: parts.stream,
    async readTexts() {
      const part = [...targets.values()].find((name) => /sharedstrings\.xml$/i.test(name));
      if (part === undefined || !parts.has(part)) return createSharedTexts();
      if (parts.sizeOf(part).unpacked > MOST_TEXT)
        throw unreadable(
          'Its texts take more than 256 MB. Save the sheet as CSV and upload that.',
          '其中的文本超过 256 MB。请将工作表另存为 CSV 后上传。',
        );
      return readTexts(await parts.stream(part));
    },
    async readFormats() {
      const part = [...targets.values()].find((name) => /styles\.xml$/i.test(name));
      return part !== undefined && parts.has(part) ? readFormats(await small(part)) : [];
    },
  };
}

/** Where the parts named by ids lie. */
async function readRelations(source: Readable): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readWholeXml(source, {
    onOpen(name, { Id, Target }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
}

async function readSheets(source: Readable, targets: ReadonlyMap<string, string>) {
  const visible: Workbook['sheets'] = [];
  const hidden: Workbook['sheets'] = [];
  let is1904 = false;
  await readWholeXml(source, {
    onOpen(tag, attributes) {
      if (tag === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (tag !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => /(^|:)id$/i.test(key) && key !== 'sheetId')?.[1];
      const part = targets.get(relation ?? '');
      const { name = '', state = 'visible' } = attributes;
      if (part !== undefined) (state === 'visible' ? visible : hidden).push({ name, part });
    },
  });
  return { sheets: [...visible, ...hidden], is1904 };
}

/** The text of an item is that of its runs; how it is read aloud (`rPh`) is not part of it. */
async function readTexts(source: Readable): Promise<SharedTexts> {
  const texts = createSharedTexts();
  let text = '';
  let isText = false;
  let isSpoken = false;
  await readWholeXml(source, {
    onOpen(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isSpoken = true;
      else if (name === 't') isText = !isSpoken;
    },
    onText(part) {
      if (isText) text += part;
    },
    onClose(name) {
      if (name === 'si') texts.add(text);
      else if (name === 'rPh') isSpoken = false;
      else if (name === 't') isText = false;
    },
  });
  return texts;
}

async function readFormats(source: Readable): Promise<DateFormat[]> {
  const codes = new Map<number, string>();
  const formats: DateFormat[] = [];
  let isOfCells = false;
  await readWholeXml(source, {
    onOpen(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') isOfCells = true;
      else if (name === 'xf' && isOfCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        formats.push(readDateFormat(id, codes.get(id)));
      }
    },
    onClose(name) {
      if (name === 'cellXfs') isOfCells = false;
    },
  });
  return formats;
}
