import { type Static, Type } from 'typebox';
import { defineRoute } from './route.ts';

const FlowParam = Type.Object({ flowId: Type.String({ maxLength: 64 }) });
const HookParam = Type.Object({
  flowId: Type.String({ maxLength: 64 }),
  node: Type.String({ minLength: 1, maxLength: 40 }),
});
/** Whoever knows the address may start the flow. */
const KEEPERS = ['administrator', 'operator', 'developer'] as const;

/** The address of a call trigger of the live version, to which other systems post in a form of their own. */
export const Hook = Type.Object({
  node: Type.String(),
  /** Behind the address of this installation; null until one is made. */
  path: Type.Union([Type.String(), Type.Null()]),
  hasSecret: Type.Boolean(),
  needsSignature: Type.Boolean(),
});
export type Hook = Static<typeof Hook>;

export const hookRoutes = {
  listHooks: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/hooks',
    access: KEEPERS,
    tag: 'flows',
    summary: 'Addresses of the call triggers of the live version',
    params: FlowParam,
    reply: Type.Object({ items: Type.Array(Hook) }),
  }),
  renewAddress: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/hooks/:node/address',
    access: KEEPERS,
    tag: 'flows',
    summary: 'Give a call trigger its address, or a new one; the old one stops at once',
    params: HookParam,
    reply: Type.Object({ path: Type.String(), hasSecret: Type.Boolean() }),
  }),
  setSecret: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/hooks/:node/secret',
    access: KEEPERS,
    tag: 'flows',
    summary: 'Set the secret that the sender signs with, or have one made; the answer is the only time it is shown',
    params: HookParam,
    body: Type.Object(
      { secret: Type.Optional(Type.String({ minLength: 8, maxLength: 200 })) },
      { additionalProperties: false },
    ),
    reply: Type.Object({ secret: Type.String() }),
  }),
};
