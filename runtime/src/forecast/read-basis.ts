import type { Graph } from '@sluice/shared/graph';
import type { ForecastBasis, RateSource } from '@sluice/shared/http-api';
import { PRODUCT_EVENTS } from '@sluice/shared/model';
import type { ManifestIndex, TriggerPlan } from '@sluice/shared/node-contract';
import { DAY_MS } from '@sluice/shared/time';
import { type DeliveryRecord, deliveries } from '../channels/delivery-record.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';
import { toEventFacts } from '../matching/event-consumer.ts';
import { compileWhere } from '../matching/match-awaits.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import type { DrawnRate, ForecastOrder } from './forecast-message.ts';
import type { ListenedPattern } from './listened-events.ts';

/** Messages, runs or people that a rate is read from; a share of so many is known to about a percent. */
const MOST_LOOKED_AT = 5000;
/** Of fewer nothing is concluded, and the next wider source is asked. */
const FEWEST = 30;
const MOST_SAMPLES = 200;
/** What was sent this lately is left out while there is enough that is older: its answers are not all in. */
const SETTLED_MS = DAY_MS;

/** Somebody to whom something may have happened since an instant. */
interface Asked {
  profileId: string;
  since: Date;
  deliveryId?: string;
}

export interface BasisQuery {
  flowId: string;
  graph: Graph;
  listened: readonly ListenedPattern[];
  plans: readonly { node: string; plan: TriggerPlan }[];
  now: number;
  days: number;
  timeZone: string;
  replayMs: number;
}

/** What history says, and what only the drawing of it needs. */
export interface ReadBasis {
  basis: ForecastBasis;
  rates: DrawnRate[];
  samples: ForecastOrder['samples'];
}

/** Whole weeks, so that replayed days keep their weekdays and hours. */
export function replaySpan(days: number): number {
  return Math.ceil(days / 7) * 7 * DAY_MS;
}

/** How long after a message or an entry an event still counts as its answer. */
export function responseSpan(days: number): number {
  return Math.min(days, 14) * DAY_MS;
}

/**
 * Rates of the past for everything the graph listens to: by message node where this node has sent enough, else by the flow,
 * else by all that was sent; without a message by the flow's own runs that were sent nothing, else by people at large. A
 * fixed number of queries per event and node, each over a bounded sample.
 */
export async function readBasis(database: Database, manifests: ManifestIndex, query: BasisQuery): Promise<ReadBasis> {
  const { graph, flowId, listened, now, days, timeZone } = query;
  const withinMs = responseSpan(days);
  const messageNodes = graph.nodes.filter(({ kind, isDisabled }) => !isDisabled && manifests.get(kind)?.message);
  const rates: (DrawnRate & { source: RateSource })[] = [];
  const samples: ForecastOrder['samples'] = {};

  const entrants = await readEntrants(database, query, withinMs);
  // Nobody opens what he was not sent.
  for (const pattern of listened)
    if (!PRODUCT_EVENTS.has(pattern.event))
      rates.push({
        key: pattern.key,
        node: null,
        ...(await measure(pattern, entrants.asked)),
        source: entrants.source,
      });
  for (const { id: node } of messageNodes) {
    const sent = await readSent(database, flowId, node, now);
    for (const pattern of listened)
      rates.push({ key: pattern.key, node, ...(await measure(pattern, sent.asked)), source: sent.source });
  }

  return {
    basis: {
      events: listened.map(({ key, event, where }) => ({ key, event, where })),
      messageNodes: messageNodes.map(({ id: node }) => ({ node, channel: 'email' })),
      rates: rates.map(({ key, node, share, medianMs, source }) => ({ key, node, share, medianMs, source })),
      channels: [await readDelivered(database, flowId)],
      arrivals: await readArrivals(database, query),
      callNodes: graph.nodes
        .filter(({ kind, params, isDisabled }) => !isDisabled && manifests.get(kind)?.call?.(params))
        .map(({ id }) => id),
    },
    rates: rates.map(({ key, node, share, medianMs, p90Ms }) => ({
      key,
      node,
      share,
      medianMs,
      ...(p90Ms !== undefined && { p90Ms }),
    })),
    samples,
  };

  /** How many of those asked about did it, and how fast. */
  async function measure(pattern: ListenedPattern, asked: readonly Asked[]): Promise<Omit<DrawnRate, 'key' | 'node'>> {
    if (asked.length === 0) return { share: 0, medianMs: DAY_MS };
    const passes = compileWhere(pattern.where, { now, timeZone });
    const since = new Date(Math.min(...asked.map((one) => one.since.getTime())));
    const records = await database
      .collection(events)
      .find({
        profileId: { $in: [...new Set(asked.map(({ profileId }) => profileId))] },
        name: pattern.event,
        at: { $gte: since },
      })
      .limit(MOST_LOOKED_AT * 10)
      .toArray();
    const byProfile = Map.groupBy(records, ({ profileId }) => profileId);
    const kept = (samples[pattern.key] ??= []);
    const delays = asked.flatMap(({ profileId, since: from, deliveryId }) => {
      const first = (byProfile.get(profileId) ?? [])
        .filter(({ at, properties }) => {
          const afterMs = at.getTime() - from.getTime();
          const isOwn =
            deliveryId === undefined || !PRODUCT_EVENTS.has(pattern.event) || properties['deliveryId'] === deliveryId;
          return afterMs >= 0 && afterMs <= withinMs && isOwn;
        })
        .toSorted((a, b) => a.at.getTime() - b.at.getTime())
        .find((record) => passes(toEventFacts(record).properties));
      if (!first) return [];
      if (kept.length < MOST_SAMPLES) kept.push({ ...toEventFacts(first).properties });
      return [first.at.getTime() - from.getTime()];
    });
    const sorted = delays.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    const p90Ms = at(0.9);
    return {
      share: delays.length / asked.length,
      medianMs: at(0.5) ?? DAY_MS,
      ...(sorted.length >= 10 && p90Ms !== undefined && { p90Ms }),
    };
  }
}

