import type { Graph } from '@sluice/shared/graph';
import type { ForecastBasis, ForecastResult, ForecastSettings, ListenedEvent } from '@sluice/shared/http-api';
import type { ManifestIndex } from '@sluice/shared/node-contract';
import { HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import type { Totals } from './counters.ts';
import { findWarnings } from './find-warnings.ts';
import { startOfHour } from './forecast-engine.ts';

export interface SumUpQuery {
  graph: Graph;
  manifests: ManifestIndex;
  settings: ForecastSettings;
  basis: ForecastBasis;
  listened: readonly ListenedEvent[];
  /** Unix milliseconds. */
  startAt: number;
  endAt: number;
  tookMs: number;
}

/** What the counts mean: money, stock, who is held back, and what is worth a look. Pure. */
export function sumUp(totals: Totals, query: SumUpQuery): ForecastResult {
  const { graph, manifests, settings, startAt, endAt } = query;
  const firstHour = startOfHour(startAt);
  const nodes = graph.nodes.map(({ id: node }) => ({ node, ...(totals.nodes[node] ?? EMPTY) }));
  const enteredOf = (node: string) => totals.nodes[node]?.entered ?? 0;
  const { perThousandMinor = 0 } = settings.channels.find(({ channel }) => channel === 'email') ?? {};
  const messagesMinor = Math.round((totals.sent * perThousandMinor) / 1000);
  const nodeCosts = settings.nodes
    .filter(({ node }) => totals.nodes[node] !== undefined)
    .map(({ node, unitMinor = 0, stock = null }) => ({
      node,
      taken: enteredOf(node),
      costMinor: enteredOf(node) * unitMinor,
      stock,
      usedUpAt: stock === null ? null : usedUpAt(totals, graph, node, stock, firstHour),
    }));
  const sendsMessages = query.basis.messageNodes.length > 0 || totals.asked > 0;
  const found = {
    startAt: new Date(firstHour).toISOString(),
    endAt: new Date(endAt).toISOString(),
    hours: totals.hours,
    profiles: totals.profiles,
    entered: totals.entered,
    runs: totals.runs,
    ended: totals.ended,
    refused: Object.entries(totals.refused).flatMap(([trigger, reasons]) =>
      Object.entries(reasons).map(([reason, count]) => ({ trigger, reason, count })),
    ),
    nodes,
    messages: sendsMessages
      ? [
          {
            channel: 'email' as const,
            asked: totals.asked,
            suppressed: Object.entries(totals.suppressed).map(([reason, count]) => ({ reason, count })),
            sent: totals.sent,
            undelivered: totals.undelivered,
            peak: peakOf(totals, firstHour),
            costMinor: messagesMinor,
          },
        ]
      : [],
    sentBy: Object.entries(totals.sentBy).map(([node, sent]) => ({ node, sent })),
    held: graph.nodes.flatMap(({ id: node, kind }) => {
      const by = manifests.get(kind)?.holdsFor;
      const { waited, waitedMs, waiting } = totals.nodes[node] ?? EMPTY;
      if (!by || waited === 0) return [];
      return [{ node, by, count: waited, meanMs: waited > waiting ? waitedMs / (waited - waiting) : 0, waiting }];
    }),
    outcomes: query.listened.map(({ key, event }) => ({ key, event, people: totals.outcomes[key] ?? 0 })),
    clicked: totals.clicked,
    converted: totals.converted,
    valueMinor: totals.valueMinor,
    nodeCosts,
    costMinor: messagesMinor + nodeCosts.reduce((sum, { costMinor }) => sum + costMinor, 0),
  };
  return { ...found, warnings: findWarnings(found, { ...query, totals }), tookMs: query.tookMs };
}

const EMPTY = { entered: 0, left: {}, ended: 0, waiting: 0, failed: 0, waited: 0, waitedMs: 0 };

function peakOf({ sentByMinute }: Totals, firstHour: number): { at: string; perMinute: number } | null {
  let minute = 0;
  for (let at = 1; at < sentByMinute.length; at += 1)
    if ((sentByMinute[at] ?? 0) > (sentByMinute[minute] ?? 0)) minute = at;
  const perMinute = sentByMinute[minute] ?? 0;
  return perMinute === 0 ? null : { at: new Date(firstHour + minute * MINUTE_MS).toISOString(), perMinute };
}

/** The hour in which the last one goes. */
function usedUpAt(
  { enteredByHour, hours }: Totals,
  graph: Graph,
  node: string,
  stock: number,
  firstHour: number,
): string | null {
  const row = graph.nodes.findIndex(({ id }) => id === node);
  let taken = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    taken += enteredByHour[row * hours + hour] ?? 0;
    if (taken > stock) return new Date(firstHour + hour * HOUR_MS).toISOString();
  }
  return null;
}
