import type { ConfigProviderProps } from 'antd';
import type { Language } from '../language.ts';

/** What changes with the language and is needed at once; loaded as one chunk. */
export interface Locale {
  language: Language;
  texts: Record<string, object>;
  antd: NonNullable<ConfigProviderProps['locale']>;
}
