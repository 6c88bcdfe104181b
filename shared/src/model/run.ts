import { type Static, Type } from 'typebox';

/** Where a run stands. `running` is only seen while a worker holds it; `failed` waits for a person (RUN-10). */
export const RunStatus = Type.Union([
  Type.Literal('running'),
  Type.Literal('waiting'),
  Type.Literal('ended'),
  Type.Literal('failed'),
]);
export type RunStatus = Static<typeof RunStatus>;

/** Why a step left the way it did, as a catalogue key and its values, so that it reads in either language. */
export const Reason = Type.Object({
  code: Type.String(),
  values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
});
export type Reason = Static<typeof Reason>;

/** One node visit. Instants are Unix milliseconds. `port` is absent while the run stands at the node. */
export const Step = Type.Object({
  seq: Type.Integer(),
  node: Type.String(),
  enteredAt: Type.Number(),
  leftAt: Type.Optional(Type.Number()),
  port: Type.Optional(Type.String()),
  reason: Type.Optional(Reason),
});
export type Step = Static<typeof Step>;

export const DeliveryStatus = Type.Union([
  Type.Literal('planned'),
  Type.Literal('sending'),
  Type.Literal('sent'),
  Type.Literal('failed'),
  Type.Literal('suppressed'),
  Type.Literal('unknown'),
]);
export type DeliveryStatus = Static<typeof DeliveryStatus>;

export const Role = Type.Union([
  Type.Literal('administrator'),
  Type.Literal('operator'),
  Type.Literal('developer'),
  Type.Literal('tester'),
  Type.Literal('analyst'),
]);
export type Role = Static<typeof Role>;
