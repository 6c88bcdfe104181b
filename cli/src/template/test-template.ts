import path from 'node:path';
import { fillText } from '@sluice/shared/model';
import type { Command, ExitCode, Terminal } from '../command.ts';
import { proveTemplate } from './prove-template.ts';
import { readFolder, type TemplateFolder } from './read-folder.ts';
import { TemplateUnsound } from './template-unsound.ts';

export const testTemplate: Command = {
  name: 'template test',
  operands: '[FOLDER]',
  summary: ({ template }) => template.test.summary,
  async run({ operands: [folder = '.'], terminal }) {
    const read = await readOrTell(path.resolve(terminal.cwd, folder), terminal);
    return read ? proveAndTell(read, terminal) : 1;
  },
};

/** The template of a folder, or nothing where it is unsound; the terminal then knows why. */
export async function readOrTell(folder: string, terminal: Terminal): Promise<TemplateFolder | undefined> {
  try {
    return await readFolder(folder, terminal);
  } catch (error) {
    if (!(error instanceof TemplateUnsound)) throw error;
    for (const sentence of error.sentences) terminal.write(`FAIL ${sentence}`);
    return undefined;
  }
}

export async function proveAndTell(template: TemplateFolder, terminal: Terminal): Promise<ExitCode> {
  const proofs = await proveTemplate(template, terminal);
  for (const { name, problem } of proofs) {
    terminal.write(`${problem === undefined ? 'ok  ' : 'FAIL'} ${name}`);
    for (const line of problem?.split('\n') ?? []) terminal.write(`       ${line}`);
  }
  const failed = proofs.filter(({ problem }) => problem !== undefined).length;
  terminal.write(fillText(terminal.texts.test.outcome, { passed: proofs.length - failed, failed }));
  return failed === 0 ? 0 : 1;
}
