import { type Static, Type } from 'typebox';
import { defineRoute } from './route.ts';

const NodeOrNone = Type.Union([Type.String({ maxLength: 40 }), Type.Null()]);

/** Somebody who has the draft of a flow open; one for each tab. */
export const Presence = Type.Object({
  visit: Type.String(),
  name: Type.String(),
  /** The account that asks, in another tab. */
  isYou: Type.Boolean(),
  /** Where: the node whose form is open, or the one selected. */
  node: NodeOrNone,
  isEditing: Type.Boolean(),
  since: Type.String(),
});
export type Presence = Static<typeof Presence>;

export const presenceRoutes = {
  showPresence: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/presence',
    access: 'signed-in',
    tag: 'flows',
    summary: 'Say that a tab has the draft open, and hear who else has; a tab that is silent for 20 seconds is gone',
    params: Type.Object({ flowId: Type.String({ maxLength: 64 }) }),
    body: Type.Object(
      {
        /** Chosen by the tab, the same for as long as it is open. */
        visit: Type.String({ pattern: '^[\\w-]{1,64}$' }),
        node: NodeOrNone,
        isEditing: Type.Boolean(),
        isLeaving: Type.Optional(Type.Literal(true)),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      others: Type.Array(Presence),
      /** Of the draft as it is stored now. */
      draft: Type.Object({ revision: Type.Integer(), savedBy: Type.String() }),
    }),
  }),
};
