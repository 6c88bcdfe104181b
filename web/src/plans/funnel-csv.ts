import type { Funnel } from '@sluice/shared/http-api';
import { FUNNEL_STAGES } from './funnel-stages.ts';

/** The funnel as a table for a spreadsheet (RFC 4180, with the byte order mark that Excel needs for Chinese). */
export function funnelCsv(funnel: Pick<Funnel, 'rows' | 'currency'>, headings: readonly string[]): string {
  const rows = funnel.rows.map((row) => [
    row.name,
    ...FUNNEL_STAGES.map((stage) => row[stage]),
    row.value,
    funnel.currency ?? '',
  ]);
  return `\uFEFF${[headings, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  // A spreadsheet would run a text that begins like a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
