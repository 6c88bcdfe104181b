import type { ForecastHours } from '@sluice/shared/http-api';
import { HOUR_MS } from '@sluice/shared/time';
import { writeSpreadsheet } from '../ui/spreadsheet.ts';

/** One line for each node and hour in which somebody comes there, and for each hour in which something is sent. Pure. */
export function hoursCsv(
  { startAt, nodes, channels }: ForecastHours,
  headings: readonly string[],
  titleOf: (node: string) => string,
  spell: (at: number) => string,
  sentTitle: string,
): string {
  const start = Date.parse(startAt);
  const rowsOf = (title: string, pairs: readonly number[]) =>
    pairs.flatMap((hour, index) =>
      index % 2 === 0 ? [[spell(start + hour * HOUR_MS), title, pairs[index + 1] ?? 0] as const] : [],
    );
  return writeSpreadsheet([
    headings,
    ...nodes.flatMap(({ node, entered }) => rowsOf(titleOf(node), entered)),
    ...channels.flatMap(({ sent }) => rowsOf(sentTitle, sent)),
  ]);
}

/** Pairs of hour and count as one figure for each step of time, `hoursPerStep` long. Pure. */
export function stepsOf(pairs: readonly number[], hours: number, hoursPerStep: number, offsetHours = 0): number[] {
  const steps = Array.from({ length: Math.ceil((hours + offsetHours) / hoursPerStep) }, () => 0);
  for (let at = 0; at < pairs.length; at += 2) {
    const step = Math.floor(((pairs[at] ?? 0) + offsetHours) / hoursPerStep);
    steps[step] = (steps[step] ?? 0) + (pairs[at + 1] ?? 0);
  }
  return steps;
}
