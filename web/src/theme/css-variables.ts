import { theme } from 'antd';
import { CODE_FONT_STACK, FONT_STACK, themeOf } from './antd-theme.ts';
import { PALETTES, type ThemeMode } from './palette.ts';

const SPACES = [4, 8, 12, 16, 20, 24, 32, 40, 48];

/** Fixed measures of the product; a component names one, it never writes a pixel. */
const MEASURES = {
  '--rail-width': '216px',
  '--rail-width-collapsed': '56px',
  '--top-bar-height': '48px',
  '--form-width': '480px',
  '--text-width': '720px',
  '--dialog-width': '560px',
  '--palette-width': '240px',
  '--inspector-width': '360px',
  '--node-width': '220px',
  '--radius': '6px',
  '--radius-small': '4px',
  '--font-body': '14px',
  '--font-small': '12px',
  '--font-title': '20px',
  '--font-figure': '24px',
  '--motion': '160ms',
};

/** The variables that stylesheets use. antd's own variables exist only below its roots, so the needed tokens are copied. */
export function cssVariablesOf(mode: ThemeMode): Record<string, string> {
  const token = theme.getDesignToken(themeOf(mode));
  const palette = PALETTES[mode];
  const variables: Record<string, string> = {
    ...MEASURES,
    '--font-family': FONT_STACK,
    '--font-family-code': CODE_FONT_STACK,
    '--color-page': palette.page,
    '--color-surface': palette.surface,
    '--color-sunken': palette.sunken,
    '--color-floating': token.colorBgElevated,
    '--color-text': token.colorText,
    '--color-text-secondary': token.colorTextSecondary,
    '--color-border': token.colorBorderSecondary,
    '--color-border-strong': token.colorBorder,
    '--color-hover': token.colorFillTertiary,
    '--color-brand': palette.brand,
    '--color-brand-soft': palette.brandSoft,
    '--color-brand-line': palette.brandLine,
    '--color-link': palette.link,
    '--color-danger': palette.danger,
    '--color-danger-soft': token.colorErrorBg,
    '--color-warning': palette.warning,
    '--color-warning-soft': token.colorWarningBg,
    '--color-success': palette.success,
    '--color-success-soft': token.colorSuccessBg,
    '--shadow-floating': token.boxShadow,
  };
  for (const space of SPACES) variables[`--space-${space}`] = `${space}px`;
  for (const [category, hue] of Object.entries(palette.category)) {
    variables[`--category-${category}`] = hue.line;
    variables[`--category-${category}-soft`] = hue.soft;
    variables[`--category-${category}-text`] = hue.text;
  }
  return variables;
}

export function cssTextOf(mode: ThemeMode): string {
  const lines = Object.entries(cssVariablesOf(mode)).map(([name, value]) => `${name}:${value}`);
  return `:root{color-scheme:${mode};${lines.join(';')}}`;
}
