import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, readLanguage, rememberLanguage } from './language.ts';
import { loadLocale, loadPageTexts } from './locales/load-locale.ts';
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
    addTexts(language, locale.texts);
    // A page may be open whose texts are not among the first.
    addTexts(language, await loadPageTexts(language));
    await texts.changeLanguage(language);
  }
  document.documentElement.lang = language;
  return locale;
}

/** Everything that a page behind the sign-in says, in the language on screen: no page is drawn before it is there. */
export async function showPageTexts(): Promise<void> {
  const language = (texts.language as Language | undefined) ?? readLanguage();
  const areas = await loadPageTexts(language);
  // The page of an address is fetched while the language still is.
  if (!texts.isInitialized) await new Promise<void>((resolve) => texts.on('initialized', () => resolve()));
  addTexts(language, areas);
}

/** `showLanguage`, and keep it for the next visit. */
export async function chooseLanguage(language: Language): Promise<Locale> {
  rememberLanguage(language);
  return showLanguage(language);
}

function addTexts(language: Language, areas: Locale['texts']): void {
  for (const [area, entries] of Object.entries(areas))
    if (!texts.hasResourceBundle(language, area)) texts.addResourceBundle(language, area, entries);
}
