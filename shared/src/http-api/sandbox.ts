import { type Static, Type } from 'typebox';
import { Graph, GraphId } from '../graph/graph.ts';
import { defineRoute } from './route.ts';
import { Persona, Scenario } from './scenario.ts';
import { Trace } from './trace.ts';

export * from './scenario.ts';
export * from './trace.ts';

const CLOSED = { additionalProperties: false } as const;
const FlowParam = Type.Object({ flowId: Type.String({ maxLength: 64 }) });
const Testers = ['administrator', 'operator', 'developer', 'tester'] as const;

/** Which graph is meant: one that is given, a published version, or, where neither is said, the stored draft. */
export const GraphChoice = {
  graph: Type.Optional(Graph),
  version: Type.Optional(Type.Integer({ minimum: 1 })),
};
const Choice = Type.Object(GraphChoice);
export type GraphChoice = Static<typeof Choice>;

/** `stuckAt`: the node beyond which no scenario came, where none was found; null where no way leads to the port at all. */
export const Suggestion = Type.Object({
  scenario: Type.Union([Scenario, Type.Null()]),
  stuckAt: Type.Union([Type.String(), Type.Null()]),
  /** Dry runs that it took. */
  tries: Type.Integer(),
});
export type Suggestion = Static<typeof Suggestion>;

export const sandboxRoutes = {
  dryRun: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/dry-run',
    access: Testers,
    tag: 'sandbox',
    summary: 'Run a flow in virtual time: everything is recorded, nothing leaves',
    params: FlowParam,
    body: Type.Object({ ...GraphChoice, scenario: Scenario }, CLOSED),
    reply: Trace,
  }),
  suggestPersona: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/suggest-persona',
    access: Testers,
    tag: 'sandbox',
    summary: 'Look for a persona, and for what happens to it, by which a port is taken',
    params: FlowParam,
    body: Type.Object(
      { ...GraphChoice, scenario: Scenario, node: GraphId, port: Type.String({ minLength: 1, maxLength: 80 }) },
      CLOSED,
    ),
    reply: Suggestion,
  }),
  copyPersona: defineRoute({
    method: 'POST',
    path: '/api/sandbox/persona',
    access: Testers,
    tag: 'sandbox',
    summary: 'A persona made from a profile, with what could tell who it is masked',
    body: Type.Object({ profileId: Type.String({ minLength: 1, maxLength: 64 }) }, CLOSED),
    /** `isCut`: it has more past events than a persona holds. */
    reply: Type.Object({ persona: Persona, isCut: Type.Boolean() }),
  }),
};
