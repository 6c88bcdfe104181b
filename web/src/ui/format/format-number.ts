import type { Language } from '../../i18n/language.ts';

/** Shown where a number does not exist (a share of nothing); never a 0 that was not measured. */
export const NO_FIGURE = '–';

export function formatCount(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** For chips only (1.2k, 1.2万); the exact value belongs on hover. */
export function formatCompact(value: number, language: Language): string {
  const text = new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumFractionDigits: 1,
    // A number too small to be shortened (in Chinese, up to 9,999) stands like any other.
    useGrouping: 'always',
  }).format(value);
  return language === 'en-US' ? text.replace('K', 'k') : text;
}

/** A share with one decimal. */
export function formatShare(part: number, whole: number, language: Language): string {
  if (whole === 0) return NO_FIGURE;
  return new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(part / whole);
}

/** Money in major units; without a currency it is a plain number with two decimals. */
export function formatMoney(value: number, currency: string | null | undefined, language: Language): string {
  const style = currency ? { style: 'currency' as const, currency } : { minimumFractionDigits: 2 };
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2, ...style }).format(value);
}

/** A difference with its sign; zero carries none. */
export function formatDelta(now: number, before: number, language: Language): string {
  return new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(now - before);
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A file size in decimal units, as file managers show it. */
export function formatBytes(bytes: number, language: Language): string {
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < BYTE_UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: BYTE_UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(value);
}
