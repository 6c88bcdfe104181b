import { type Static, Type } from 'typebox';
import { Graph, Problem } from '../graph/graph.ts';
import { PublishPolicy } from '../model/bulk-change.ts';
import { VersionName } from './flows.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

/**
 * `void`: the draft has changed since, was sent for approval anew, or was published otherwise. `approved` carries the version
 * that it became, but for the moment in which that is being published.
 */
export const ApprovalState = Type.Union([
  Type.Literal('open'),
  Type.Literal('approved'),
  Type.Literal('sent-back'),
  Type.Literal('withdrawn'),
  Type.Literal('void'),
]);
export type ApprovalState = Static<typeof ApprovalState>;

/** That a draft, in one revision, is to be published so once a second person agrees. */
export const ApprovalSummary = Type.Object({
  id: Type.String(),
  flowId: Type.String(),
  flowName: Type.String(),
  revision: Type.Integer(),
  state: ApprovalState,
  requestedBy: Type.String(),
  requestedAt: Type.String(),
  /** Whether the caller asked for it, and so cannot decide it. */
  isOwn: Type.Boolean(),
  note: Type.String(),
  name: Type.Optional(Type.String()),
  policy: Type.Optional(PublishPolicy),
  decidedBy: Type.Union([Type.String(), Type.Null()]),
  decidedAt: Type.Union([Type.String(), Type.Null()]),
  comment: Type.String(),
  version: Type.Union([Type.Integer(), Type.Null()]),
});
export type ApprovalSummary = Static<typeof ApprovalSummary>;

/** With what is to be judged. */
export const Approval = Type.Object({
  ...ApprovalSummary.properties,
  graph: Graph,
  /** The version that is live now (of a decided one: that was live when it was asked for); null for a first version. */
  base: Type.Union([Type.Object({ version: Type.Integer(), graph: Graph }), Type.Null()]),
  /** What the cases of the flow said when it was asked for. */
  cases: Type.Array(Type.Object({ name: Type.String(), isPassed: Type.Boolean() })),
  /** Of the graph as it would be checked now; empty once it is decided. */
  problems: Type.Array(Problem),
});
export type Approval = Static<typeof Approval>;

export const ApprovalSetting = Type.Object({
  isRequired: Type.Boolean(),
  /** Who set it last; null where nobody ever did. */
  changedBy: Type.Union([Type.String(), Type.Null()]),
  changedAt: Type.Union([Type.String(), Type.Null()]),
});
export type ApprovalSetting = Static<typeof ApprovalSetting>;

const CLOSED = { additionalProperties: false } as const;
const Comment = Type.String({ maxLength: 1000 });
const ApprovalParam = Type.Object({ approvalId: Type.String({ maxLength: 64 }) });
const Editors = ['administrator', 'operator', 'developer'] as const;
const Deciders = ['administrator', 'operator'] as const;

export const approvalRoutes = {
  getSetting: defineRoute({
    method: 'GET',
    path: '/api/settings/approval',
    access: 'signed-in',
    tag: 'approvals',
    summary: 'Whether a second person has to agree before a draft is published',
    reply: ApprovalSetting,
  }),
  setSetting: defineRoute({
    method: 'PUT',
    path: '/api/settings/approval',
    access: ['administrator'],
    tag: 'approvals',
    summary: 'Ask for a second person before publishing, or no longer; every change is kept with who made it',
    body: Type.Object({ isRequired: Type.Boolean() }, CLOSED),
    reply: ApprovalSetting,
  }),
  request: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/approvals',
    access: Editors,
    tag: 'approvals',
    summary:
      'Send the draft for approval, with all that publishing it will need; replaces an open request for the flow',
    params: Type.Object({ flowId: Type.String({ maxLength: 64 }) }),
    body: Type.Object(
      {
        baseRevision: Type.Integer(),
        note: Type.String({ maxLength: 500 }),
        name: Type.Optional(VersionName),
        policy: Type.Optional(PublishPolicy),
        /** Ask although cases fail; then an administrator has to agree. */
        ignoreCases: Type.Optional(Type.Boolean()),
      },
      CLOSED,
    ),
    reply: ApprovalSummary,
  }),
  listApprovals: defineRoute({
    method: 'GET',
    path: '/api/approvals',
    access: 'signed-in',
    tag: 'approvals',
    summary: 'Requests for approval, newest first',
    query: Type.Object({
      ...PageQuery,
      /** Those that wait, or all. */
      open: Type.Optional(Type.Boolean()),
      flowId: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    reply: pageOf(ApprovalSummary),
  }),
  countWaiting: defineRoute({
    method: 'GET',
    path: '/api/approvals/waiting',
    access: 'signed-in',
    tag: 'approvals',
    summary: 'How many requests wait for the caller to decide',
    reply: Type.Object({ count: Type.Integer() }),
  }),
  getApproval: defineRoute({
    method: 'GET',
    path: '/api/approvals/:approvalId',
    access: 'signed-in',
    tag: 'approvals',
    summary: 'A request with the graph, what is live now, and what the cases said',
    params: ApprovalParam,
    reply: Approval,
  }),
  approve: defineRoute({
    method: 'POST',
    path: '/api/approvals/:approvalId/approve',
    access: Deciders,
    tag: 'approvals',
    summary: 'Agree: exactly what was asked for is published, by its policy. Not for whoever asked',
    params: ApprovalParam,
    body: Type.Object(
      {
        comment: Type.Optional(Comment),
        /** Although cases fail; for administrators alone. */
        ignoreCases: Type.Optional(Type.Boolean()),
      },
      CLOSED,
    ),
    reply: Type.Object({ version: Type.Integer() }),
  }),
  sendBack: defineRoute({
    method: 'POST',
    path: '/api/approvals/:approvalId/send-back',
    access: Deciders,
    tag: 'approvals',
    summary: 'Send it back with what has to change. Not for whoever asked',
    params: ApprovalParam,
    body: Type.Object({ comment: Type.String({ minLength: 1, maxLength: 1000 }) }, CLOSED),
    reply: ApprovalSummary,
  }),
  withdraw: defineRoute({
    method: 'POST',
    path: '/api/approvals/:approvalId/withdraw',
    access: Editors,
    tag: 'approvals',
    summary: 'Take back a request of your own',
    params: ApprovalParam,
    reply: ApprovalSummary,
  }),
};
