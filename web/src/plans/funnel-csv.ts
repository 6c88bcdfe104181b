import type { Funnel } from '@sluice/shared/http-api';
import { writeSpreadsheet } from '../ui/spreadsheet.ts';
import { FUNNEL_STAGES } from './funnel-stages.ts';

/** The funnel as a table for a spreadsheet. */
export function funnelCsv(funnel: Pick<Funnel, 'rows' | 'currency'>, headings: readonly string[]): string {
  const rows = funnel.rows.map((row) => [
    row.name,
    ...FUNNEL_STAGES.map((stage) => row[stage]),
    row.value,
    funnel.currency ?? '',
  ]);
  return writeSpreadsheet([headings, ...rows]);
}
