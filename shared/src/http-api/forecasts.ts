import { type Static, Type } from 'typebox';
import { PropertyFilter } from '../condition/ast.ts';
import { Graph, GraphId } from '../graph/graph.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';
import { GraphChoice } from './sandbox.ts';
import { MockReply } from './scenario.ts';

const CLOSED = { additionalProperties: false } as const;
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Share = Type.Number({ minimum: 0, maximum: 1 });
/** A longer forecast would rest on nothing; its hours still fit into one document. */
export const MOST_FORECAST_DAYS = 92;
const Key = Type.String({ minLength: 1, maxLength: 4000 });
const Channel = Type.Literal('email');
const Minor = Type.Integer({ minimum: 0, maximum: 1e12 });

/** An event that the flow looks at after people have entered: a wait, a goal, a condition, or what counts as success. */
export const ListenedEvent = Type.Object({
  /** Names it in rates; the event's own name where no filter narrows it. */
  key: Type.String(),
  event: Type.String(),
  where: Type.Array(Type.Unsafe<PropertyFilter>(PropertyFilter)),
});
export type ListenedEvent = Static<typeof ListenedEvent>;

/**
 * How many do something. With a node: of those who were sent its message, whether because of it or not. Without one: of
 * those who enter the flow, as long as nothing is sent to them. Half of those who do it have done so after `medianMs`.
 */
export const EventRate = Type.Object(
  {
    key: Key,
    node: OrNull(GraphId),
    share: Share,
    medianMs: Type.Integer({ minimum: 0, maximum: MOST_FORECAST_DAYS * 86_400_000 }),
  },
  CLOSED,
);
export type EventRate = Static<typeof EventRate>;

/** Where a figure comes from; `count` is how many messages or people it rests on. `given`: somebody entered it. */
export const RateSource = Type.Object({
  kind: Type.Union([
    Type.Literal('node'),
    Type.Literal('flow'),
    Type.Literal('workspace'),
    Type.Literal('people'),
    Type.Literal('given'),
    Type.Literal('none'),
  ]),
  count: Type.Integer(),
});
export type RateSource = Static<typeof RateSource>;

/** People who come to a trigger by themselves, by day; drawn from everybody whom the trigger takes. */
const Arrivals = Type.Object({ trigger: GraphId, perDay: Type.Number({ minimum: 0, maximum: 1e8 }) }, CLOSED);

/** What history says about a flow, before anybody changes it. */
export const ForecastBasis = Type.Object({
  events: Type.Array(ListenedEvent),
  /** Nodes that send a message. */
  messageNodes: Type.Array(Type.Object({ node: Type.String(), channel: Channel })),
  rates: Type.Array(Type.Object({ ...EventRate.properties, source: RateSource })),
  channels: Type.Array(Type.Object({ channel: Channel, deliveredShare: Type.Number(), source: RateSource })),
  /** Of triggers that wait for people: how many came by day in the time that is replayed. */
  arrivals: Type.Array(Type.Object({ trigger: Type.String(), perDay: Type.Number(), source: RateSource })),
  /** Nodes that ask somebody else, and wait for the answer. */
  callNodes: Type.Array(Type.String()),
});
export type ForecastBasis = Static<typeof ForecastBasis>;

/** All that a forecast depends on besides the people. What is not named comes from history, or costs nothing. */
export const ForecastSettings = Type.Object(
  {
    days: Type.Integer({ minimum: 1, maximum: MOST_FORECAST_DAYS }),
    /** When the virtual clock starts; absent: now. */
    startAt: Type.Optional(Type.String({ format: 'date-time' })),
    /** The same seed, people and figures give the same forecast. */
    seed: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
    rates: Type.Array(EventRate, { maxItems: 2000 }),
    arrivals: Type.Array(Arrivals, { maxItems: 100 }),
    /** How those answer who are asked, by share; the rest fails. */
    answers: Type.Array(
      Type.Object(
        {
          node: GraphId,
          replies: Type.Array(Type.Object({ share: Share, reply: MockReply }, CLOSED), { maxItems: 20 }),
        },
        CLOSED,
      ),
      { maxItems: 200 },
    ),
    channels: Type.Array(
      Type.Object(
        {
          channel: Channel,
          deliveredShare: Type.Optional(Share),
          /** Minor units of the currency for a thousand messages. */
          perThousandMinor: Type.Optional(Minor),
          /** The most that the provider takes in a minute. */
          perMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 1e7 })),
        },
        CLOSED,
      ),
      { maxItems: 10 },
    ),
    /** What each pass of a node costs, and how many are in stock: coupons, prizes, calls that are paid for. */
    nodes: Type.Array(
      Type.Object(
        {
          node: GraphId,
          unitMinor: Type.Optional(Minor),
          stock: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9 })),
        },
        CLOSED,
      ),
      { maxItems: 200 },
    ),
    /** ISO 4217. */
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  CLOSED,
);
export type ForecastSettings = Static<typeof ForecastSettings>;

