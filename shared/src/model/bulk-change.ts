import { type Static, Type } from 'typebox';
import { GraphId } from '../graph/graph.ts';

const CLOSED = { additionalProperties: false } as const;

/** What becomes of runs that stand at a node which the new version does not have, or has as another kind. */
export const GoneNode = Type.Object(
  {
    node: GraphId,
    fate: Type.Union([Type.Literal('stay'), Type.Literal('end'), Type.Literal('move')]),
    /** For `move`: the node of the new version that they enter. */
    target: Type.Optional(GraphId),
  },
  CLOSED,
);
export type GoneNode = Static<typeof GoneNode>;

/**
 * What becomes of runs in flight of older versions when a version is published (RUN-5). `stay`: each goes on in its own.
 * `move`: those that stand at a node which the new version has, too, go on in the new one; of the others `gone` says, and
 * who is not named there stays. `end`: all end.
 */
export const PublishPolicy = Type.Union([
  Type.Object({ kind: Type.Literal('stay') }, CLOSED),
  Type.Object({ kind: Type.Literal('move'), gone: Type.Array(GoneNode, { maxItems: 1000 }) }, CLOSED),
  Type.Object({ kind: Type.Literal('end') }, CLOSED),
]);
export type PublishPolicy = Static<typeof PublishPolicy>;

/**
 * How runs go on that came due while their flow was paused (RUN-9). `go-on`: all at once. `skip-overdue`: those whose time
 * has passed end. `spread`: over a period, each at a place of its own that is always the same.
 */
export const ResumePolicy = Type.Union([
  Type.Object({ kind: Type.Literal('go-on') }, CLOSED),
  Type.Object({ kind: Type.Literal('skip-overdue') }, CLOSED),
  Type.Object(
    { kind: Type.Literal('spread'), overMs: Type.Integer({ minimum: 60_000, maximum: 30 * 86_400_000 }) },
    CLOSED,
  ),
]);
export type ResumePolicy = Static<typeof ResumePolicy>;

/** What a person decides about a failed visit (RUN-10): enter the node anew, leave it by a port, or end the run there. */
export const Rescue = Type.Union([
  Type.Object({ kind: Type.Literal('retry') }, CLOSED),
  Type.Object({ kind: Type.Literal('skip'), port: Type.String({ minLength: 1, maxLength: 80 }) }, CLOSED),
  Type.Object({ kind: Type.Literal('end') }, CLOSED),
]);
export type Rescue = Static<typeof Rescue>;

/** What is done to many runs of one flow, in the background. */
export const BulkOrder = Type.Union([
  Type.Object({ kind: Type.Literal('move'), to: Type.Integer(), gone: Type.Array(GoneNode) }),
  Type.Object({ kind: Type.Literal('end'), to: Type.Integer() }),
  Type.Object({ kind: Type.Literal('resume'), how: ResumePolicy }),
  Type.Object({
    kind: Type.Literal('rescue'),
    node: Type.String(),
    message: Type.Optional(Type.String()),
    action: Rescue,
  }),
]);
export type BulkOrder = Static<typeof BulkOrder>;
