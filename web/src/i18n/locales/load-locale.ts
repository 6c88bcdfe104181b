import type { Language } from '../language.ts';
import type { Locale } from './locale.ts';

const LOADERS: Record<Language, () => Promise<{ locale: Locale }>> = {
  'en-US': () => import('./en-US.ts'),
  'zh-CN': () => import('./zh-CN.ts'),
};

/** Fetches one language; the other never travels unless it is asked for. */
export async function loadLocale(language: Language): Promise<Locale> {
  return (await LOADERS[language]()).locale;
}
