import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SETTINGS } from '../src/config.ts';

const root = path.resolve(import.meta.dirname, '../..');

it.each(['README.md', 'README.zh-CN.md'])('%s names every setting with its default, and no other', (file) => {
  const rows = [...readFileSync(path.join(root, file), 'utf8').matchAll(/^\| `([A-Z_]+)` \| (\S+) \|/gm)];
  expect(rows.map(([, name, fallback]) => [name, fallback === '–' ? '' : fallback?.replaceAll('`', '')])).toEqual(
    SETTINGS.map(({ name, fallback }) => [name, fallback]),
  );
});
