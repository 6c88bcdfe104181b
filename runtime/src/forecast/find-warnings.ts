import {
  FORECAST_WARNINGS,
  type ForecastBasis,
  type ForecastSettings,
  type ForecastWarning,
} from '@sluice/shared/http-api';
import type { Graph } from '@sluice/shared/graph';
import type { ForecastResult } from '@sluice/shared/http-api';
import type { ManifestIndex } from '@sluice/shared/node-contract';
import type { Totals } from './counters.ts';

type Found = Omit<ForecastResult, 'warnings' | 'tookMs'>;

/** What somebody should look at before this is published, worst first. Pure. */
export function findWarnings(
  result: Found,
  {
    graph,
    manifests,
    settings,
    basis,
    totals,
  }: {
    graph: Graph;
    manifests: ManifestIndex;
    settings: ForecastSettings;
    basis: ForecastBasis;
    totals: Pick<Totals, 'unanswered'>;
  },
): ForecastWarning[] {
  const warnings: ForecastWarning[] = [];
  for (const { trigger, perDay, source } of basis.arrivals)
    if (perDay === 0 && source.kind === 'none') warnings.push({ code: 'arrivals-unknown', node: trigger });
  if (result.runs === 0) warnings.push({ code: 'audience-empty', values: { profiles: result.profiles } });
  for (const { channel, asked, sent, peak, suppressed } of result.messages) {
    if (asked > 0 && sent === 0)
      warnings.push({ code: 'all-held-back', values: { asked, channel, reason: suppressed[0]?.reason ?? '' } });
    const limit = settings.channels.find((one) => one.channel === channel)?.perMinute;
    if (peak && limit !== undefined && peak.perMinute > limit)
      warnings.push({
        code: 'rate-over-limit',
        values: { channel, perMinute: peak.perMinute, limit, at: peak.at, minutes: Math.ceil(peak.perMinute / limit) },
      });
  }
  for (const { node, by, count, waiting } of result.held) {
    const entered = result.nodes.find((one) => one.node === node)?.entered ?? 0;
    if (entered > 0 && waiting === entered)
      warnings.push({ code: 'all-held-back', node, values: { asked: entered, by, count } });
  }
  for (const { node, taken, stock, usedUpAt } of result.nodeCosts)
    if (stock !== null && taken > stock)
      warnings.push({ code: 'stock-short', node, values: { taken, stock, short: taken - stock, at: usedUpAt ?? '' } });
  for (const { node, failed, problem } of result.nodes)
    if (failed > 0) warnings.push({ code: 'steps-fail', node, values: { failed, problem: problem ?? '' } });
  for (const [node, count] of Object.entries(totals.unanswered))
    warnings.push({ code: 'no-answer', node, values: { calls: count } });
  for (const { node, entered, left, waiting } of result.nodes) {
    const found = graph.nodes.find(({ id }) => id === node);
    const manifest = found && manifests.get(found.kind);
    // While somebody still stands there, more may go that way.
    if (!found || !manifest || found.isDisabled || entered === 0 || waiting === entered) continue;
    const connected = new Set(graph.edges.filter(({ from }) => from === node).map(({ port }) => port));
    for (const { id: port } of manifest.ports(found.params))
      if (connected.has(port) && (left[port] ?? 0) === 0)
        warnings.push({ code: 'port-unused', node, port, values: { entered } });
  }
  const given = new Set(settings.rates.map(({ key, node }) => `${node} ${key}`));
  for (const { node } of basis.messageNodes) {
    const isUnknown = ({ source, key }: ForecastBasis['rates'][number]) =>
      source.kind === 'none' && !given.has(`${node} ${key}`);
    const sent = result.sentBy.find((one) => one.node === node)?.sent ?? 0;
    if (sent > 0 && basis.rates.some((rate) => rate.node === node && isUnknown(rate)))
      warnings.push({ code: 'no-history', node });
  }
  return warnings.toSorted((a, b) => FORECAST_WARNINGS.indexOf(a.code) - FORECAST_WARNINGS.indexOf(b.code));
}
