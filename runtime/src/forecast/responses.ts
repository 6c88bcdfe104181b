import { PRODUCT_EVENTS } from '@sluice/shared/model';
import type { EventFacts } from '@sluice/shared/node-contract';
import { propertiesFor } from '../sandbox/solve-condition.ts';
import type { Draw } from '@sluice/shared/random';
import { addedShare, drawDelay } from './draw.ts';
import type { DrawnRate, ForecastOrder } from './forecast-message.ts';
import type { ListenedPattern } from './listened-events.ts';

/** An event that is going to happen to a subject. */
export interface DrawnEvent {
  key: string;
  name: string;
  afterMs: number;
  properties: Record<string, unknown>;
}

/** Draws what people do: by themselves once they have entered, and in answer to messages. */
export interface Responses {
  onEntry(run: RunStart, draw: Draw, now: number): DrawnEvent[];
  onMessage(node: string, run: RunStart, origin: Record<string, unknown>, draw: Draw, now: number): DrawnEvent[];
}

/** The event that a run began with, whose key what follows must share. */
interface RunStart {
  event?: EventFacts;
  firstEvent?: EventFacts;
}

export function createResponses(
  order: Pick<ForecastOrder, 'listened' | 'samples' | 'rates' | 'withinMs' | 'timeZone'>,
): Responses {
  const { withinMs, timeZone } = order;
  const own = order.listened.flatMap((pattern) => {
    const rate = order.rates.find(({ key, node }) => key === pattern.key && node === null);
    return rate && rate.share > 0 ? [{ pattern, rate }] : [];
  });
  const ownShare = new Map(own.map(({ pattern, rate }) => [pattern.key, rate.share]));
  const byNode = new Map<string, { pattern: ListenedPattern; rate: DrawnRate; added: number }[]>();
  for (const rate of order.rates) {
    const pattern = order.listened.find(({ key }) => key === rate.key);
    if (!pattern || rate.node === null) continue;
    const added = addedShare(rate.share, ownShare.get(rate.key) ?? 0);
    if (added > 0) byNode.set(rate.node, [...(byNode.get(rate.node) ?? []), { pattern, rate, added }]);
  }

  const event = (
    { key, event: name, where, same }: ListenedPattern,
    { medianMs, p90Ms }: DrawnRate,
    run: RunStart,
    draw: Draw,
    now: number,
  ): DrawnEvent => {
    const samples = order.samples[key] ?? [];
    const sample = samples.length > 0 ? samples[Math.floor(draw() * samples.length)] : undefined;
    const properties = { ...(sample ?? propertiesFor(where, { now, timeZone })) };
    const first = run.firstEvent ?? run.event;
    for (const { property, of } of same)
      if (first && of in first.properties) properties[property] = first.properties[of];
    const afterMs = drawDelay({ medianMs, ...(p90Ms !== undefined && { p90Ms }), withinMs }, draw);
    return { key, name, afterMs, properties };
  };

  return {
    onEntry: (run, draw, now) =>
      own.flatMap(({ pattern, rate }) => (draw() < rate.share ? [event(pattern, rate, run, draw, now)] : [])),
    onMessage: (node, run, origin, draw, now) =>
      (byNode.get(node) ?? []).flatMap(({ pattern, rate, added }) => {
        if (draw() >= added) return [];
        const drawn = event(pattern, rate, run, draw, now);
        return [PRODUCT_EVENTS.has(drawn.name) ? { ...drawn, properties: { ...drawn.properties, ...origin } } : drawn];
      }),
  };
}
