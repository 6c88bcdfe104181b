export type ThemeMode = 'light' | 'dark';

/** Every colour a component may not take from antd: the brand, the four node categories, states and charts. */
export interface Palette {
  brand: string;
  /** Ground of what is chosen. */
  brandSoft: string;
  brandLine: string;
  link: string;
  page: string;
  surface: string;
  sunken: string;
  danger: string;
  warning: string;
  success: string;
  category: Record<'trigger' | 'condition' | 'control' | 'action', { line: string; soft: string; text: string }>;
}

/** Text colours keep at least 4.5:1 on `page`, `surface`, `sunken` and their own `soft`; palette.test.ts measures it. */
export const PALETTES: Record<ThemeMode, Palette> = {
  light: {
    brand: '#0f766e',
    brandSoft: '#e4f3f1',
    brandLine: '#8cc9c3',
    link: '#0f6e76',
    page: '#f5f6f7',
    surface: '#ffffff',
    sunken: '#fafbfb',
    danger: '#c0262d',
    warning: '#92580a',
    success: '#2a7a3b',
    category: {
      trigger: { line: '#2f9e54', soft: '#e9f6ed', text: '#1f7038' },
      condition: { line: '#d08a17', soft: '#fdf3e1', text: '#8a5606' },
      control: { line: '#8561d6', soft: '#f2edfc', text: '#6541b5' },
      action: { line: '#2f7fd1', soft: '#e8f1fb', text: '#1d5fa6' },
    },
  },
  dark: {
    brand: '#17877e',
    brandSoft: '#17302e',
    brandLine: '#2a6a64',
    link: '#5cc4bb',
    page: '#121415',
    surface: '#1b1e1f',
    sunken: '#171a1b',
    danger: '#f3797d',
    warning: '#e5ab4f',
    success: '#6ec487',
    category: {
      trigger: { line: '#43a866', soft: '#1a2d21', text: '#7fd19a' },
      condition: { line: '#c98a24', soft: '#33291a', text: '#ecbd6c' },
      control: { line: '#8f70dc', soft: '#292238', text: '#bda6f2' },
      action: { line: '#4188d2', soft: '#1a2939', text: '#8dbdf0' },
    },
  },
};

/** Okabe and Ito's colour-blind-safe series (jfly.uni-koeln.de/color), reordered so that neighbours differ in lightness. */
export const SERIES_COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a8a8a'];
