import type { ErrorCode } from './codes.ts';
import { enUS } from './texts/en-US.ts';
import { zhCN } from './texts/zh-CN.ts';

export const ERROR_TEXTS = { 'en-US': enUS, 'zh-CN': zhCN } as const;
export type ErrorLanguage = keyof typeof ERROR_TEXTS;

/** What somebody is told, in each language of the product. */
export type Words = Readonly<Record<ErrorLanguage, string>>;

/** Says an error in a language. A value that the details lack leaves no gap; an unknown code (a newer server) gives undefined. */
export function wordError(
  language: ErrorLanguage,
  code: string,
  details: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const texts: Record<string, string> = ERROR_TEXTS[language];
  if (!isErrorCode(code)) return undefined;
  return texts[code]
    ?.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => asSentence(language, name, details[name]))
    .replace(/ {2,}/g, ' ')
    .trim();
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(enUS, code);
}

/** A detail may bring its own words per language; a problem stands between two sentences and must end like one. */
function asSentence(language: ErrorLanguage, name: string, detail: unknown): string {
  const isWorded = typeof detail === 'object' && detail !== null && language in detail;
  const value: unknown = isWorded ? (detail as Record<string, unknown>)[language] : detail;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (name !== 'problem' || text === '' || /[.!?。！？]$/u.test(text)) return text;
  return text + (language === 'zh-CN' ? '。' : '.');
}
