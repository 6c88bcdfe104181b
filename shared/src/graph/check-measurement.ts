import type { AnyManifest, CheckContext } from '../node-contract/manifest.ts';
import type { GraphNode, Measurement, Problem } from './graph.ts';

/** What the measurement of a flow leaves unclear; an event that has not arrived yet is only worth a look. */
export function checkMeasurement(measurement: Measurement | undefined, { events }: CheckContext): Problem[] {
  if (measurement === undefined) return [];
  const { clickEvent, conversionEvent, valueProperty, currency } = measurement;
  const problems: Problem[] = [];
  if (valueProperty !== undefined && conversionEvent === undefined)
    problems.push({ code: 'measurement-value-without-conversion', severity: 'error' });
  if (valueProperty !== undefined && currency === undefined)
    problems.push({ code: 'measurement-currency-missing', severity: 'error' });
  for (const event of new Set([clickEvent, conversionEvent]))
    if (event !== undefined && events.size > 0 && !events.has(event))
      problems.push({ code: 'measurement-event-unseen', severity: 'warning', values: { event } });
  return problems;
}

/** An experiment that compares by conversions, in a flow that counts none, would never find a winner. */
export function checkMetric(node: GraphNode, manifest: AnyManifest, measurement: Measurement | undefined): Problem[] {
  const isUncounted = measurement?.conversionEvent === undefined;
  return isUncounted && manifest.winner?.(node.params)?.metric === 'conversion'
    ? [{ code: 'winner-without-conversion', severity: 'error', node: node.id }]
    : [];
}
