import type { Language } from '../language.ts';
import type { Locale } from './locale.ts';

const LOADERS: Record<Language, () => Promise<{ locale: Locale }>> = {
  'en-US': () => import('./en-US.ts'),
  'zh-CN': () => import('./zh-CN.ts'),
};

const PAGE_LOADERS: Record<Language, () => Promise<{ pageTexts: Locale['texts'] }>> = {
  'en-US': () => import('./pages.en-US.ts'),
  'zh-CN': () => import('./pages.zh-CN.ts'),
};

/** Fetches one language; the other never travels unless it is asked for. */
export async function loadLocale(language: Language): Promise<Locale> {
  return (await LOADERS[language]()).locale;
}

/** The texts that only pages behind the sign-in have. */
export async function loadPageTexts(language: Language): Promise<Locale['texts']> {
  return (await PAGE_LOADERS[language]()).pageTexts;
}
