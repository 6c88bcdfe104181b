import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStoreFolder } from './store-folder.ts';

describe('a data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('[STORE-13] is refused with one sentence while another process has it', async () => {
    const { store, release } = await openStoreFolder(folder);
    await expect(openStoreFolder(folder)).rejects.toThrow(
      `The data folder ${folder} is in use by another process (process ${process.pid}). Stop that one, or choose another folder.`,
    );
    await store.close();
    release();
    const again = await openStoreFolder(folder);
    await again.store.close();
    again.release();
  });

  it('[STORE-14] is refused and left as it is when its format is unknown', async () => {
    const { store, release } = await openStoreFolder(folder);
    await store.close();
    release();
    const before = readFileSync(join(folder, 'store.mdb'));
    writeFileSync(join(folder, 'FORMAT'), 'embedded-store 999\n');
    await expect(openStoreFolder(folder)).rejects.toThrow('has the format "embedded-store 999"');
    rmSync(join(folder, 'FORMAT'));
    await expect(openStoreFolder(folder)).rejects.toThrow('its format is unknown');
    expect(readFileSync(join(folder, 'store.mdb')).equals(before)).toBe(true);
  });

  it('[STORE-14] starts anew where the machine went down before the format or any data was written', async () => {
    writeFileSync(join(folder, 'FORMAT'), '');
    const { store, release } = await openStoreFolder(folder);
    await store.close();
    release();
    expect(readFileSync(join(folder, 'FORMAT'), 'utf8')).toBe('embedded-store 1\n');
    writeFileSync(join(folder, 'FORMAT'), '');
    await expect(openStoreFolder(folder)).rejects.toThrow('has the format ""');
  });

  it('says which folder cannot be used when a file stands in its place', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(openStoreFolder(join(file, 'data'))).rejects.toThrow(
      `cannot write to its data folder ${join(file, 'data')} (ENOTDIR)`,
    );
  });

  it('[STORE-15] answers a full disk with OutOfDiskSpace and keeps what was there readable', () => {
    const program = fileURLToPath(new URL('../../test/fill-disk.ts', import.meta.url));
    // ulimit -f counts blocks of 512 bytes (or 1,024 in bash): the file may not grow beyond a few megabytes.
    const report = execFileSync(
      'sh',
      [
        '-c',
        `ulimit -f 8192; exec "${process.execPath}" --disable-warning=ExperimentalWarning "${program}" "${folder}"`,
      ],
      {
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    const { code, message, kept, counted } = JSON.parse(report);
    expect(code).toBe(14031);
    expect(message).toContain('did not take the write');
    expect(counted).toBe(kept);
    expect(kept).toBeGreaterThan(0);
  });
});
