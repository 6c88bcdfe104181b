import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the built web app lies. */
export const DIST = path.resolve(import.meta.dirname, '..', '..', 'web', 'dist');

/** Of Vite's manifest: a part, what it imports at once, and what it imports when asked. */
export interface Part {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}
export type Parts = Record<string, Part>;

/** The parts of the built web app by the name of their module. Throws when there is no build. */
export function readParts(): Parts {
  const file = path.join(DIST, '.vite', 'manifest.json');
  if (!existsSync(file)) throw new Error(`${file} is missing: build the web app first`);
  return JSON.parse(readFileSync(file, 'utf8')) as Parts;
}
