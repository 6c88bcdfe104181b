/** Three places: what an AUC of some thousand profiles can tell. */
export function formatAuc(auc: number, language: string): string {
  return auc.toLocaleString(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/** A factor with two figures that matter: 0.35, 2.4, 12. */
export function formatFactor(factor: number, language: string): string {
  return factor.toLocaleString(language, { maximumSignificantDigits: 2 });
}

/** An end of a range of values: short, whatever its size. */
export function formatBound(value: number, language: string): string {
  return value.toLocaleString(language, { maximumSignificantDigits: 5 });
}

export type Grade = 'none' | 'weak' | 'fair' | 'good' | 'strong';

/** What an AUC is called; one whose interval holds chance is none, however high it looks. */
export function gradeOf(auc: number, low: number): Grade {
  if (low <= 0.5 || auc < 0.55) return 'none';
  if (auc < 0.65) return 'weak';
  if (auc < 0.75) return 'fair';
  return auc < 0.9 ? 'good' : 'strong';
}
