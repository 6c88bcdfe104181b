import { type Static, Type } from 'typebox';
import { GraphId } from '../graph/graph.ts';
import { defineRoute, pageOf } from './route.ts';
import { GraphChoice } from './sandbox.ts';
import { MOST_DAYS, Scenario } from './scenario.ts';

const CLOSED = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 500 });
const Port = Type.String({ minLength: 1, maxLength: 80 });

/** What must be true of a dry run. Nodes are named by their ids, which survive every edit but their own deletion. */
export const Assertion = Type.Union([
  Type.Object({ kind: Type.Literal('reaches'), node: GraphId }, CLOSED),
  Type.Object({ kind: Type.Literal('avoids'), node: GraphId }, CLOSED),
  Type.Object({ kind: Type.Literal('leaves'), node: GraphId, port: Port }, CLOSED),
  /** A message is sent whose subject or text holds this; without `node`, any message. */
  Type.Object({ kind: Type.Literal('receives'), node: Type.Optional(GraphId), text: Type.Optional(Text) }, CLOSED),
  Type.Object({ kind: Type.Literal('receives-not'), text: Type.Optional(Text) }, CLOSED),
  /** The run ends, with these words (those of an exit) or this code as its reason, and within this time of its start. */
  Type.Object(
    {
      kind: Type.Literal('ends'),
      reason: Type.Optional(Text),
      withinMs: Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_DAYS * 86_400_000 })),
    },
    CLOSED,
  ),
  Type.Object({ kind: Type.Literal('dealt'), node: GraphId, variant: Port }, CLOSED),
]);
export type Assertion = Static<typeof Assertion>;

const Name = Type.String({ minLength: 1, maxLength: 120 });
const Assertions = Type.Array(Assertion, { minItems: 1, maxItems: 50 });

/** A saved dry run with what must come of it. Receivers are never really called in a case. */
export const CaseContent = Type.Object({ name: Name, scenario: Scenario, assertions: Assertions }, CLOSED);
export type CaseContent = Static<typeof CaseContent>;

export const Case = Type.Object({
  ...CaseContent.properties,
  id: Type.String(),
  flowId: Type.String(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
});
export type Case = Static<typeof Case>;

/** `gone`: the node or the port that it names is not in the graph any more. */
export const CheckedAssertion = Type.Object({
  assertion: Assertion,
  outcome: Type.Union([Type.Literal('met'), Type.Literal('missed'), Type.Literal('gone')]),
  /** What was there instead, where that says more. */
  found: Type.Optional(Type.String()),
});
export type CheckedAssertion = Static<typeof CheckedAssertion>;

export const CaseResult = Type.Object({
  caseId: Type.String(),
  name: Type.String(),
  isPassed: Type.Boolean(),
  checks: Type.Array(CheckedAssertion),
  /** Why it could not be run at all, such as a profile that is gone. */
  problem: Type.Optional(Type.String()),
  /** Nodes that it entered, with the ports by which it left them. */
  covered: Type.Record(Type.String(), Type.Array(Type.String())),
});
export type CaseResult = Static<typeof CaseResult>;

const FlowParam = Type.Object({ flowId: Type.String({ maxLength: 64 }) });
const CaseParam = Type.Object({ flowId: Type.String({ maxLength: 64 }), caseId: Type.String({ maxLength: 64 }) });
const Testers = ['administrator', 'operator', 'developer', 'tester'] as const;

export const caseRoutes = {
  listCases: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/cases',
    access: 'signed-in',
    tag: 'sandbox',
    summary: 'The cases of a flow, by name',
    params: FlowParam,
    reply: pageOf(Case),
  }),
  createCase: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/cases',
    access: Testers,
    tag: 'sandbox',
    summary: 'Save a dry run with assertions; publishing waits for them from now on',
    params: FlowParam,
    body: CaseContent,
    reply: Case,
  }),
  changeCase: defineRoute({
    method: 'PUT',
    path: '/api/flows/:flowId/cases/:caseId',
    access: Testers,
    tag: 'sandbox',
    summary: 'Replace a case',
    params: CaseParam,
    body: CaseContent,
    reply: Case,
  }),
  deleteCase: defineRoute({
    method: 'DELETE',
    path: '/api/flows/:flowId/cases/:caseId',
    access: Testers,
    tag: 'sandbox',
    summary: 'Delete a case',
    params: CaseParam,
  }),
  runCases: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/cases/run',
    access: Testers,
    tag: 'sandbox',
    summary: 'Run the cases of a flow over a graph, and say what they exercise',
    params: FlowParam,
    body: Type.Object(GraphChoice, CLOSED),
    reply: Type.Object({ results: Type.Array(CaseResult) }),
  }),
};
