import { type Static, Type } from 'typebox';
import { AttributeValue, Attributes as AttributesSchema } from '../model/attribute.ts';
import { CallFailure } from '../model/http-call.ts';
import { DeliveryStatus, Reason, RunStatus } from '../model/run.ts';
import { Effect as EffectSchema, type Effect } from '../node-contract/effect.ts';
import { Happening } from './scenario.ts';

const Attributes = Type.Unsafe<Static<typeof AttributesSchema>>(AttributesSchema);
const orNull = <T extends ReturnType<typeof Type.String | typeof Type.Integer>>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** One thing that a visit looked at before it decided. */
export const FactRead = Type.Union([
  Type.Object({
    kind: Type.Literal('attribute'),
    name: Type.String(),
    value: Type.Union([AttributeValue, Type.Null()]),
  }),
  /** `reason` names the part that decided, with the value it met. */
  Type.Object({ kind: Type.Literal('condition'), isMatch: Type.Boolean(), reason: Type.Optional(Reason) }),
  /** `at`: when the latest such event happened; null where none did. */
  Type.Object({ kind: Type.Literal('history'), event: Type.String(), at: Type.Union([Type.Number(), Type.Null()]) }),
  /** The number in [0, 1) by which a split deals. */
  Type.Object({ kind: Type.Literal('draw'), value: Type.Number() }),
  Type.Object({ kind: Type.Literal('place'), at: Type.Number() }),
  Type.Object({ kind: Type.Literal('gate'), isOpen: Type.Boolean() }),
  Type.Object({ kind: Type.Literal('winner'), variant: orNull(Type.String()) }),
  Type.Object({ kind: Type.Literal('code'), isOk: Type.Boolean(), text: Type.String() }),
]);
export type FactRead = Static<typeof FactRead>;

/** A message as its channel would have shown it, or, of a live run, as far as its delivery is kept. */
export const DryMessage = Type.Object({
  channel: Type.String(),
  status: DeliveryStatus,
  reason: Type.Optional(Reason),
  to: Type.String(),
  subject: Type.String(),
  html: Type.String(),
  text: Type.String(),
});
export type DryMessage = Static<typeof DryMessage>;

/** One attempt of a call, and what it met. */
export const DryAttempt = Type.Object({
  at: Type.Number(),
  /** When the answer was there, or it was clear that none comes. */
  overAt: Type.Number(),
  isReal: Type.Boolean(),
  status: orNull(Type.Integer()),
  answer: Type.String(),
  failure: Type.Union([CallFailure, Type.Null()]),
});
export const DryCall = Type.Object({
  method: Type.String(),
  url: Type.String(),
  body: Type.String(),
  attempts: Type.Array(DryAttempt),
  /** Why it never left: what could not be filled in. */
  failure: Type.Union([CallFailure, Type.Null()]),
});
export type DryCall = Static<typeof DryCall>;

/** An effect that was performed in the virtual world, and nowhere else. */
export const DryEffect = Type.Object({
  id: Type.String(),
  effect: Type.Unsafe<Effect>(EffectSchema),
  message: Type.Optional(DryMessage),
  call: Type.Optional(DryCall),
  /** What became of it where that is known at once. */
  result: Type.Optional(Type.Object({ isOk: Type.Boolean(), code: Type.Optional(Type.String()) })),
});
export type DryEffect = Static<typeof DryEffect>;

const Place = { at: Type.Number(), run: Type.Integer(), seq: Type.Integer(), node: Type.String() };

/** A visit of a node: why it took place, what it read, what it decided and what that did. */
export const TraceVisit = Type.Object({
  kind: Type.Literal('visit'),
  ...Place,
  cause: Type.Union([Type.Literal('enter'), Type.Literal('timer'), Type.Literal('event'), Type.Literal('result')]),
  /** The event or the await that brought it on. */
  by: Type.Optional(Type.String()),
  outcome: Type.Union([
    Type.Literal('advance'),
    Type.Literal('wait'),
    Type.Literal('fork'),
    Type.Literal('join'),
    Type.Literal('exit'),
    Type.Literal('failed'),
  ]),
  ports: Type.Array(Type.String()),
  reason: Type.Optional(Reason),
  /** Of a wait: how long at most, and for which events. */
  untilAt: Type.Optional(Type.Number()),
  awaited: Type.Optional(Type.Array(Type.String())),
  variant: Type.Optional(Type.String()),
  reads: Type.Array(FactRead),
  effects: Type.Array(DryEffect),
  /** Of a visit that failed. */
  problem: Type.Optional(Type.String()),
});
export type TraceVisit = Static<typeof TraceVisit>;

/** What happened in a dry run, in order. Instants are Unix milliseconds of the virtual clock; `run` is an index of `runs`. */
export const TraceEntry = Type.Union([
  TraceVisit,
  /** A step was left without a visit: strands joined, another came first, a goal was reached. */
  Type.Object({
    kind: Type.Literal('left'),
    ...Place,
    ports: Type.Array(Type.String()),
    reason: Type.Optional(Reason),
  }),
  Type.Object({
    kind: Type.Literal('happened'),
    at: Type.Number(),
    from: Type.Union([Type.Literal('start'), Type.Literal('scenario'), Type.Literal('flow')]),
    happening: Happening,
  }),
  Type.Object({
    kind: Type.Literal('refused'),
    at: Type.Number(),
    trigger: Type.String(),
    code: Type.String(),
    /** Which part of the trigger's condition decided. */
    reason: Type.Optional(Reason),
  }),
  Type.Object({
    kind: Type.Literal('end'),
    at: Type.Number(),
    run: Type.Integer(),
    reason: Type.Optional(Reason),
  }),
]);
export type TraceEntry = Static<typeof TraceEntry>;

export const TraceRun = Type.Object({
  id: Type.String(),
  flowId: Type.String(),
  flowName: Type.String(),
  version: Type.Integer(),
  status: RunStatus,
  enteredAt: Type.Number(),
  endedAt: Type.Union([Type.Number(), Type.Null()]),
  endReason: Type.Union([Reason, Type.Null()]),
  variants: Type.Record(Type.String(), Type.String()),
  /** Nodes where it stands, while it waits or has failed. */
  standsAt: Type.Array(Type.String()),
});
export type TraceRun = Static<typeof TraceRun>;

export const Trace = Type.Object({
  startAt: Type.Number(),
  endAt: Type.Number(),
  runs: Type.Array(TraceRun),
  entries: Type.Array(TraceEntry),
  /** What the subject was like in the end. */
  attributes: Attributes,
  /** Stopped at the limit of time, or of steps. */
  isCut: Type.Boolean(),
});
export type Trace = Static<typeof Trace>;
