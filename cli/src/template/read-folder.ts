import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  checkTemplate,
  describeFault,
  TemplateCases,
  type TemplateCase,
  type TemplateManifest,
} from '@sluice/shared/node-template';
import type { Locale } from '@sluice/shared/model';
import { Value } from 'typebox/value';
import { bundleHandler } from './bundle-handler.ts';
import { TemplateUnsound } from './template-unsound.ts';

/** A template as its developer keeps it: a folder with manifest, handler and cases. */
export interface TemplateFolder {
  manifest: TemplateManifest;
  cases: TemplateCase[];
  /** The handler in one script. */
  source: string;
}

/** Throws `TemplateUnsound`. */
export async function readFolder(folder: string, locale: Locale): Promise<TemplateFolder> {
  const content = await readJson(path.join(folder, 'manifest.json'));
  const { $schema: _, ...manifest } = content as { $schema?: string };
  const faults = checkTemplate(manifest);
  if (faults.length > 0)
    throw new TemplateUnsound(faults.map((fault) => `manifest.json: ${describeFault(fault, locale)}`));
  const cases: unknown = await readJson(path.join(folder, 'cases.json'), []);
  if (!Value.Check(TemplateCases, cases)) {
    const [misfit] = Value.Errors(TemplateCases, cases);
    throw new TemplateUnsound([`cases.json does not fit at ${misfit?.instancePath || '/'}: ${misfit?.message}`]);
  }
  return {
    manifest: manifest as TemplateManifest,
    cases,
    source: await bundleHandler(path.join(folder, 'handler.ts')),
  };
}

async function readJson(file: string, otherwise?: unknown): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (otherwise !== undefined) return otherwise;
    throw new TemplateUnsound([`There is no ${file}; begin with \`sluice template init NAME\``], cause);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TemplateUnsound([`${file} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`], cause);
  }
}
