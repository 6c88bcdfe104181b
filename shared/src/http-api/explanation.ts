import { type Static, Type } from 'typebox';
import { Graph, GraphId } from '../graph/graph.ts';
import { Reason, RunStatus } from '../model/run.ts';
import { defineRoute } from './route.ts';
import { FlowStatus } from './flows.ts';
import { Trace } from './trace.ts';

const orNull = <T extends ReturnType<typeof Type.String | typeof Type.Integer | typeof Type.Number>>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const oneOf = <const T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((one) => Type.Literal(one))));

/** What may be found about the entry of a person; the web app has words for each in both languages. */
export const ENTRY_CODES = [
  'flow:live',
  'flow:paused',
  'flow:archived',
  'flow:draft',
  'start:event-came',
  'start:event-never',
  'start:event-before',
  'start:event-late',
  'start:event-other',
  'start:entered',
  'start:left',
  'start:never-entered',
  'start:never-left',
  'start:entered-before',
  'start:left-before',
  'start:date-veiled',
  'start:no-date',
  'start:date-over',
  'start:date-comes',
  'start:by-call',
  'start:fires',
  'start:not-fired',
  'start:cancelled',
  'start:under-way',
  'start:came-later',
  'start:fired',
  'audience:everyone',
  'audience:fits',
  'audience:fits-not',
  'reentry:first',
  'reentry:again',
  'reentry:by-key',
  'reentry:already-entered',
  'reentry:in-period',
  'reentry:still-inside',
  'reentry:no-key',
  'cap:free',
  'cap:reached',
] as const;

/**
 * One thing that is asked before a person enters, in the order in which it is asked. `isMet` is null for what only the future
 * tells, such as a date to come. `code` says what was found, with its values; instants among them are Unix milliseconds.
 * `reason`: which part of a condition decided, with the value it met.
 */
export const EntryCheck = Type.Object({
  step: oneOf(['flow', 'start', 'audience', 'reentry', 'cap']),
  isMet: Type.Union([Type.Boolean(), Type.Null()]),
  code: oneOf(ENTRY_CODES),
  values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  reason: Type.Optional(Reason),
});
export type EntryCheck = Static<typeof EntryCheck>;

/** What a trigger asks of a person now, and when it turned the person away, as far as that is kept. */
export const TriggerExplanation = Type.Object({
  node: Type.String(),
  checks: Type.Array(EntryCheck),
  refusals: Type.Array(Type.Object({ at: Type.Number(), code: Type.String() })),
});
export type TriggerExplanation = Static<typeof TriggerExplanation>;

/** Where a run stands now. Instants in Unix milliseconds. */
export const Standing = Type.Object({
  node: Type.String(),
  since: Type.Number(),
  untilAt: orNull(Type.Number()),
  /** Events that let it go on. */
  awaited: Type.Array(Type.String()),
  /** It waits for an answer or for a run of another flow. */
  awaitsResult: Type.Boolean(),
  isFailed: Type.Boolean(),
});
export type Standing = Static<typeof Standing>;

/** What keeps the future of a run from being told, or is taken for granted where it is told. */
export const OutlookNote = oneOf([
  'run-ended',
  'run-failed',
  'flow-paused',
  'answer-pending',
  'profile-gone',
  'not-published',
]);
export type OutlookNote = Static<typeof OutlookNote>;

/**
 * Why a person is where it is in a flow. The first `recorded` entries of the trace took place; what follows is what a dry
 * run from the present state comes to where nothing else happens, or, for somebody without a run under way, if it came in now.
 */
export const Explanation = Type.Object({
  asOf: Type.Number(),
  flow: Type.Object({
    id: Type.String(),
    name: Type.String(),
    status: FlowStatus,
    liveVersion: orNull(Type.Integer()),
  }),
  /** Null where there is none of that id, or not any more; who was merged is the profile that goes on. */
  profile: Type.Union([Type.Object({ id: Type.String(), userId: orNull(Type.String()) }), Type.Null()]),
  isMerged: Type.Boolean(),
  /** The version that is shown, with its drawing; null for a flow that was never published. */
  version: orNull(Type.Integer()),
  graph: Type.Union([Graph, Type.Null()]),
  /** Of the person in this flow, newest first. */
  runs: Type.Array(
    Type.Object({
      id: Type.String(),
      version: Type.Integer(),
      status: RunStatus,
      enteredAt: Type.Number(),
      endedAt: orNull(Type.Number()),
      endReason: Type.Union([Reason, Type.Null()]),
    }),
  ),
  /** The one that is explained. */
  run: orNull(Type.String()),
  standsAt: Type.Array(Standing),
  trace: Type.Union([Trace, Type.Null()]),
  recorded: Type.Integer(),
  notes: Type.Array(OutlookNote),
  triggers: Type.Array(TriggerExplanation),
});
export type Explanation = Static<typeof Explanation>;

export const explanationRoutes = {
  explain: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/explain',
    access: 'signed-in',
    tag: 'results',
    summary:
      'Why a person is where it is in a flow, or not in it; what was, and what is to be expected. Changes nothing',
    params: Type.Object({ flowId: Type.String({ maxLength: 64 }) }),
    body: Type.Object(
      {
        profileId: Type.String({ minLength: 1, maxLength: 64 }),
        /** One of the runs of the person in this flow; the newest where nothing is said. */
        runId: Type.Optional(Type.String({ maxLength: 128 })),
        /** By which trigger somebody would come in who has no run under way; the first where nothing is said. */
        trigger: Type.Optional(GraphId),
      },
      { additionalProperties: false },
    ),
    reply: Explanation,
  }),
};
