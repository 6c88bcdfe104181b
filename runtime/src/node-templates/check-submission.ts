import { AppError } from '@sluice/shared/errors';
import { LOCALES, type Locale } from '@sluice/shared/model';
import {
  bodyOf,
  checkTemplate,
  describeFault,
  HANDLER_INPUTS,
  type TemplateCase,
  type TemplateManifest,
} from '@sluice/shared/node-template';
import { problemOfBody } from '../code/read-body.ts';
import type { CodeRunner } from '../executor/world.ts';
import { describeProof, proveCases } from './prove-cases.ts';

export interface Submission {
  manifest: unknown;
  source: string;
  cases: readonly TemplateCase[];
}

/** So many problems are named at once. */
const MOST_NAMED = 5;

/** The manifest of a submission that could be used as it is. Throws `template-invalid`, naming what is wrong. */
export async function checkSubmission(submission: Submission, code: CodeRunner): Promise<TemplateManifest> {
  const faults = checkTemplate(submission.manifest);
  if (faults.length > 0) throw invalid((locale) => faults.map((fault) => describeFault(fault, locale)));
  const manifest = submission.manifest as TemplateManifest;
  const unreadable = problemOfBody(bodyOf(submission.source), HANDLER_INPUTS);
  if (unreadable !== undefined)
    throw invalid((locale) => [
      locale === 'zh-CN' ? `处理代码无法解析：${unreadable}。` : `Its code cannot be read: ${unreadable}.`,
    ]);
  const proofs = await proveCases(manifest, submission.source, submission.cases, code);
  const failing = proofs.filter(({ problem }) => problem !== undefined);
  if (failing.length > 0) throw invalid((locale) => failing.map((proof) => describeProof(proof, locale)));
  return manifest;
}

function invalid(lines: (locale: Locale) => string[]): AppError {
  const worded = Object.fromEntries(LOCALES.map((locale) => [locale, shorten(lines(locale), locale)]));
  return new AppError('template-invalid', String(worded['en-US']), { details: { problem: worded } });
}

function shorten(lines: readonly string[], locale: Locale): string {
  const more = lines.length - MOST_NAMED;
  const shown = lines.slice(0, MOST_NAMED).join(locale === 'zh-CN' ? '' : ' ');
  if (more <= 0) return shown;
  return locale === 'zh-CN' ? `${shown}另有 ${more} 处。` : `${shown} And ${more} more.`;
}
