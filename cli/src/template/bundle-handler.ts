import { stripVTControlCharacters } from 'node:util';
import { BUNDLE_NAME, MOST_SOURCE } from '@sluice/shared/node-template';
import { fillText } from '@sluice/shared/model';
import { rolldown } from 'rolldown';
import type { Texts } from '../i18n/texts.ts';
import { TemplateUnsound } from './template-unsound.ts';

/**
 * One readable script of the handler and what it imports: it is what an administrator reads and what the sandbox runs.
 * Throws `TemplateUnsound` where something cannot be had in the sandbox, or the script is too long.
 */
export async function bundleHandler(file: string, { template }: Texts): Promise<string> {
  const notThere = (names: readonly string[]) =>
    new TemplateUnsound(names.map((name) => fillText(template.noModules, { name })));
  const missing = new Set<string>();
  try {
    await using bundle = await rolldown({
      input: file,
      platform: 'neutral',
      // No modules can be loaded there, so everything must be in the script.
      external: (id) => {
        if (id.startsWith('node:')) missing.add(id);
        return false;
      },
      onLog(_level, log) {
        if (log.code === 'UNRESOLVED_IMPORT') missing.add(log.message.split('\n')[0] ?? log.message);
      },
    });
    const { output } = await bundle.generate({
      format: 'iife',
      name: BUNDLE_NAME,
      exports: 'named',
      minify: false,
      // Marks for other bundlers, which a reviewer need not read.
      esModule: false,
      generatedCode: { symbols: false },
    });
    if (missing.size > 0) throw notThere([...missing]);
    const { code } = output[0];
    if (code.length > MOST_SOURCE)
      throw new TemplateUnsound([fillText(template.tooLong, { length: code.length, most: MOST_SOURCE })]);
    return code;
  } catch (error) {
    if (error instanceof TemplateUnsound) throw error;
    if (missing.size > 0) throw notThere([...missing]);
    throw new TemplateUnsound(
      [stripVTControlCharacters(error instanceof Error ? error.message : String(error))],
      error,
    );
  }
}
