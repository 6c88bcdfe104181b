import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { UPLOADS_BUCKET } from './import-record.ts';
import { storeUpload } from './store-upload.ts';
import { CHUNK_BYTES, openStoredFile } from './stored-file.ts';

describe('[IMP-4] A stored file', () => {
  const bytes = Buffer.from(Array.from({ length: 3 * CHUNK_BYTES + 7 }, (_, at) => (at * 31 + (at >> 8)) % 251));
  let test_: TestDatabase;
  let upload: Awaited<ReturnType<typeof storeUpload>>;
  beforeAll(async () => {
    test_ = await openTestDatabase([]);
    upload = await storeUpload(test_.database, 'file.bin', Readable.from([bytes]));
  });
  afterAll(() => test_.close());

  test.each([
    ['whole', undefined],
    ['from its beginning', { from: 0, to: 10 }],
    ['to the end of a chunk', { from: 5, to: CHUNK_BYTES }],
    ['from the beginning of a chunk', { from: CHUNK_BYTES, to: CHUNK_BYTES + 1 }],
    ['over several chunks', { from: CHUNK_BYTES - 3, to: 3 * CHUNK_BYTES + 2 }],
    ['to its end', { from: 3 * CHUNK_BYTES + 6, to: bytes.length }],
    ['nowhere', { from: 9, to: 9 }],
  ])('is read %s as it was sent', async (_, range) => {
    const read = await buffer(openStoredFile(test_.database, upload).stream(range));
    expect(read.equals(bytes.subarray(range?.from, range?.to))).toBe(true);
  });

  test('does not end early when a part of it is gone', async () => {
    await test_.database.db.collection(`${UPLOADS_BUCKET}.chunks`).deleteOne({ files_id: upload.fileId, n: 2 });
    await expect(buffer(openStoredFile(test_.database, upload).stream())).rejects.toThrow(
      'Part 2 of the uploaded file',
    );
  });
});
