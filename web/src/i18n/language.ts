export const LANGUAGES = ['zh-CN', 'en-US'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words, so that whoever cannot read the present one finds the way out. */
export const LANGUAGE_NAMES: Record<Language, string> = { 'zh-CN': '简体中文', 'en-US': 'English' };

const STORAGE_KEY = 'sluice.language';

/** The remembered choice, else the first of the browser's languages that we speak, else English. */
export function pickLanguage(remembered: string | null, wanted: readonly string[]): Language {
  const exact = LANGUAGES.find((language) => language === remembered);
  if (exact) return exact;
  for (const tag of wanted) {
    const [primary] = tag.toLowerCase().split('-');
    const match = LANGUAGES.find((language) => language.toLowerCase().startsWith(`${primary}-`));
    if (match) return match;
  }
  return 'en-US';
}

export function readLanguage(): Language {
  return pickLanguage(localStorage.getItem(STORAGE_KEY), navigator.languages);
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(STORAGE_KEY, language);
}
