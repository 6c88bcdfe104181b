import { type Static, Type } from 'typebox';
import { Attributes } from '../model/attribute.ts';
import { defineRoute } from './route.ts';

const FlowParam = Type.Object({ flowId: Type.String({ maxLength: 64 }) });
const Node = Type.String({ minLength: 1, maxLength: 40 });
/** Why somebody was not let in; worded by the web app. */
const Refusal = Type.String();

/** A trigger of the live version: what it waits for, and whom it turned away. */
export const TriggerState = Type.Object({
  node: Type.String(),
  kind: Type.String(),
  /** Of a trigger that fires by the clock: when it does next. */
  nextAt: Type.Union([Type.String(), Type.Null()]),
  /** People turned away since the flow was first published, by reason; over all its versions. */
  refused: Type.Record(Type.String(), Type.Integer()),
  latestRefusals: Type.Array(Type.Object({ profileId: Type.String(), reason: Refusal, at: Type.String() })),
});
export type TriggerState = Static<typeof TriggerState>;

/** What became of one who was named: `runId` is there where a run was started now or by the same call before. */
export const EntryResult = Type.Object({
  runId: Type.Union([Type.String(), Type.Null()]),
  isStarted: Type.Boolean(),
  refusal: Type.Union([Refusal, Type.Null()]),
});
export type EntryResult = Static<typeof EntryResult>;

const Id = Type.Union([Type.String({ minLength: 1, maxLength: 255 }), Type.Integer()]);
export const FlowCall = Type.Object(
  {
    userId: Type.Optional(Id),
    anonymousId: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    /** Tells one occasion from another where the trigger starts one run per key. */
    key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** Becomes the properties of the event in the run; at most 32 KB. */
    data: Type.Optional(Type.Unsafe<Attributes>(Attributes)),
    /** The same id is the same call, however often it is sent. */
    messageId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { additionalProperties: false },
);
export type FlowCall = Static<typeof FlowCall>;

export const triggerRoutes = {
  listTriggers: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/triggers',
    access: 'signed-in',
    tag: 'flows',
    summary: 'Triggers of the live version, with those whom they turned away',
    params: FlowParam,
    reply: Type.Object({ items: Type.Array(TriggerState) }),
  }),
  startFlow: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/start',
    access: ['administrator', 'operator'],
    tag: 'flows',
    summary: 'Start the live version by hand, for named profiles or for everyone in the audience of a trigger',
    params: FlowParam,
    body: Type.Object(
      {
        /** The first trigger when absent. */
        trigger: Type.Optional(Node),
        whom: Type.Union([
          Type.Object({ profileIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 1000 }) }),
          Type.Object({ everyone: Type.Literal(true) }),
        ]),
        /** Made up by the caller: the same one starts the same people once. */
        requestId: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }),
      },
      { additionalProperties: false },
    ),
    /** Empty for everyone: they are taken in by and by, and counted on the page of the flow. */
    reply: Type.Object({ results: Type.Array(EntryResult) }),
  }),
  triggerFlow: defineRoute({
    method: 'POST',
    path: '/v1/flows/:flowId/trigger',
    access: 'write-key',
    tag: 'ingest',
    summary: 'Start a live flow at its call trigger for one person, or for up to 1,000; answers in their order',
    params: FlowParam,
    body: Type.Object(
      {
        ...FlowCall.properties,
        trigger: Type.Optional(Node),
        batch: Type.Optional(Type.Array(FlowCall, { minItems: 1, maxItems: 1000 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ results: Type.Array(EntryResult) }),
  }),
};