/** What is worth a look, worst first. Texts: `forecast.warnings.<code>`. */
export const FORECAST_WARNINGS = [
  'audience-empty',
  'all-held-back',
  'rate-over-limit',
  'stock-short',
  'steps-fail',
  'no-answer',
  'arrivals-unknown',
  'port-unused',
  'no-history',
] as const;
export const ForecastWarning = Type.Object({
  code: Type.Unsafe<(typeof FORECAST_WARNINGS)[number]>(
    Type.Union(FORECAST_WARNINGS.map((code) => Type.Literal(code))),
  ),
  node: Type.Optional(Type.String()),
  port: Type.Optional(Type.String()),
  values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
});
export type ForecastWarning = Static<typeof ForecastWarning>;

export const ForecastNode = Type.Object({
  node: Type.String(),
  entered: Type.Integer(),
  left: Type.Record(Type.String(), Type.Integer()),
  ended: Type.Integer(),
  /** Who still stands there when the forecast ends. */
  waiting: Type.Integer(),
  failed: Type.Integer(),
  /** Visits that had to wait, and for how long those that went on did, together. */
  waited: Type.Integer(),
  waitedMs: Type.Number(),
  /** Of one that failed: what the first failure said. */
  problem: Type.Optional(Type.String()),
});
export type ForecastNode = Static<typeof ForecastNode>;

const Counted = Type.Object({ reason: Type.String(), count: Type.Integer() });

export const ForecastResult = Type.Object({
  /** The first hour. */
  startAt: Type.String(),
  endAt: Type.String(),
  hours: Type.Integer(),
  /** Profiles that were looked at, those of them that entered, and runs: who enters twice has two. */
  profiles: Type.Integer(),
  entered: Type.Integer(),
  runs: Type.Integer(),
  ended: Type.Integer(),
  refused: Type.Array(Type.Object({ trigger: Type.String(), ...Counted.properties })),
  nodes: Type.Array(ForecastNode),
  messages: Type.Array(
    Type.Object({
      channel: Channel,
      /** Messages that nodes ask for; of them suppressed, sent, and sent without arriving. */
      asked: Type.Integer(),
      suppressed: Type.Array(Counted),
      sent: Type.Integer(),
      undelivered: Type.Integer(),
      /** The busiest minute; null where nothing is sent. */
      peak: OrNull(Type.Object({ at: Type.String(), perMinute: Type.Integer() })),
      costMinor: Type.Integer(),
    }),
  ),
  /** Sent by node. */
  sentBy: Type.Array(Type.Object({ node: Type.String(), sent: Type.Integer() })),
  /** Visits that good hours or a rate made wait, and those still waiting at the end. */
  held: Type.Array(
    Type.Object({
      node: Type.String(),
      by: Type.Union([Type.Literal('hours'), Type.Literal('rate')]),
      count: Type.Integer(),
      meanMs: Type.Number(),
      waiting: Type.Integer(),
    }),
  ),
  /** People who did what the flow listens to, after they had entered. */
  outcomes: Type.Array(Type.Object({ key: Type.String(), event: Type.String(), people: Type.Integer() })),
  /** As the flow measures itself. */
  clicked: Type.Integer(),
  converted: Type.Integer(),
  valueMinor: Type.Number(),
  nodeCosts: Type.Array(
    Type.Object({
      node: Type.String(),
      taken: Type.Integer(),
      costMinor: Type.Integer(),
      stock: OrNull(Type.Integer()),
      /** When the stock is used up; null where it lasts. */
      usedUpAt: OrNull(Type.String()),
    }),
  ),
  costMinor: Type.Integer(),
  warnings: Type.Array(ForecastWarning),
  tookMs: Type.Integer(),
});
export type ForecastResult = Static<typeof ForecastResult>;

