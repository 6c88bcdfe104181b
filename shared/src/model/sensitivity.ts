import { type Static, Type } from 'typebox';
import type { Role } from './run.ts';

/** How carefully a value is to be handled; each level asks for more than the one before. */
export const Sensitivity = Type.Union([
  Type.Literal('public'),
  Type.Literal('internal'),
  Type.Literal('sensitive'),
  Type.Literal('secret'),
]);
export type Sensitivity = Static<typeof Sensitivity>;

/** What an attribute is while nobody has said anything else. */
export const DEFAULT_SENSITIVITY: Sensitivity = 'internal';

/** `masked`: its shape is shown, not its value. `hidden`: not even that it is there. */
export const ReadLevel = Type.Union([Type.Literal('plain'), Type.Literal('masked'), Type.Literal('hidden')]);
export type ReadLevel = Static<typeof ReadLevel>;

export const AttributeRights = Type.Object({
  read: ReadLevel,
  /** May look at one masked value at a time; each look is recorded. */
  mayReveal: Type.Boolean(),
  /** May build conditions, messages and calls with it, and so learn of it by what they do. */
  mayUse: Type.Boolean(),
});
export type AttributeRights = Static<typeof AttributeRights>;

const OPEN: AttributeRights = { read: 'plain', mayReveal: false, mayUse: true };
const BY_LOOK: AttributeRights = { read: 'masked', mayReveal: true, mayUse: true };
const BLIND: AttributeRights = { read: 'masked', mayReveal: false, mayUse: false };
const NONE: AttributeRights = { read: 'hidden', mayReveal: false, mayUse: false };

/** Role × sensitivity: the one table by which it is decided who sees and uses what. */
export const ATTRIBUTE_RIGHTS: Readonly<Record<Role, Readonly<Record<Sensitivity, AttributeRights>>>> = {
  administrator: { public: OPEN, internal: OPEN, sensitive: OPEN, secret: BY_LOOK },
  operator: { public: OPEN, internal: OPEN, sensitive: BY_LOOK, secret: NONE },
  developer: { public: OPEN, internal: OPEN, sensitive: BLIND, secret: NONE },
  tester: { public: OPEN, internal: OPEN, sensitive: BLIND, secret: NONE },
  analyst: { public: OPEN, internal: OPEN, sensitive: BLIND, secret: NONE },
};

/** How a masked value is shown; absent, its form decides. */
export const MaskKind = Type.Union([
  Type.Literal('phone'),
  Type.Literal('email'),
  Type.Literal('id'),
  Type.Literal('name'),
  Type.Literal('whole'),
]);
export type MaskKind = Static<typeof MaskKind>;
