import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Language } from './language.ts';
import type { Locale } from './locales/locale.ts';
import { chooseLanguage } from './switch-language.ts';

interface LocaleContextValue extends Locale {
  switchTo: (language: Language) => Promise<void>;
}

const LocaleContext = createContext<LocaleContextValue | null>(null);

/** `initial` must already be shown (`showLanguage`): no page is ever painted without its words. */
export function LocaleProvider({ initial, children }: { initial: Locale; children: ReactNode }) {
  const [locale, setLocale] = useState(initial);
  const value = useMemo(
    () => ({ ...locale, switchTo: async (language: Language) => setLocale(await chooseLanguage(language)) }),
    [locale],
  );
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

export function useLocale(): LocaleContextValue {
  const value = useContext(LocaleContext);
  if (!value) throw new Error('useLocale needs a LocaleProvider above it');
  return value;
}

/** BCP 47 tag for Intl formatters. */
export function useLanguage(): Language {
  return useLocale().language;
}
