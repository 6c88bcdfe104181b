import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, rememberLanguage } from './language.ts';
import { loadLocale } from './locales/load-locale.ts';
import type { Locale } from './locales/locale.ts';

/** The one i18next instance of the page. */
export const texts: i18n = i18next;

/** Loads a language and shows it everywhere: texts, antd's own words, and the `lang` of the document. */
export async function showLanguage(language: Language): Promise<Locale> {
  const locale = await loadLocale(language);
  if (!texts.isInitialized) {
    await texts.use(initReactI18next).init({
      lng: language,
      ns: Object.keys(locale.texts),
      defaultNS: 'ui',
      fallbackLng: false,
      resources: { [language]: locale.texts as Record<string, Record<string, unknown>> },
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  } else {
    for (const [area, entries] of Object.entries(locale.texts)) texts.addResourceBundle(language, area, entries);
    await texts.changeLanguage(language);
  }
  document.documentElement.lang = language;
  return locale;
}

/** `showLanguage`, and keep it for the next visit. */
export async function chooseLanguage(language: Language): Promise<Locale> {
  rememberLanguage(language);
  return showLanguage(language);
}
