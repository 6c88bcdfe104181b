import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readDateFormat, toDateText } from './cell-format.ts';
import { fileOf } from './imports.fixture.ts';
import { inspectFile } from './inspect-file.ts';
import { readFields } from './json-fields.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './row.ts';
import { makeWorkbook } from './workbook.fixture.ts';

const day = new Date('2026-01-31T00:00:00Z');
const instant = new Date('2026-01-31T08:30:15Z');

async function rowsOf(bytes: Buffer, reading = {}, piece = 500): Promise<Row[]> {
  const file = fileOf(bytes, piece);
  const { dialect } = await inspectFile(file, 'utf-8', reading);
  const rows: Row[] = [];
  for await (const batch of readRows(file, dialect)) rows.push(...batch);
  return rows;
}

describe('[IMP-4] a workbook is read sheet by sheet, row by row', () => {
  const people = [
    ['id', 'name', 'age', 'vip', 'joined', 'seen', 'note'],
    ['u1', '王小明 & <Co>', 41, true, day, instant, { inline: 'plain' }],
    [],
    ['u2', undefined, 0.1 + 0.2, false, undefined, undefined, { error: '#N/A' }],
  ];

  test('texts, numbers, booleans and dates arrive as their column holds them; the row number is the sheet’s', async () => {
    const bytes = await makeWorkbook({ 名单: people, Other: [['x'], ['y']] });
    const { preview } = await inspectFile(fileOf(bytes), 'utf-8');
    expect(preview).toMatchObject({ format: 'xlsx', sheet: '名单', sheets: ['名单', 'Other'], hasHeader: true });
    expect(preview.columns.map(({ type }) => type)).toEqual([
      'string',
      'string',
      'number',
      'boolean',
      'date',
      'date',
      'string',
    ]);
    expect(await rowsOf(bytes)).toMatchObject([
      {
        line: 2,
        number: 1,
        cells: ['u1', '王小明 & <Co>', '41', 'true', '2026-01-31', '2026-01-31 08:30:15', 'plain'],
      },
      { line: 4, number: 2, cells: ['u2', '', '0.3', 'false', '', '', ''] },
    ]);
  });

  test('another sheet, and a header that is none, can be said', async () => {
    const bytes = await makeWorkbook({ A: people, B: [['x'], ['y', 'z']] });
    expect((await rowsOf(bytes, { sheet: 'B', hasHeader: false })).map(({ cells }) => cells)).toEqual([
      ['x', ''],
      ['y', 'z'],
    ]);
    await expect(rowsOf(bytes, { sheet: 'C' })).rejects.toMatchObject({ code: 'import-file-unreadable' });
  });

  test('one that is cut off, or whose bytes have changed, is refused with a sentence', async () => {
    const bytes = await makeWorkbook({ A: Array.from({ length: 500 }, () => [randomBytes(20).toString('hex')]) });
    const changed = Buffer.from(bytes);
    const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 200;
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    for (const broken of [bytes.subarray(0, bytes.length / 2), changed])
      await expect(rowsOf(broken)).rejects.toMatchObject({
        code: 'import-file-unreadable',
        message: expect.stringContaining('cut off or damaged') as string,
      });
  });

  test.each<[number, string | undefined, string | undefined]>([
    [14, undefined, 'date'],
    [22, undefined, 'date-time'],
    [2, undefined, undefined],
    [164, 'yyyy"年"m"月"d"日"', 'date'],
    [164, '[$-804]yyyy/m/d h:mm', 'date-time'],
    [164, '[h]:mm:ss', 'time'],
    [164, '0.00" days"', undefined],
    [164, '#,##0;[Red]-#,##0', undefined],
    [164, '[Red]General', undefined],
  ])('format %i %s is %s', (id, code, is) => {
    expect(readDateFormat(id, code)).toBe(is);
  });

  test.each<[number, boolean, string]>([
    [1, false, '1900-01-01'],
    [61, false, '1900-03-01'],
    [46_053, false, '2026-01-31'],
    [44_591, true, '2026-01-31'],
    [-1, false, '-1'],
  ])('day %d (1904: %s) is %s', (days, is1904, text) => {
    expect(toDateText(days, 'date', is1904)).toBe(text);
  });
});

