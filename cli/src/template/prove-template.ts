import { createCodeRunner } from '@sluice/runtime/code';
import { proveCases } from '@sluice/runtime/node-templates';
import { fillText } from '@sluice/shared/model';
import { toHandler, toManifest } from '@sluice/shared/node-template';
import { conformanceRules } from '@sluice/templates/conformance';
import type { Terminal } from '../command.ts';
import type { Texts } from '../i18n/texts.ts';
import type { TemplateFolder } from './read-folder.ts';

/** One thing that was tried; `problem` says what is wrong. */
export interface Proof {
  name: string;
  problem?: string;
}

/** Runs the cases of a template, then the suite that every built-in kind passes, its handler in the sandbox all the time. */
export async function proveTemplate(
  { manifest: template, source, cases }: TemplateFolder,
  { locale, texts }: Pick<Terminal, 'locale' | 'texts'>,
): Promise<Proof[]> {
  const code = createCodeRunner({ threads: 1 });
  try {
    const proofs: Proof[] = (await proveCases(template, source, cases, code)).map(({ name, problem }) => ({
      name,
      ...(problem && { problem: problem[locale] }),
    }));
    const manifest = toManifest(template, template.capabilities);
    const handler = toHandler(template, manifest, source, template.capabilities);
    const isSeenWaiting = cases.some(({ expect }) => 'kind' in expect && /^(wait|call)$/.test(String(expect['kind'])));
    for (const { name, prove } of conformanceRules) {
      const problem = await failureOf(texts, () =>
        prove({
          manifest,
          handler,
          isSeenWaiting,
          runCode: async (body, input, limits) => {
            const [result] = await code.run(body, [input], limits);
            return result ?? { isOk: false, code: 'error', message: 'The sandbox gave no answer' };
          },
        }),
      );
      proofs.push({ name: name[locale], ...(problem !== undefined && { problem }) });
    }
    return proofs;
  } finally {
    await code.stop();
  }
}

/** A property that fails says by which example; why it does stands in its cause. */
function wordFailure(error: unknown, { template }: Texts): string {
  if (!(error instanceof Error)) return String(error);
  const [example] = /^Counterexample: .*$/m.exec(error.message) ?? [];
  if (!(error.cause instanceof Error) || example === undefined) return error.message;
  return `${error.cause.message}\n${fillText(template.example, { example })}`;
}

async function failureOf(texts: Texts, act: () => void | Promise<void>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return wordFailure(error, texts);
  }
}
