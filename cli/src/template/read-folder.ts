import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeMisfit, explainMisfit, readJson } from '@sluice/shared/errors';
import {
  checkTemplate,
  describeFault,
  TemplateCases,
  type TemplateCase,
  type TemplateManifest,
} from '@sluice/shared/node-template';
import { fillText } from '@sluice/shared/model';
import { Value } from 'typebox/value';
import type { Terminal } from '../command.ts';
import { bundleHandler } from './bundle-handler.ts';
import { TemplateUnsound } from './template-unsound.ts';

type Words = Pick<Terminal, 'locale' | 'texts'>;

/** A template as its developer keeps it: a folder with manifest, handler and cases. */
export interface TemplateFolder {
  manifest: TemplateManifest;
  cases: TemplateCase[];
  /** The handler in one script. */
  source: string;
}

/** Throws `TemplateUnsound`. */
export async function readFolder(folder: string, terminal: Words): Promise<TemplateFolder> {
  const { locale, texts } = terminal;
  const content = await readJsonFile(path.join(folder, 'manifest.json'), terminal);
  const manifest = withoutSchema(content);
  const misfit = (file: string, fault: string) => fillText(texts.template.misfit, { file, fault });
  const faults = checkTemplate(manifest);
  if (faults.length > 0)
    throw new TemplateUnsound(faults.map((fault) => misfit('manifest.json', describeFault(fault, locale))));
  const cases: unknown = await readJsonFile(path.join(folder, 'cases.json'), terminal, []);
  if (!Value.Check(TemplateCases, cases)) {
    const fault = describeMisfit(explainMisfit(TemplateCases, cases), locale);
    throw new TemplateUnsound([misfit('cases.json', fault)]);
  }
  const handler = path.join(folder, 'handler.ts');
  if (!existsSync(handler)) throw new TemplateUnsound([fillText(texts.template.missing, { file: handler })]);
  return {
    manifest: manifest as TemplateManifest,
    cases,
    source: await bundleHandler(handler, texts),
  };
}

/** What editors read to help with the manifest is no part of it. */
function withoutSchema(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return content;
  const { $schema: _, ...manifest } = content as { $schema?: string };
  return manifest;
}

async function readJsonFile(file: string, { locale, texts }: Words, otherwise?: unknown): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    if (otherwise !== undefined) return otherwise;
    throw new TemplateUnsound([fillText(texts.template.missing, { file })], cause);
  }
  const read = readJson(text);
  if ('content' in read) return read.content;
  throw new TemplateUnsound([fillText(texts.template.misfit, { file, fault: read.fault(locale) })]);
}
