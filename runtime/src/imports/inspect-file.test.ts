import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { createEncodingDetector } from './detect-encoding.ts';
import { inspectFile } from './inspect-file.ts';
import { fileOf } from './imports.fixture.ts';
import { readRows } from './read-rows.ts';

const DATA = process.env.SLUICE_DATA ?? path.join(import.meta.dirname, '../../../../shared/data');
const hasData = existsSync(DATA);
if (!hasData) console.log(`Sample files are not at ${DATA}: tests on them are left out (set SLUICE_DATA)`);

function encodingOf(bytes: Buffer, chunkSize = 1000): string {
  const detector = createEncodingDetector();
  for (let at = 0; at < bytes.length; at += chunkSize) detector.add(bytes.subarray(at, at + chunkSize));
  return detector.detect();
}
const inspect = (bytes: Buffer) => inspectFile(fileOf(bytes), encodingOf(bytes));
async function rowsOf(bytes: Buffer, chunkSize = 7): Promise<string[][]> {
  const { dialect } = await inspect(bytes);
  const rows: string[][] = [];
  for await (const batch of readRows(fileOf(bytes, chunkSize), dialect)) rows.push(...batch.map(({ cells }) => cells));
  return rows;
}

describe('encoding', () => {
  test('UTF-8 is recognised although its characters are cut by chunks', async () => {
    expect(encodingOf(Buffer.from('姓名,城市\n张三,上海\n'.repeat(50)), 5)).toBe('utf-8');
  });

  test('GB18030 is recognised although it only begins after a megabyte of ASCII', async () => {
    const names = iconv.encode('张三,上海\n李四,北京市朝阳区\n'.repeat(20), 'gb18030');
    expect(encodingOf(Buffer.concat([Buffer.from('u1,x\n'.repeat(200_000)), names]), 65_536)).toBe('gb18030');
  });

  test('a byte order mark decides', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode('名,b\n一,2\n', 'utf-16le')]);
    expect(encodingOf(bytes)).toBe('utf-16le');
    expect(await rowsOf(bytes)).toEqual([['一', '2']]);
  });

  test('the mark of UTF-8 is no part of the first column’s name', async () => {
    expect((await inspect(Buffer.from('\ufeffid,name\n1,a\n'))).dialect.columns).toEqual(['id', 'name']);
  });
});

describe('shape', () => {
  test.each([
    [',', 'a,b,c\n1,2,3\n'],
    ['\t', 'a\tb\tc\n1\t"x, y"\t3\n'],
    [';', 'a;b\n1,5;2,5\n3,5;4,5\n'],
    ['|', 'a|b\n1|2\n'],
  ])('the delimiter %j is found', async (delimiter, text) => {
    expect((await inspect(Buffer.from(text))).dialect).toMatchObject({ delimiter });
  });

  test('a file without a header gets names for its columns and keeps its first row', async () => {
    const bytes = Buffer.from('1,a@b.test\n2,c@d.test\n');
    expect((await inspect(bytes)).dialect).toMatchObject({ hasHeader: false, columns: ['column 1', 'column 2'] });
    expect(await rowsOf(bytes)).toHaveLength(2);
  });

  test('a column without a name gets one', async () => {
    expect((await inspect(Buffer.from('id,,name\n1,2,a\n'))).dialect.columns).toEqual(['id', 'column 2', 'name']);
  });

  test.each([
    ['an empty file', Buffer.from('')],
    ['a damaged spreadsheet', Buffer.from('PK\u0003\u0004rest')],
    ['a picture', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1')],
  ])('%s is refused with a sentence', async (_, bytes) => {
    await expect(inspect(bytes)).rejects.toMatchObject({ code: 'import-file-unreadable' });
  });
});

describe.runIf(hasData)('sample files', () => {
  const spectrum = path.join(DATA, 'messy-csv/csv-spectrum');
  // The JSON of location_coordinates describes another row than its CSV; line ends of the copies were normalised.
  const names = hasData
    ? readdirSync(path.join(spectrum, 'csvs'))
        .map((file) => file.replace('.csv', ''))
        .filter((name) => name !== 'location_coordinates')
    : [];
  test.each(names)('csv-spectrum %s reads as its JSON says', async (name) => {
    const bytes = readFileSync(path.join(spectrum, `csvs/${name}.csv`));
    const expected = JSON.parse(
      readFileSync(path.join(spectrum, `json/${name}.json`), 'utf8').replaceAll('\\r\\n', '\\n'),
    ) as object[];
    const { columns } = (await inspect(bytes)).dialect;
    const rows = (await rowsOf(bytes)).map((cells) =>
      Object.fromEntries(columns.map((column, at) => [column, cells[at]])),
    );
    expect(rows).toEqual(expected);
  });

  test('a GB18030 file of 4,000 streets reads in Chinese', async () => {
    const bytes = readFileSync(path.join(DATA, 'messy-csv/streets-4000.gb18030.csv'));
    expect((await inspect(bytes)).dialect).toMatchObject({ encoding: 'gb18030', hasHeader: true });
    const rows = await rowsOf(bytes, 4096);
    expect(rows[0]?.[1]).toBe('东华门街道');
    expect(rows.length).toBeGreaterThan(3990);
    expect(rows.flat().join('')).not.toContain('\ufffd');
  });

  test('the GBK user table of JData gives its age groups', async () => {
    const bytes = gunzipSync(readFileSync(path.join(DATA, 'jdata/JData_User.gbk.csv.gz')));
    const ages = (await rowsOf(bytes, 65_536)).map((cells) => cells[1]);
    expect(ages.filter((age) => age === '26-35岁')).toHaveLength(14_125);
    expect(ages.filter((age) => age === '36-45岁')).toHaveLength(8925);
  });

  test.each([
    ['csv-with-bom.csv', { encoding: 'utf-8', delimiter: ',' }],
    ['example-utf16le-bom.tsv', { encoding: 'utf-16le', delimiter: '\t' }],
    ['example-utf16be-bom.tsv', { encoding: 'utf-16be', delimiter: '\t' }],
    ['example-latin1.tsv', { encoding: 'iso-8859-1', delimiter: '\t' }],
    ['movies.tsv', { delimiter: '\t', hasHeader: true }],
    ['food.small.csv', { delimiter: ',', hasHeader: true }],
    ['government_contracts.csv', { delimiter: ',', hasHeader: true }],
    ['nobel-prize-winners.csv', { delimiter: ',', hasHeader: true }],
  ])('OpenRefine %s is recognised', async (name, dialect) => {
    const bytes = readFileSync(path.join(DATA, 'messy-csv/openrefine/main/tests/data', name));
    expect((await inspect(bytes)).dialect).toMatchObject(dialect);
  });
});