/** People who entered this flow and were sent nothing; where there are few, people at large over the same time. */
async function readEntrants(
  database: Database,
  { flowId, now }: BasisQuery,
  withinMs: number,
): Promise<{ asked: Asked[]; source: RateSource }> {
  const entered = await database
    .collection(runs)
    .find({ flowId })
    .project<{ profileId: string; enteredAt: Date; reachedAt?: Date }>({ profileId: 1, enteredAt: 1, reachedAt: 1 })
    .limit(MOST_LOOKED_AT * 5)
    .toArray();
  const untouched = entered.filter(({ reachedAt }) => reachedAt === undefined).slice(0, MOST_LOOKED_AT);
  if (untouched.length >= FEWEST) {
    const asked = untouched.map(({ profileId, enteredAt }) => ({ profileId, since: enteredAt }));
    return { asked, source: { kind: 'flow', count: asked.length } };
  }
  const people = await samplePeople(database);
  const since = new Date(now - withinMs);
  return {
    asked: people.map(({ _id }) => ({ profileId: _id, since })),
    source: { kind: people.length > 0 ? 'people' : 'none', count: people.length },
  };
}

/** The newest messages of the node, else of its flow, else of all flows, that were sent. */
async function readSent(
  database: Database,
  flowId: string,
  node: string,
  now: number,
): Promise<{ asked: Asked[]; source: RateSource }> {
  const read = async (filter: object, limit: number) =>
    (
      await database
        .collection(deliveries)
        .find(filter)
        .project<Pick<DeliveryRecord, '_id' | 'profileId' | 'nodeId' | 'status' | 'at'>>({
          profileId: 1,
          nodeId: 1,
          status: 1,
          at: 1,
        })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .toArray()
    ).filter(({ status }) => status === 'sent');
  const ofFlow = await read({ flowId }, MOST_LOOKED_AT * 10);
  const ofNode = ofFlow.filter(({ nodeId }) => nodeId === node);
  const sources = [
    { kind: 'node' as const, read: async () => ofNode },
    { kind: 'flow' as const, read: async () => ofFlow },
    { kind: 'workspace' as const, read: async () => read({}, MOST_LOOKED_AT * 2) },
  ];
  for (const { kind, read: found } of sources) {
    const sent = await found();
    if (sent.length < FEWEST) continue;
    const settled = sent.filter(({ at }) => at.getTime() <= now - SETTLED_MS);
    const used = (settled.length >= FEWEST ? settled : sent).slice(0, MOST_LOOKED_AT);
    const asked = used.map(({ _id, profileId, at }) => ({ profileId, since: at, deliveryId: _id }));
    return { asked, source: { kind, count: asked.length } };
  }
  return { asked: [], source: { kind: 'none', count: 0 } };
}

/** Of messages that were handed over, how many did not come back. */
async function readDelivered(database: Database, flowId: string): Promise<ForecastBasis['channels'][number]> {
  for (const [kind, filter] of [
    ['flow', { flowId }],
    ['workspace', {}],
  ] as const) {
    const found = await database
      .collection(deliveries)
      .find(filter)
      .project<Pick<DeliveryRecord, 'status'>>({ status: 1 })
      .sort({ at: -1, _id: -1 })
      .limit(MOST_LOOKED_AT)
      .toArray();
    const over = found.filter(({ status }) => status === 'sent' || status === 'failed');
    if (over.length < FEWEST) continue;
    const deliveredShare = over.filter(({ status }) => status === 'sent').length / over.length;
    return { channel: 'email', deliveredShare, source: { kind, count: over.length } };
  }
  return { channel: 'email', deliveredShare: 1, source: { kind: 'none', count: 0 } };
}

/** Some people at large. Ids are derived from a hash, so that the first of them are a fair sample. */
function samplePeople(database: Database): Promise<{ _id: string }[]> {
  return database
    .collection(profiles)
    .find({})
    .project<{ _id: string }>({ _id: 1 })
    .sort({ _id: 1 })
    .limit(MOST_LOOKED_AT)
    .toArray();
}

/** How many come by day to triggers that wait for them. Those who call from outside leave nothing that could be counted. */
async function readArrivals(
  database: Database,
  { plans, now, replayMs, timeZone }: BasisQuery,
): Promise<ForecastBasis['arrivals']> {
  const found: ForecastBasis['arrivals'] = [];
  for (const { node: trigger, plan } of plans) {
    const { start } = plan;
    if (start.kind === 'call') found.push({ trigger, perDay: 0, source: { kind: 'none', count: 0 } });
    if (start.kind !== 'event') continue;
    const sample = await samplePeople(database);
    const total = await database.collection(profiles).estimatedDocumentCount();
    const passes = compileWhere(start.where, { now, timeZone });
    const happened = await database
      .collection(events)
      .find({
        profileId: { $in: sample.map(({ _id }) => _id) },
        name: start.event,
        at: { $gte: new Date(now - replayMs), $lte: new Date(now) },
      })
      .limit(MOST_LOOKED_AT * 10)
      .toArray();
    const count = happened.filter((record) => passes(toEventFacts(record).properties)).length;
    const perDay = sample.length === 0 ? 0 : (count * (total / sample.length) * DAY_MS) / replayMs;
    found.push({ trigger, perDay, source: { kind: count > 0 ? 'people' : 'none', count } });
  }
  return found;
}
