import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { useLocale } from '../i18n/locale-provider.tsx';
import { themeOf } from './antd-theme.ts';
import { wantsLessMotion } from './less-motion.ts';
import './base.css';
import { cssTextOf } from './css-variables.ts';
import { useThemeMode } from './theme-preference.ts';

/** A table says in its own words that it is empty, or says nothing while it loads; pickers keep antd's line. */
const emptyOf = (component?: string) => (component === 'Table' ? <></> : undefined);

export function ThemeProvider({ children }: { children: ReactNode }) {
  const mode = useThemeMode();
  const { antd } = useLocale();
  return (
    <ConfigProvider
      theme={themeOf(mode, { isStill: wantsLessMotion() })}
      locale={antd}
      button={{ autoInsertSpace: false }}
      renderEmpty={emptyOf}
    >
      <style>{cssTextOf(mode)}</style>
      {children}
    </ConfigProvider>
  );
}