export const ForecastStatus = Type.Union([
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
]);

const SUMMARY = {
  id: Type.String(),
  flowId: Type.String(),
  status: ForecastStatus,
  /** What is under way: reading history, then people. */
  phase: Type.Union([Type.Literal('history'), Type.Literal('people')]),
  /** 0 to 1. */
  progress: Type.Number(),
  profiles: Type.Integer(),
  startedAt: Type.String(),
  finishedAt: OrNull(Type.String()),
  createdBy: Type.String(),
  /** The published version; null for a draft. */
  version: OrNull(Type.Integer()),
  /** Why it failed, for people. */
  problem: OrNull(Type.Object({ 'en-US': Type.String(), 'zh-CN': Type.String() })),
  settings: ForecastSettings,
};

export const ForecastSummary = Type.Object(SUMMARY);
export type ForecastSummary = Static<typeof ForecastSummary>;

/** `graph` is the one that was forecast; `basis` the figures it used, given ones included. */
export const Forecast = Type.Object({
  ...SUMMARY,
  result: OrNull(ForecastResult),
  graph: Graph,
  basis: OrNull(ForecastBasis),
});
export type Forecast = Static<typeof Forecast>;

/** Counts by hour as pairs: how many hours after the start, and the count; hours without any are left out. */
const Series = Type.Array(Type.Integer());
export const ForecastHours = Type.Object({
  startAt: Type.String(),
  hours: Type.Integer(),
  nodes: Type.Array(Type.Object({ node: Type.String(), entered: Series })),
  channels: Type.Array(Type.Object({ channel: Channel, sent: Series })),
});
export type ForecastHours = Static<typeof ForecastHours>;

const FlowParam = Type.Object({ flowId: Type.String({ maxLength: 64 }) });
const ForecastParam = Type.Object({
  flowId: Type.String({ maxLength: 64 }),
  forecastId: Type.String({ pattern: '^[0-9A-Za-z]{1,40}$' }),
});
const Makers = ['administrator', 'operator', 'developer', 'tester'] as const;
const Readers = [...Makers, 'analyst'] as const;

export const forecastRoutes = {
  forecastBasis: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/forecast-basis',
    access: Makers,
    tag: 'forecasts',
    summary: 'What a forecast of this graph would rest on: rates, arrivals and deliveries of the past',
    params: FlowParam,
    body: Type.Object({ ...GraphChoice, days: ForecastSettings.properties.days }, CLOSED),
    reply: ForecastBasis,
  }),
  listForecasts: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/forecasts',
    access: Readers,
    tag: 'forecasts',
    summary: 'Forecasts of a flow, newest first',
    params: FlowParam,
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(ForecastSummary),
  }),
  startForecast: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/forecasts',
    access: Makers,
    tag: 'forecasts',
    summary:
      'Send the whole audience through a graph in virtual time, in the background; nothing but the result is written',
    params: FlowParam,
    body: Type.Object({ ...GraphChoice, settings: ForecastSettings }, CLOSED),
    reply: Forecast,
  }),
  getForecast: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/forecasts/:forecastId',
    access: Readers,
    tag: 'forecasts',
    summary: 'One forecast with its progress and result',
    params: ForecastParam,
    reply: Forecast,
  }),
  forecastHours: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/forecasts/:forecastId/hours',
    access: Readers,
    tag: 'forecasts',
    summary: 'How many come to each node, and are sent something, in each hour',
    params: ForecastParam,
    reply: ForecastHours,
  }),
  cancelForecast: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/forecasts/:forecastId/cancel',
    access: Makers,
    tag: 'forecasts',
    summary: 'Stop a forecast that is under way',
    params: ForecastParam,
    reply: Forecast,
  }),
  deleteForecast: defineRoute({
    method: 'DELETE',
    path: '/api/flows/:flowId/forecasts/:forecastId',
    access: Makers,
    tag: 'forecasts',
    summary: 'Delete a forecast; one that is under way stops',
    params: ForecastParam,
  }),
};
