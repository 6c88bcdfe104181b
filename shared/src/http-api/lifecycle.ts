import { type Static, Type } from 'typebox';
import { GraphNode } from '../graph/graph.ts';
import { BulkOrder, PublishPolicy, Rescue, ResumePolicy } from '../model/bulk-change.ts';
import { defineRoute } from './route.ts';

/** How many runs in flight stand at one node of an older version, and whether the new one has it as the same kind. */
export const StandingNode = Type.Object({
  node: Type.String(),
  kind: Type.String(),
  name: Type.Optional(Type.String()),
  waiting: Type.Integer(),
  failed: Type.Integer(),
  fits: Type.Boolean(),
});
export type StandingNode = Static<typeof StandingNode>;

export const InFlight = Type.Object({
  /** All runs in flight, of any version. */
  total: Type.Integer(),
  nodes: Type.Array(StandingNode),
});
export type InFlight = Static<typeof InFlight>;

/** `changed` grows with each batch; a process that dies between a batch and its note leaves that batch uncounted here. */
export const BulkChange = Type.Object({
  id: Type.String(),
  order: BulkOrder,
  status: Type.Union([Type.Literal('running'), Type.Literal('done'), Type.Literal('cancelled')]),
  looked: Type.Integer(),
  changed: Type.Integer(),
  startedAt: Type.String(),
  startedBy: Type.String(),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
});
export type BulkChange = Static<typeof BulkChange>;

/** Failed runs of one flow version that failed at one node with one message. */
export const FailureGroup = Type.Object({
  flowId: Type.String(),
  flowName: Type.String(),
  version: Type.Integer(),
  node: Type.String(),
  /** As that version has it; null where the version cannot be read. */
  graphNode: Type.Union([GraphNode, Type.Null()]),
  message: Type.String(),
  runs: Type.Integer(),
  firstAt: Type.String(),
  lastAt: Type.String(),
});
export type FailureGroup = Static<typeof FailureGroup>;

const FlowParam = Type.Object({ flowId: Type.String({ maxLength: 64 }) });
const Runners = ['administrator', 'operator'] as const;
const CLOSED = { additionalProperties: false } as const;
const Note = Type.String({ maxLength: 500 });

export const lifecycleRoutes = {
  inFlight: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/in-flight',
    access: 'signed-in',
    tag: 'flows',
    summary: 'Where runs in flight stand, held against the draft, or against an older version to roll back to',
    params: FlowParam,
    query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }),
    reply: InFlight,
  }),
  rollBack: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/roll-back',
    access: Runners,
    tag: 'flows',
    summary: 'Publish an older version again as the next one; the draft stays as it is',
    params: FlowParam,
    body: Type.Object(
      { version: Type.Integer({ minimum: 1 }), note: Note, policy: Type.Optional(PublishPolicy) },
      CLOSED,
    ),
    reply: Type.Object({ version: Type.Integer() }),
  }),
  pauseFlow: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/pause',
    access: Runners,
    tag: 'flows',
    summary: 'Take nobody in and hold all runs where they are; what was handed to a channel is still sent',
    params: FlowParam,
  }),
  resumeFlow: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/resume',
    access: Runners,
    tag: 'flows',
    summary: 'Go on with a paused flow; what came due meanwhile goes on at once, ends, or is spread over a period',
    params: FlowParam,
    body: Type.Object({ policy: ResumePolicy }, CLOSED),
  }),
  listBulkChanges: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/bulk-changes',
    access: 'signed-in',
    tag: 'flows',
    summary: 'The latest bulk changes to the runs of a flow with their progress, newest first',
    params: FlowParam,
    reply: Type.Object({ items: Type.Array(BulkChange) }),
  }),
  listFailures: defineRoute({
    method: 'GET',
    path: '/api/failures',
    access: 'signed-in',
    tag: 'results',
    summary: 'Failed runs by flow version, node and message, the largest groups first',
    query: Type.Object({ flowId: Type.Optional(Type.String({ maxLength: 64 })) }),
    reply: Type.Object({ items: Type.Array(FailureGroup), total: Type.Integer() }),
  }),
  rescueRuns: defineRoute({
    method: 'POST',
    path: '/api/runs/rescue',
    access: Runners,
    tag: 'results',
    summary: 'Try failed runs again, let them skip the node, or end them; answers how many were still failed',
    body: Type.Object(
      { runIds: Type.Array(Type.String({ maxLength: 128 }), { minItems: 1, maxItems: 200 }), action: Rescue },
      CLOSED,
    ),
    reply: Type.Object({ changed: Type.Integer() }),
  }),
  rescueFailures: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/failures/rescue',
    access: Runners,
    tag: 'results',
    summary: 'Do so with all that have failed at a node so far, of one message or of any, in the background',
    params: FlowParam,
    body: Type.Object(
      {
        /** All versions when absent. */
        version: Type.Optional(Type.Integer({ minimum: 1 })),
        node: Type.String({ maxLength: 40 }),
        message: Type.Optional(Type.String({ maxLength: 500 })),
        action: Rescue,
      },
      CLOSED,
    ),
    reply: BulkChange,
  }),
};
