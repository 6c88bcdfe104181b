import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './command.mjs';

const SOURCES = ['web', 'sdk', 'shared', 'templates', 'package.json', 'pnpm-lock.yaml', 'tsconfig.base.json'];
const NOT_SOURCES = new Set(['node_modules', 'dist', 'coverage']);

/** Builds the web app unless the build at hand is of these very sources. Answers with an exit code. */
export function buildWeb(project) {
  const stamp = path.join(project.root, 'web', 'dist', '.built-from');
  const fingerprint = fingerprintOf(project.root, SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return 0;
  console.log('Building the web app');
  const code = runCommand(project.pnpm, ['run', 'build'], project);
  // After the build: one that failed or was broken off must not look finished.
  if (code === 0) writeFileSync(stamp, fingerprint);
  return code;
}

/** By content, not by time: a checkout or a copy touches every file without changing one. Tests are no part of the app. */
export function fingerprintOf(root, sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(root, source)))
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function filesOf(root, source) {
  const place = path.join(root, source);
  if (!existsSync(place)) return [];
  const entries = readDirectory(place);
  if (!entries) return [source];
  return entries
    .filter((entry) => !NOT_SOURCES.has(entry) && !/\.test\.tsx?$/.test(entry))
    .sort()
    .flatMap((entry) => filesOf(root, `${source}/${entry}`));
}

function readDirectory(place) {
  try {
    return readdirSync(place);
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
