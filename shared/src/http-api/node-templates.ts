import { type Static, Type } from 'typebox';
import { Capabilities } from '../node-template/capabilities.ts';
import { VERSION_PATTERN } from '../node-template/kind-name.ts';
import { TemplateCase } from '../node-template/template-case.ts';
import { MOST_SOURCE, type TemplateManifest } from '../node-template/template-manifest.ts';
import { FlowStatus } from './flows.ts';
import { defineRoute } from './route.ts';

/**
 * submitted → available | refused (review) · available ⇄ deprecated · available, deprecated ⇄ blocked.
 * Only what is available, deprecated or blocked is a kind that flows know.
 */
export const TEMPLATE_STATES = ['submitted', 'refused', 'available', 'deprecated', 'blocked'] as const;
export type TemplateState = (typeof TEMPLATE_STATES)[number];
export const TemplateState = Type.Unsafe<TemplateState>(
  Type.Union(TEMPLATE_STATES.map((state) => Type.Literal(state))),
);

const Note = Type.String({ maxLength: 1000 });
const VersionParam = Type.Object({
  name: Type.String({ maxLength: 40 }),
  version: Type.String({ pattern: VERSION_PATTERN }),
});

/** What was done with a version, when and by whom. */
export const TemplateMove = Type.Object({
  to: TemplateState,
  at: Type.String(),
  by: Type.String(),
  note: Type.Optional(Note),
});
export type TemplateMove = Static<typeof TemplateMove>;

export const NodeTemplateVersion = Type.Object({
  manifest: Type.Unsafe<TemplateManifest>(Type.Object({})),
  state: TemplateState,
  /** Of the last move: the reason of a refusal, what to use instead. */
  note: Type.Optional(Note),
  /** What was granted of what it asks for; absent before its review. */
  grant: Type.Optional(Capabilities),
  /** Results of its cases on this server when it was submitted. */
  cases: Type.Integer(),
  moves: Type.Array(TemplateMove),
});
export type NodeTemplateVersion = Static<typeof NodeTemplateVersion>;

/** One template with all its versions, the newest first. */
export const NodeTemplate = Type.Object({ name: Type.String(), versions: Type.Array(NodeTemplateVersion) });
export type NodeTemplate = Static<typeof NodeTemplate>;

/** A version that flows may know, as the editor wants it. */
export const InstalledTemplate = Type.Object({
  manifest: Type.Unsafe<TemplateManifest>(Type.Object({})),
  grant: Capabilities,
  state: Type.Unsafe<'available' | 'deprecated' | 'blocked'>(TemplateState),
  note: Type.Optional(Note),
});
export type InstalledTemplate = Static<typeof InstalledTemplate>;

/** Where one version of a template stands in one flow. */
export const TemplateUse = Type.Object({
  flowId: Type.String(),
  flowName: Type.String(),
  status: FlowStatus,
  /** Of the template. */
  version: Type.String(),
  isInDraft: Type.Boolean(),
  /** The published versions of the flow that have it, newest first. */
  flowVersions: Type.Array(Type.Integer()),
  /** Whether the version that takes people in now has it. */
  isLive: Type.Boolean(),
});
export type TemplateUse = Static<typeof TemplateUse>;

const AUTHORS = ['administrator', 'developer'] as const;

export const nodeTemplateRoutes = {
  listTemplates: defineRoute({
    method: 'GET',
    path: '/api/node-templates',
    access: 'signed-in',
    tag: 'node templates',
    summary: 'All published node templates with their versions',
    reply: Type.Object({ items: Type.Array(NodeTemplate) }),
  }),
  listInstalled: defineRoute({
    method: 'GET',
    path: '/api/node-templates/installed',
    access: 'signed-in',
    tag: 'node templates',
    summary: 'The versions that flows may use, or have used',
    reply: Type.Object({ items: Type.Array(InstalledTemplate) }),
  }),
  readTemplate: defineRoute({
    method: 'GET',
    path: '/api/node-templates/:name',
    access: 'signed-in',
    tag: 'node templates',
    summary: 'One node template with its versions',
    params: Type.Object({ name: Type.String({ maxLength: 40 }) }),
    reply: NodeTemplate,
  }),
  readSource: defineRoute({
    method: 'GET',
    path: '/api/node-templates/:name/:version/source',
    access: AUTHORS,
    tag: 'node templates',
    summary: 'The code of a version as it runs, and its cases',
    params: VersionParam,
    reply: Type.Object({ source: Type.String(), cases: Type.Array(TemplateCase) }),
  }),
  submitTemplate: defineRoute({
    method: 'POST',
    path: '/api/node-templates',
    access: AUTHORS,
    tag: 'node templates',
    summary: 'Publish a version of a node template; an administrator then reviews it',
    body: Type.Object(
      {
        /** A `TemplateManifest`; what is wrong with it is named place by place. */
        manifest: Type.Unknown(),
        /** The handler, bundled into one script that leaves its exports as `sluiceTemplate`. */
        source: Type.String({ minLength: 1, maxLength: MOST_SOURCE }),
        cases: Type.Array(TemplateCase, { maxItems: 200 }),
      },
      { additionalProperties: false },
    ),
    /** `isNew` is false where the very same content was published before. */
    reply: Type.Object({ name: Type.String(), version: Type.String(), state: TemplateState, isNew: Type.Boolean() }),
  }),
  reviewTemplate: defineRoute({
    method: 'POST',
    path: '/api/node-templates/:name/:version/review',
    access: ['administrator'],
    tag: 'node templates',
    summary: 'Make a submitted version available with what it may do, or refuse it',
    params: VersionParam,
    body: Type.Union([
      Type.Object({ decision: Type.Literal('grant'), grant: Capabilities }, { additionalProperties: false }),
      Type.Object(
        { decision: Type.Literal('refuse'), note: Type.String({ minLength: 1, maxLength: 1000 }) },
        { additionalProperties: false },
      ),
    ]),
    reply: NodeTemplateVersion,
  }),
  moveTemplate: defineRoute({
    method: 'POST',
    path: '/api/node-templates/:name/:version/state',
    access: AUTHORS,
    tag: 'node templates',
    summary: 'Deprecate a version, block it (administrators), or make it available again',
    params: VersionParam,
    body: Type.Object(
      {
        to: Type.Union([Type.Literal('available'), Type.Literal('deprecated'), Type.Literal('blocked')]),
        note: Type.Optional(Note),
      },
      { additionalProperties: false },
    ),
    reply: NodeTemplateVersion,
  }),
  listUses: defineRoute({
    method: 'GET',
    path: '/api/node-templates/:name/uses',
    access: 'signed-in',
    tag: 'node templates',
    summary: 'The flows in which a template stands, by its version; live ones first, and `isCut` where there are more',
    params: Type.Object({ name: Type.String({ maxLength: 40 }) }),
    reply: Type.Object({ items: Type.Array(TemplateUse), isCut: Type.Boolean() }),
  }),
};
