import { type Static, Type } from 'typebox';
import { AttributeValue, FieldName } from '../model/attribute.ts';
import { BreachCode, WriteSource } from '../model/attribute-rule.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

/** A value that broke the rule of its attribute and was not written. */
export const QuarantinedValue = Type.Object({
  id: Type.String(),
  attribute: Type.String(),
  profileId: Type.String(),
  userId: Type.Union([Type.String(), Type.Null()]),
  /** As the caller may see it, like `current`: what the profile has now. */
  value: AttributeValue,
  current: AttributeValue,
  breach: BreachCode,
  source: WriteSource,
  at: Type.String(),
});
export type QuarantinedValue = Static<typeof QuarantinedValue>;

/** These values, or all of an attribute. */
export const QuarantineChoice = Type.Union([
  Type.Object(
    { ids: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 1000 }) },
    { additionalProperties: false },
  ),
  Type.Object({ attribute: FieldName }, { additionalProperties: false }),
]);

/** One call decides a bounded number; it is repeated while any are left. */
export const Decided = Type.Object({ done: Type.Integer(), isAnyLeft: Type.Boolean() });

const Kind = Type.Union([Type.Literal('attribute'), Type.Literal('event')]);
const OrNull = Type.Union([Type.Number(), Type.Null()]);

/** How one attribute or event arrives. Shares are 0 to 1; a swing of 0.5 is half more than usual. */
export const QualityRow = Type.Object({
  kind: Kind,
  name: Type.String(),
  lastAt: Type.String(),
  /** Values written or events stored today (UTC). */
  today: Type.Integer(),
  /** Today so far against as much of a usual day of the last 7 and 28; null without earlier days. */
  swing7: OrNull,
  swing28: OrNull,
  /** Of attributes: the share of values of the last 7 days that kept the rule, and how the others broke it. */
  conformity: OrNull,
  breaches: Type.Record(Type.String(), Type.Integer()),
  /** Of attributes: the share of profiles that have a value, from a sample of 2,000. */
  completeness: OrNull,
  /** Of events: the mean and the most of the time from happening to arriving, today. */
  lagMs: OrNull,
  mostLagMs: OrNull,
});
export type QualityRow = Static<typeof QualityRow>;

export const QualityMeasure = Type.Union([
  Type.Literal('stale-hours'),
  Type.Literal('completeness'),
  Type.Literal('conformity'),
  Type.Literal('swing'),
  Type.Literal('lag-minutes'),
  Type.Literal('wait-minutes'),
]);
export type QualityMeasure = Static<typeof QualityMeasure>;

/** What waits between the arrival of data and what follows from it. */
export const QueueName = Type.Union([
  Type.Literal('events'),
  Type.Literal('runs'),
  Type.Literal('messages'),
  Type.Literal('calls'),
]);
export type QueueName = Static<typeof QueueName>;

/** How far one of the consumers of the data is behind. */
export const QueueRow = Type.Object({
  name: QueueName,
  /** What is due and not taken yet; counted up to 10,000, `isMore` beyond. */
  waiting: Type.Integer(),
  isMore: Type.Boolean(),
  /** How long the first of it has waited; 0 when nothing waits. */
  waitMs: Type.Number(),
});
export type QueueRow = Static<typeof QueueRow>;

const WantedAlert = {
  /** A queue is watched by `wait-minutes` alone, and by its name. */
  kind: Type.Union([...Kind.anyOf, Type.Literal('queue')]),
  name: Type.String({ minLength: 1, maxLength: 128 }),
  measure: QualityMeasure,
  /** Hours, percent or minutes. */
  bound: Type.Number({ minimum: 0, maximum: 100_000 }),
  email: Type.Optional(Type.String({ maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' })),
  webhook: Type.Optional(Type.String({ maxLength: 2000, pattern: '^https?://' })),
};

export const QualityAlert = Type.Object({
  id: Type.String(),
  ...WantedAlert,
  isFiring: Type.Boolean(),
  /** At the last look, in the unit of the bound. */
  value: OrNull,
  since: Type.Union([Type.String(), Type.Null()]),
  createdBy: Type.String(),
});
export type QualityAlert = Static<typeof QualityAlert>;

const Editors = ['administrator', 'operator', 'developer'] as const;

export const qualityRoutes = {
  report: defineRoute({
    method: 'GET',
    path: '/api/quality',
    access: 'signed-in',
    tag: 'quality',
    summary: 'How fresh, complete, conforming and steady each attribute and event is',
    reply: Type.Object({ items: Type.Array(QualityRow) }),
  }),
  queues: defineRoute({
    method: 'GET',
    path: '/api/quality/queues',
    access: 'signed-in',
    tag: 'quality',
    summary: 'How far matching, flows, messages and calls are behind the data',
    reply: Type.Object({ items: Type.Array(QueueRow) }),
  }),
  listAlerts: defineRoute({
    method: 'GET',
    path: '/api/quality/alerts',
    access: 'signed-in',
    tag: 'quality',
    summary: 'Lines that the data must not cross, and where it does',
    reply: Type.Object({ items: Type.Array(QualityAlert) }),
  }),
  createAlert: defineRoute({
    method: 'POST',
    path: '/api/quality/alerts',
    access: Editors,
    tag: 'quality',
    summary: 'Draw a line; crossing it is told by e-mail or to an address, at most once an hour',
    body: Type.Object(WantedAlert, { additionalProperties: false }),
    reply: QualityAlert,
  }),
  deleteAlert: defineRoute({
    method: 'DELETE',
    path: '/api/quality/alerts/:id',
    access: Editors,
    tag: 'quality',
    summary: 'Take a line away',
    params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
  }),
  listQuarantine: defineRoute({
    method: 'GET',
    path: '/api/quarantine',
    access: 'signed-in',
    tag: 'quality',
    summary: 'Values that were set aside, latest first',
    query: Type.Object({ ...PageQuery, attribute: Type.Optional(FieldName) }),
    reply: pageOf(QuarantinedValue),
  }),
  countQuarantine: defineRoute({
    method: 'GET',
    path: '/api/quarantine/counts',
    access: 'signed-in',
    tag: 'quality',
    summary: 'How many values are set aside, by attribute',
    reply: Type.Object({ items: Type.Array(Type.Object({ attribute: Type.String(), count: Type.Integer() })) }),
  }),
  releaseQuarantine: defineRoute({
    method: 'POST',
    path: '/api/quarantine/release',
    access: Editors,
    tag: 'quality',
    summary: 'Write values to their profiles as they are; a later value stays',
    body: QuarantineChoice,
    reply: Decided,
  }),
  dropQuarantine: defineRoute({
    method: 'POST',
    path: '/api/quarantine/drop',
    access: Editors,
    tag: 'quality',
    summary: 'Forget values for good',
    body: QuarantineChoice,
    reply: Decided,
  }),
};
