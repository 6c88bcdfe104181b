import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

const FOLDER = process.env['SLUICE_DATA'] ?? path.resolve(import.meta.dirname, '..', '..', 'shared', 'data');

export interface Arm {
  n: number;
  visits: number;
  visit_rate: number;
  conversions: number;
  total_spend: number;
}

export interface Hillstrom {
  csv: Buffer<ArrayBuffer>;
  rows: Record<string, string>[];
  arms: Record<string, Arm>;
}

/**
 * The public e-mail experiment of Kevin Hillstrom's MineThatData challenge (2008): 64,000 customers in three randomised
 * arms. It is looked for in `../shared/data` or SLUICE_DATA, and is not part of this repository.
 */
export function readHillstrom(): Hillstrom {
  const folder = path.join(FOLDER, 'hillstrom');
  const csv = gunzipSync(readFileSync(path.join(folder, 'hillstrom.csv.gz')));
  const truths = JSON.parse(readFileSync(path.join(folder, 'truths.json'), 'utf8')) as { arms: Record<string, Arm> };
  return { csv, rows: parse(csv, { columns: true }) as Record<string, string>[], arms: truths.arms };
}