describe('one JSON object per line', () => {
  const lines = [
    '{"id":"0123","age":41,"address":{"city":"上海"},"tags":["a","b"],"vip":true}',
    '{"id":6222021234567890123,"age":null}',
    '',
    '{"id":"u3","late":1}',
    '[1]',
    '{"id":"u5"',
    `{"id":"u6","address":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    `{"id":"u7","age":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
    '{"id":"u8","address.city":"a","address":{"city":"b"}}',
    '{"id":"u9","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    '{"id":"u10","age":5}',
  ];
  // The first lines alone are the beginning that columns are taken from.
  const columns = ['id', 'age', 'address.city', 'tags', 'vip'];
  const dialect = { format: 'ndjson' as const, encoding: 'utf-8', isDoubtful: false, columns };

  test('fields within fields are columns; types are those of JSON', async () => {
    const { preview } = await inspectFile(fileOf(Buffer.from(lines.slice(0, 2).join('\n'))), 'utf-8');
    expect(preview).toMatchObject({ format: 'ndjson', hasHeader: null, delimiter: null });
    expect(preview.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'string'],
      ['age', 'number'],
      ['address.city', 'string'],
      ['tags', 'list'],
      ['vip', 'boolean'],
    ]);
  });

  test('a line that is no such object is a row with its reason, however deep or hostile; the others are read', async () => {
    const rows: Row[] = [];
    for await (const batch of readRows(fileOf(Buffer.from(lines.join('\r\n')), 100), dialect)) rows.push(...batch);
    expect(rows.map(({ line, cells, fault }) => [line, fault?.code ?? cells.join('|'), fault?.column ?? ''])).toEqual([
      [1, '0123|41|上海|["a","b"]|true', ''],
      [2, '6222021234567890123||||', ''],
      [4, 'field-unknown', 'late'],
      [5, 'line-not-json', ''],
      [6, 'line-not-json', ''],
      [7, 'too-deep', 'address'],
      [8, 'too-deep', expect.stringMatching(/^age\.a\.a/)],
      [9, 'field-twice', 'address.city'],
      [10, 'field-unknown', '__proto__.polluted'],
      [11, 'u10|5|||', ''],
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('where a file is cut into chunks makes no difference, and a line beyond the limit is one row', async () => {
    const long = `{"id":"${'x'.repeat(1_100_000)}"}`;
    const bytes = Buffer.from([lines[0], long, lines[10]].join('\n'));
    for (const piece of [1000, 65_536, bytes.length]) {
      const rows: Row[] = [];
      for await (const batch of readRows(fileOf(bytes, piece), dialect)) rows.push(...batch);
      expect(rows.map(({ line, fault }) => [line, fault?.code])).toEqual([
        [1, undefined],
        [2, 'line-too-long'],
        [3, undefined],
      ]);
    }
  });

  test.each([
    ['too deep', lines[7] ?? ''],
    ['cut off', '{"id":"u5"'],
    ['a name twice', lines[8] ?? ''],
  ])('a file is recognised whose first line is %s: that is a fault of its line', async (_what, first) => {
    const file = fileOf(Buffer.from([first, lines[0], lines[10]].join('\n')));
    const { preview, dialect: found } = await inspectFile(file, 'utf-8');
    expect(preview).toMatchObject({ format: 'ndjson' });
    const rows: Row[] = [];
    for await (const batch of readRows(file, found)) rows.push(...batch);
    expect(rows.map(({ fault }) => fault?.code)).toEqual([expect.any(String), undefined, undefined]);
  });

  test('a file of which no line can be read says why', async () => {
    const file = fileOf(Buffer.from([lines[7], lines[7]].join('\n')));
    await expect(inspectFile(file, 'utf-8')).rejects.toMatchObject({
      code: 'import-file-unreadable',
      details: { problem: { 'zh-CN': expect.stringMatching(/age\.a\.a.*嵌套超过 20 层/) } },
    });
  });

  test('a list of objects is refused with what to do', async () => {
    await expect(inspectFile(fileOf(Buffer.from('[\n {"id": 1}]')), 'utf-8')).rejects.toMatchObject({
      message: expect.stringContaining('one JSON object per line') as string,
    });
  });

  test('numbers that JavaScript cannot hold keep their digits', () => {
    expect(readFields('{"id":9007199254740993,"n":1.5}')).toEqual(
      new Map<string, unknown>([
        ['id', '9007199254740993'],
        ['n', 1.5],
      ]),
    );
  });
});

test.each([
  ['CSV', Buffer.from('id,note\n1,"a,b"\n\n2,"c\nd"\n"open,5\n3,e\n4,f\n')],
  ['JSON lines', Buffer.from('{"id":"1"}\n{"id":"2"}\n[\n{"id":"3"}\n{"id":"4"}\n')],
])(
  '[IMP-2] whoever goes on in a file of %s gets the rows behind those left out as they are',
  async (_format, bytes) => {
    const all = await rowsOf(bytes);
    const file = fileOf(bytes, 7);
    const { dialect } = await inspectFile(file, 'utf-8');
    for (let skip = 0; skip <= all.length; skip += 1) {
      const rows: Row[] = [];
      for await (const batch of readRows(file, dialect, { skip })) rows.push(...batch);
      expect(rows.map(({ number }) => number)).toEqual(all.map(({ number }) => number));
      expect(rows.slice(skip)).toEqual(all.slice(skip));
    }
  },
);
