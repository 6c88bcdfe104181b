import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FlowFile, readFlowFile } from '@sluice/shared/graph';
import { fillText } from '@sluice/shared/model';
import type { Shell, Terminal } from '../command.ts';

/** Where a path on the command line leads. */
export function pathOf(name: string, { cwd }: Pick<Shell, 'cwd'>): string {
  return path.resolve(cwd, name);
}

/** The flow of a file. Throws with the place that does not fit. */
export async function readFlow(name: string, terminal: Terminal): Promise<FlowFile> {
  const place = pathOf(name, terminal);
  const read = readFlowFile(await readText(place));
  if ('file' in read) return read.file;
  const fault = read.fault(terminal.locale);
  throw new Error(fillText(terminal.texts.file.noFlow, { file: name, fault }));
}

/** As `readFile`, but what it throws knows the path always: Node forgets it for a folder. */
async function readText(place: string): Promise<string> {
  try {
    return await readFile(place, 'utf8');
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: place });
  }
}
