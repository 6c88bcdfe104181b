import { type Locale, LOCALES, type Translated } from '@sluice/shared/model';
import { enUS } from './en-US.ts';
import { zhCN } from './zh-CN.ts';

export type Texts = Translated<typeof enUS>;

const TEXTS: Readonly<Record<Locale, Texts>> = { 'en-US': enUS, 'zh-CN': zhCN };

export function textsIn(locale: Locale): Texts {
  return TEXTS[locale];
}

/** The language of the terminal, as POSIX says which; what is not Chinese is English. */
export function localeOf(env: Readonly<Record<string, string | undefined>>): Locale {
  return localeNamed(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ?? 'en-US';
}

/** The language that `zh`, `zh_CN.UTF-8` or `en-US` means; undefined for one that the product does not speak. */
export function localeNamed(name: string): Locale | undefined {
  const [language = ''] = name.toLowerCase().split(/[-_.@]/);
  return LOCALES.find((locale) => locale.toLowerCase().startsWith(`${language}-`));
}
