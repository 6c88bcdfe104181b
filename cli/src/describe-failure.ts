import { wordError } from '@sluice/shared/errors';
import type { Locale } from '@sluice/shared/model';
import { ServerError } from './server.ts';

/** The language of the terminal, as POSIX says which; what is not Chinese is English. */
export function localeOf(env: Readonly<Record<string, string | undefined>>): Locale {
  const named = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^zh/i.test(named) ? 'zh-CN' : 'en-US';
}

/** What kept a command from an answer, in words: the sentence of the product for what the server said, and what it said. */
export function describeFailure(failure: unknown, env: Readonly<Record<string, string | undefined>>): string[] {
  if (!(failure instanceof ServerError)) return [failure instanceof Error ? failure.message : String(failure)];
  const { code, message, details, reference } = failure;
  return [
    wordError(localeOf(env), code, details) ?? message,
    `(${code}: ${message}${reference === undefined ? '' : `, ${reference}`})`,
  ];
}
