import 'i18next';
import type { texts } from './locales/en-US.ts';
import type { pageTexts } from './locales/pages.en-US.ts';

// A misspelt key is a compile error.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui';
    resources: typeof texts & typeof pageTexts;
    returnNull: false;
  }
}
