import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FlowFile, readFlowFile } from '@sluice/shared/graph';
import type { Terminal } from '../command.ts';

/** Where a path on the command line leads. */
export function pathOf(name: string, { cwd }: Pick<Terminal, 'cwd'>): string {
  return path.resolve(cwd, name);
}

/** The flow of a file. Throws with the place that does not fit. */
export async function readFlow(name: string, terminal: Terminal): Promise<FlowFile> {
  const read = readFlowFile(await readFile(pathOf(name, terminal), 'utf8'));
  if ('file' in read) return read.file;
  const { place, message } = read.fault;
  throw new Error(`${name} is no flow file: ${[place, message].filter((part) => part !== '').join(' ')}`);
}
