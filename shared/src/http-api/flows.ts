import { type Static, Type } from 'typebox';
import { Graph, Problem } from '../graph/graph.ts';
import { GraphId } from '../graph/graph-id.ts';
import { PublishPolicy } from '../model/bulk-change.ts';
import { DeliveryStatus, Reason, RunStatus, Step } from '../model/run.ts';
import { WinnerRule } from '../node-contract/winner-rule.ts';
import { Profile } from './data.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

export const FlowStatus = Type.Union([
  Type.Literal('draft'),
  Type.Literal('live'),
  Type.Literal('paused'),
  Type.Literal('archived'),
]);
export const FlowSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  status: FlowStatus,
  liveVersion: Type.Union([Type.Integer(), Type.Null()]),
  hasUnpublishedChanges: Type.Boolean(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  entered: Type.Integer(),
});
export type FlowSummary = Static<typeof FlowSummary>;
/** `revision` rises with each saved draft; a save must name the one it started from. */
export const Flow = Type.Object({ ...FlowSummary.properties, graph: Graph, revision: Type.Integer() });
export type Flow = Static<typeof Flow>;
/** `details.draft` of a `draft-conflict`: what somebody else has saved meanwhile. */
export const StoredDraft = Type.Object({
  name: Type.String(),
  graph: Graph,
  revision: Type.Integer(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
});
export type StoredDraft = Static<typeof StoredDraft>;
export const FlowVersion = Type.Object({
  version: Type.Integer(),
  graph: Graph,
  publishedAt: Type.String(),
  publishedBy: Type.String(),
  note: Type.String(),
  /** What people call it; absent: its number alone. */
  name: Type.Optional(Type.String()),
  rolledBackTo: Type.Optional(Type.Integer()),
  /** The second person, where one agreed to it before. */
  approvedBy: Type.Optional(Type.String()),
  /** Names of the cases that failed when an administrator published all the same. */
  failedCases: Type.Optional(Type.Array(Type.String())),
});
export type FlowVersion = Static<typeof FlowVersion>;

/**
 * Counts of one node: entered, waiting, failed, ended there, left by each port (= the edge's count), and those that stood
 * there while they were moved from an older version or to a newer one.
 */
export const NodeCounts = Type.Object({
  entered: Type.Integer(),
  waiting: Type.Integer(),
  failed: Type.Integer(),
  ended: Type.Integer(),
  movedIn: Type.Optional(Type.Integer()),
  movedOut: Type.Optional(Type.Integer()),
  left: Type.Record(Type.String(), Type.Integer()),
});
export const FlowCounts = Type.Object({
  version: Type.Integer(),
  runs: Type.Integer(),
  waiting: Type.Integer(),
  ended: Type.Integer(),
  failed: Type.Integer(),
  enrolment: Type.Object({
    status: Type.Union([Type.Literal('idle'), Type.Literal('running'), Type.Literal('done')]),
    scanned: Type.Integer(),
    enrolled: Type.Integer(),
  }),
  nodes: Type.Record(Type.String(), NodeCounts),
  asOf: Type.String(),
});
export type FlowCounts = Static<typeof FlowCounts>;
/** How many of those who entered a node have converted since their run began, each person's run once; nodes without any are left out. */
export const FlowConversions = Type.Object({
  version: Type.Integer(),
  nodes: Type.Record(Type.String(), Type.Integer()),
  asOf: Type.String(),
});
export type FlowConversions = Static<typeof FlowConversions>;

const INSTANT = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?Z$';

/** One funnel row. Rates are shares of `targeted`. Money in major units of the flow's currency. */
export const FunnelRow = Type.Object({
  variant: Type.String(),
  name: Type.String(),
  isHoldOut: Type.Boolean(),
  targeted: Type.Integer(),
  reached: Type.Integer(),
  clicked: Type.Integer(),
  converted: Type.Integer(),
  value: Type.Number(),
});
/** One look of an experiment that chooses its winner. `pValue` of a comparison: the leader against that variant. */
export const ExperimentLook = Type.Object({
  at: Type.String(),
  outcome: Type.Union([Type.Literal('too-few'), Type.Literal('uneven'), Type.Literal('open'), Type.Literal('won')]),
  leader: Type.Union([Type.String(), Type.Null()]),
  /** What each p-value has to be below. */
  threshold: Type.Number(),
  /** `results`: how many of the `people` have what is compared. */
  arms: Type.Array(Type.Object({ variant: Type.String(), people: Type.Integer(), results: Type.Integer() })),
  comparisons: Type.Array(Type.Object({ variant: Type.String(), z: Type.Number(), pValue: Type.Number() })),
});
/**
 * How far a split has come that chooses its winner. `startedAt`: its first profile; `nextLookAt` is null before that and
 * once it is decided. Decided without a `winner`: the last look found none, and the shares stay.
 */
export const Decision = Type.Object({
  rule: WinnerRule,
  startedAt: Type.Union([Type.String(), Type.Null()]),
  nextLookAt: Type.Union([Type.String(), Type.Null()]),
  decidedAt: Type.Union([Type.String(), Type.Null()]),
  winner: Type.Union([Type.String(), Type.Null()]),
  looks: Type.Array(ExperimentLook),
});
export type Decision = Static<typeof Decision>;
export const Funnel = Type.Object({
  version: Type.Integer(),
  experiment: Type.Union([Type.String(), Type.Null()]),
  rows: Type.Array(FunnelRow),
  total: FunnelRow,
  sampleRatio: Type.Union([
    Type.Null(),
    Type.Object({ chiSquare: Type.Number(), pValue: Type.Number(), isSuspect: Type.Boolean() }),
  ]),
  currency: Type.Union([Type.String(), Type.Null()]),
  /** Of a split that chooses its winner by itself. */
  decision: Type.Union([Decision, Type.Null()]),
});
export type Funnel = Static<typeof Funnel>;
export type FunnelRow = Static<typeof FunnelRow>;

export const RunRecord = Type.Object({
  id: Type.String(),
  flowId: Type.String(),
  flowName: Type.String(),
  version: Type.Integer(),
  profileId: Type.String(),
  userId: Type.Union([Type.String(), Type.Null()]),
  status: RunStatus,
  enteredAt: Type.String(),
  endedAt: Type.Union([Type.String(), Type.Null()]),
  wakeAt: Type.Union([Type.String(), Type.Null()]),
  endReason: Type.Union([Reason, Type.Null()]),
  path: Type.Array(Step),
  variants: Type.Record(Type.String(), Type.String()),
});
export type RunRecord = Static<typeof RunRecord>;

export const Delivery = Type.Object({
  id: Type.String(),
  profileId: Type.String(),
  flowId: Type.String(),
  node: Type.String(),
  channel: Type.String(),
  status: DeliveryStatus,
  to: Type.String(),
  subject: Type.String(),
  at: Type.String(),
  reason: Type.Union([Reason, Type.Null()]),
});
export type Delivery = Static<typeof Delivery>;

/** From the one instant on, up to the other: ISO-8601, at full hours where counts are asked for. */
const Period = {
  from: Type.Optional(Type.String({ pattern: INSTANT })),
  to: Type.Optional(Type.String({ pattern: INSTANT })),
};

/** Only those whom that split has dealt that variant; one goes with the other. */
const OfVariant = {
  experiment: Type.Optional(GraphId),
  variant: Type.Optional(Type.String({ maxLength: 80 })),
};

const FlowParam = Type.Object({ flowId: Type.String({ maxLength: 64 }) });
const Editors = ['administrator', 'operator', 'developer'] as const;
const Name = Type.String({ minLength: 1, maxLength: 120 });
/** Empty: it has none. */
export const VersionName = Type.String({ maxLength: 60 });

export const flowRoutes = {
  listFlows: defineRoute({
    method: 'GET',
    path: '/api/flows',
    access: 'signed-in',
    tag: 'flows',
    summary: 'Flows, last changed first',
    query: Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ maxLength: 120 })) }),
    reply: pageOf(FlowSummary),
  }),
  createFlow: defineRoute({
    method: 'POST',
    path: '/api/flows',
    access: Editors,
    tag: 'flows',
    summary: 'Create a flow, empty or from a graph',
    body: Type.Object({ name: Name, graph: Type.Optional(Graph) }, { additionalProperties: false }),
    reply: Flow,
  }),
  getFlow: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId',
    access: 'signed-in',
    tag: 'flows',
    summary: 'A flow with its draft',
    params: FlowParam,
    reply: Flow,
  }),
  saveDraft: defineRoute({
    method: 'PUT',
    path: '/api/flows/:flowId/draft',
    access: Editors,
    tag: 'flows',
    summary: 'Save the draft; 409 draft-conflict carries the stored draft in details.draft',
    params: FlowParam,
    body: Type.Object({ graph: Graph, name: Name, baseRevision: Type.Integer() }, { additionalProperties: false }),
    reply: Type.Object({ revision: Type.Integer(), savedAt: Type.String() }),
  }),
  checkFlow: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/check',
    access: 'signed-in',
    tag: 'flows',
    summary: 'Problems of a graph, as publish would find them',
    params: FlowParam,
    body: Type.Object({ graph: Graph }),
    reply: Type.Object({ problems: Type.Array(Problem) }),
  }),
  publishFlow: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/publish',
    access: ['administrator', 'operator'],
    tag: 'flows',
    summary: 'Freeze the draft as a version, start its triggers, and deal with the runs in flight of older versions',
    params: FlowParam,
    body: Type.Object(
      {
        baseRevision: Type.Integer(),
        note: Type.String({ maxLength: 500 }),
        name: Type.Optional(VersionName),
        /** Of the runs in flight; they stay where nothing is said. */
        policy: Type.Optional(PublishPolicy),
        /** Publish although cases fail; for administrators alone, and kept with the version. */
        ignoreCases: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ version: Type.Integer() }),
  }),
  archiveFlow: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/archive',
    access: ['administrator', 'operator'],
    tag: 'flows',
    summary: 'Stop triggers and put the flow away; runs in flight go on to their end',
    params: FlowParam,
  }),
  listVersions: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/versions',
    access: 'signed-in',
    tag: 'flows',
    summary: 'Published versions, newest first',
    params: FlowParam,
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(FlowVersion),
  }),
  nameVersion: defineRoute({
    method: 'PUT',
    path: '/api/flows/:flowId/versions/:version/name',
    access: ['administrator', 'operator'],
    tag: 'flows',
    summary: 'Name a published version, name it anew, or take its name away with an empty one',
    params: Type.Object({ ...FlowParam.properties, version: Type.Integer({ minimum: 1 }) }),
    body: Type.Object({ name: VersionName }, { additionalProperties: false }),
    reply: FlowVersion,
  }),
  counts: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/counts',
    access: 'signed-in',
    tag: 'results',
    summary:
      'Live counts per node and edge; with `from` or `to` of what happened in those hours, while who waits and who failed is told as of now',
    params: FlowParam,
    query: Type.Object({ version: Type.Optional(Type.Integer()), ...Period, ...OfVariant }),
    reply: FlowCounts,
  }),
  conversions: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/conversions',
    access: 'signed-in',
    tag: 'results',
    summary: 'Per node, how many of those who entered it (with `from` or `to`: then) have converted',
    params: FlowParam,
    query: Type.Object({ version: Type.Optional(Type.Integer()), ...Period, ...OfVariant }),
    reply: FlowConversions,
  }),
  funnel: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/funnel',
    access: 'signed-in',
    tag: 'results',
    summary: 'Targeted, reached, clicked, converted per variant',
    params: FlowParam,
    query: Type.Object({
      version: Type.Optional(Type.Integer()),
      experiment: Type.Optional(GraphId),
    }),
    reply: Funnel,
  }),
  /** The people behind a number: by node (and port, or standing there), by status, or by funnel stage and variant. */
  listRuns: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/runs',
    access: 'signed-in',
    tag: 'results',
    summary: 'Runs behind a count',
    params: FlowParam,
    query: Type.Object({
      ...PageQuery,
      version: Type.Optional(Type.Integer()),
      node: Type.Optional(Type.String({ maxLength: 40 })),
      port: Type.Optional(Type.String({ maxLength: 80 })),
      at: Type.Optional(Type.String({ maxLength: 40 })),
      status: Type.Optional(RunStatus),
      /** Of failed runs: why. */
      message: Type.Optional(Type.String({ maxLength: 500 })),
      /** With `node`: who entered it (or left it by `port`) then; without: whose run began then, or ended with `status` ended. */
      ...Period,
      ...OfVariant,
      stage: Type.Optional(
        Type.Union([
          Type.Literal('targeted'),
          Type.Literal('reached'),
          Type.Literal('clicked'),
          Type.Literal('converted'),
        ]),
      ),
    }),
    reply: pageOf(RunRecord),
  }),
  listProfileRuns: defineRoute({
    method: 'GET',
    path: '/api/profiles/:profileId/runs',
    access: 'signed-in',
    tag: 'results',
    summary: 'Every run of a profile, newest first',
    params: Type.Object({ profileId: Type.String({ maxLength: 64 }) }),
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(RunRecord),
  }),
  listProfileDeliveries: defineRoute({
    method: 'GET',
    path: '/api/profiles/:profileId/deliveries',
    access: 'signed-in',
    tag: 'results',
    summary: 'Every delivery to a profile, newest first',
    params: Type.Object({ profileId: Type.String({ maxLength: 64 }) }),
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(Delivery),
  }),
  retryRun: defineRoute({
    method: 'POST',
    path: '/api/runs/retry',
    access: ['administrator', 'operator'],
    tag: 'results',
    summary: 'Try a failed run again from the node where it failed',
    body: Type.Object({ runId: Type.String({ maxLength: 128 }) }, { additionalProperties: false }),
    reply: RunRecord,
  }),
};
export { Profile };
