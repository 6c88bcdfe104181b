import type { ConfigProviderProps } from 'antd';
import type { Language } from '../language.ts';

/** All that changes with the language; loaded as one chunk. */
export interface Locale {
  language: Language;
  texts: Record<string, object>;
  antd: NonNullable<ConfigProviderProps['locale']>;
}
