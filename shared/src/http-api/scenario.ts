import { type Static, Type } from 'typebox';
import { AudienceId, Condition, DatasetName } from '../condition/ast.ts';
import { GraphId } from '../graph/graph.ts';
import { Attributes as AttributesSchema, FieldName } from '../model/attribute.ts';
import { CALL_FAILURES, type CallFailureCode } from '../model/http-call.ts';

const CLOSED = { additionalProperties: false } as const;
const DAY_MS = 86_400_000;
/** The longest that a dry run may last, in days of the virtual clock. */
export const MOST_DAYS = 400;
const Attributes = Type.Unsafe<Static<typeof AttributesSchema>>(AttributesSchema);
const EventName = Type.String({ minLength: 1, maxLength: 128 });
/** Milliseconds since the dry run began. */
const AfterMs = Type.Integer({ minimum: 0, maximum: MOST_DAYS * DAY_MS });
const Change = Type.Union([Type.Literal('add'), Type.Literal('remove')]);

/** A made-up profile. Its `id` deals it to the arms of splits, as the id of a profile does. */
export const Persona = Type.Object(
  {
    id: Type.String({ pattern: '^[0-9A-Za-z_-]{1,40}$' }),
    name: Type.String({ maxLength: 120 }),
    userId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    attributes: Attributes,
    /** Saved audiences it is a member of, besides the dynamic ones whose conditions it meets. */
    audiences: Type.Array(AudienceId, { maxItems: 200 }),
    /** What happened to it before the dry run began, and how long before. */
    events: Type.Array(
      Type.Object(
        {
          name: EventName,
          agoMs: Type.Integer({ minimum: 0, maximum: 3660 * DAY_MS }),
          properties: Attributes,
        },
        CLOSED,
      ),
      { maxItems: 1000 },
    ),
    /** Its rows in datasets. */
    rows: Type.Optional(
      Type.Array(Type.Object({ dataset: DatasetName, values: Attributes }, CLOSED), { maxItems: 200 }),
    ),
  },
  CLOSED,
);
export type Persona = Static<typeof Persona>;

/** Who goes through the flow: a persona, or a profile as it is stored, which is only read. */
export const DrySubject = Type.Union([
  Type.Object({ kind: Type.Literal('persona'), persona: Persona }, CLOSED),
  Type.Object({ kind: Type.Literal('profile'), profileId: Type.String({ minLength: 1, maxLength: 64 }) }, CLOSED),
]);
export type DrySubject = Static<typeof DrySubject>;

/** What happens to the subject while the flow runs. */
export const Happening = Type.Union([
  Type.Object({ kind: Type.Literal('event'), afterMs: AfterMs, name: EventName, properties: Attributes }, CLOSED),
  Type.Object(
    {
      kind: Type.Literal('attributes'),
      afterMs: AfterMs,
      set: Attributes,
      unset: Type.Optional(Type.Array(FieldName, { maxItems: 100 })),
    },
    CLOSED,
  ),
  Type.Object({ kind: Type.Literal('membership'), afterMs: AfterMs, audience: AudienceId, change: Change }, CLOSED),
]);
export type Happening = Static<typeof Happening>;

const LatencyMs = Type.Integer({ minimum: 0, maximum: DAY_MS });

/** How a mocked receiver behaves towards one call. `status` and `body` go through the same reading as a real answer. */
export const MockReply = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('answer'),
      status: Type.Integer({ minimum: 200, maximum: 599 }),
      body: Type.String({ maxLength: 20_000 }),
      latencyMs: LatencyMs,
    },
    CLOSED,
  ),
  /** Over at once, for this reason. */
  Type.Object(
    {
      kind: Type.Literal('failure'),
      code: Type.Unsafe<CallFailureCode>(Type.Union(CALL_FAILURES.map((code) => Type.Literal(code)))),
    },
    CLOSED,
  ),
  /** Never answers: each attempt runs into its time-out. */
  Type.Object({ kind: Type.Literal('silence') }, CLOSED),
]);
export type MockReply = Static<typeof MockReply>;

/** Of the rules of a node the first counts whose condition the subject meets at that moment. */
export const Mock = Type.Object(
  {
    node: GraphId,
    /** Calls the receiver for once, with what the subject would send. */
    isReal: Type.Boolean(),
    rules: Type.Array(Type.Object({ when: Type.Optional(Condition), reply: MockReply }, CLOSED), { maxItems: 20 }),
  },
  CLOSED,
);
export type Mock = Static<typeof Mock>;

/** Everything a dry run depends on: the same scenario over the same graph gives the same trace. */
export const Scenario = Type.Object(
  {
    subject: DrySubject,
    /** When the virtual clock starts; ISO-8601 in UTC. */
    startAt: Type.String({ format: 'date-time' }),
    /** The trigger that takes the subject in; the first of the graph where nothing is said. */
    trigger: Type.Optional(GraphId),
    /** What happens at the start, for a trigger that begins with an event or a call. */
    event: Type.Optional(Type.Object({ name: Type.Optional(EventName), properties: Attributes }, CLOSED)),
    /** Takes the subject in although the rules of the trigger turn it away. */
    isForced: Type.Boolean(),
    happenings: Type.Array(Happening, { maxItems: 200 }),
    mocks: Type.Array(Mock, { maxItems: 100 }),
    /** Split node → the arm it is to be dealt, whatever the hash says. */
    arms: Type.Record(GraphId, Type.String({ maxLength: 80 })),
    /** How long at most, on the virtual clock. */
    days: Type.Integer({ minimum: 1, maximum: MOST_DAYS }),
  },
  CLOSED,
);
export type Scenario = Static<typeof Scenario>;
