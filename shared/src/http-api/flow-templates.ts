import { type Static, Type } from 'typebox';
import { Answers, TemplateId, TemplateOrigin, TemplateVersion } from '../graph/exposed-param.ts';
import { Graph } from '../graph/graph.ts';
import { LOCALES, type Locale } from '../model/locale.ts';
import { CaseContent } from './cases.ts';
import { Flow, FlowStatus } from './flows.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

const CLOSED = { additionalProperties: false } as const;
const LocaleName = Type.Unsafe<Locale>(Type.Union(LOCALES.map((locale) => Type.Literal(locale))));
const Writers = ['administrator', 'developer'] as const;
const Editors = ['administrator', 'operator', 'developer'] as const;

/** What is said of a template before anybody uses it. */
export const TemplateTexts = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120 }),
    description: Type.String({ minLength: 1, maxLength: 1000 }),
    why: Type.String({ maxLength: 1000 }),
    forWhom: Type.String({ maxLength: 1000 }),
    toSet: Type.String({ maxLength: 1000 }),
  },
  CLOSED,
);
export type TemplateTexts = Static<typeof TemplateTexts>;
export const TemplateTextsByLocale = Type.Object({ 'en-US': TemplateTexts, 'zh-CN': TemplateTexts }, CLOSED);
export type TemplateTextsByLocale = Static<typeof TemplateTextsByLocale>;

const Summary = {
  id: Type.String(),
  /** The newest. */
  version: Type.String(),
  icon: Type.String(),
  texts: TemplateTextsByLocale,
  /** Came with the product: upgraded with it, not changed here. */
  isBuiltIn: Type.Boolean(),
  isArchived: Type.Boolean(),
  nodes: Type.Integer(),
  /** How many flows were made from any of its versions. */
  flows: Type.Integer(),
  publishedAt: Type.String(),
  publishedBy: Type.String(),
  /** The flow whose draft this version was made from; absent of what came with the product. */
  sourceFlow: Type.Optional(Type.String()),
};
/** `picture`: the shape of the newest version as a small SVG; the names of its nodes are in the language that was asked for. */
export const FlowTemplateSummary = Type.Object({ ...Summary, picture: Type.String() });
export type FlowTemplateSummary = Static<typeof FlowTemplateSummary>;

export const FlowTemplateVersion = Type.Object({
  version: Type.String(),
  note: Type.String(),
  publishedAt: Type.String(),
  publishedBy: Type.String(),
});
export type FlowTemplateVersion = Static<typeof FlowTemplateVersion>;

/** One version, and which others there are. `graph` says in `exposed` what it asks for. */
export const FlowTemplate = Type.Object({
  ...Summary,
  note: Type.String(),
  graph: Graph,
  cases: Type.Array(CaseContent),
  /** Newest first. */
  versions: Type.Array(FlowTemplateVersion),
});
export type FlowTemplate = Static<typeof FlowTemplate>;

export const FlowOfTemplate = Type.Object({
  id: Type.String(),
  name: Type.String(),
  status: FlowStatus,
  version: Type.String(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
});
export type FlowOfTemplate = Static<typeof FlowOfTemplate>;

/** What a draft gives when it becomes a template or its next version. */
const Publication = {
  flowId: Type.String({ maxLength: 64 }),
  /** The revision of the draft that was looked at. */
  baseRevision: Type.Integer(),
  version: TemplateVersion,
  texts: TemplateTextsByLocale,
  icon: Type.String({ minLength: 1, maxLength: 40 }),
  note: Type.String({ maxLength: 500 }),
};

export const MergeConflict = Type.Object({
  id: Type.String(),
  node: Type.Optional(Type.String()),
  param: Type.Optional(Type.String()),
  mine: Type.Optional(Type.Unknown()),
  theirs: Type.Optional(Type.Unknown()),
});
const Choices = Type.Record(
  Type.String({ maxLength: 300 }),
  Type.Union([Type.Literal('mine'), Type.Literal('theirs')]),
  { maxProperties: 1000 },
);

/** What an upgrade would make of a draft; nothing is saved yet. */
export const FlowUpgrade = Type.Object({
  from: Type.String(),
  to: Type.String(),
  /** Of the draft that it was worked out for. */
  revision: Type.Integer(),
  graph: Graph,
  conflicts: Type.Array(MergeConflict),
});
export type FlowUpgrade = Static<typeof FlowUpgrade>;

/** The form of the template that a draft was made from, filled in from the draft. */
export const FlowTemplateForm = Type.Object({
  origin: TemplateOrigin,
  /** Of the draft that it was read from. */
  revision: Type.Integer(),
  answers: Answers,
  /** Ids of params whose value was changed on the canvas since. */
  changed: Type.Array(Type.String()),
  /** Ids of params that can no longer be asked for: their node is gone, or their words were rewritten. */
  gone: Type.Array(Type.String()),
});
export type FlowTemplateForm = Static<typeof FlowTemplateForm>;

const TemplateParam = Type.Object({ templateId: TemplateId });
const FlowParam = Type.Object({ flowId: Type.String({ maxLength: 64 }) });

export const flowTemplateRoutes = {
  listTemplates: defineRoute({
    method: 'GET',
    path: '/api/flow-templates',
    access: 'signed-in',
    tag: 'flow templates',
    summary: 'Templates with their newest version, those made here first',
    query: Type.Object({ locale: Type.Optional(LocaleName) }),
    reply: pageOf(FlowTemplateSummary),
  }),
  getTemplate: defineRoute({
    method: 'GET',
    path: '/api/flow-templates/:templateId',
    access: 'signed-in',
    tag: 'flow templates',
    summary: 'One version of a template, the newest where none is named',
    params: TemplateParam,
    query: Type.Object({ version: Type.Optional(TemplateVersion), locale: Type.Optional(LocaleName) }),
    reply: FlowTemplate,
  }),
  createTemplate: defineRoute({
    method: 'POST',
    path: '/api/flow-templates',
    access: Writers,
    tag: 'flow templates',
    summary: 'Make a template from the draft of a flow; its cases come along and must pass',
    body: Type.Object({ id: TemplateId, ...Publication }, CLOSED),
    reply: FlowTemplate,
  }),
  publishTemplate: defineRoute({
    method: 'POST',
    path: '/api/flow-templates/:templateId/versions',
    access: Writers,
    tag: 'flow templates',
    summary: 'Publish a later version of a template from the draft of a flow',
    params: TemplateParam,
    body: Type.Object(Publication, CLOSED),
    reply: FlowTemplate,
  }),
  archiveTemplate: defineRoute({
    method: 'POST',
    path: '/api/flow-templates/:templateId/archive',
    access: Writers,
    tag: 'flow templates',
    summary: 'Put a template away, or take it out again; flows made from it are not touched',
    params: TemplateParam,
    body: Type.Object({ isArchived: Type.Boolean() }, CLOSED),
    reply: FlowTemplate,
  }),
  makeFlow: defineRoute({
    method: 'POST',
    path: '/api/flow-templates/:templateId/flows',
    access: Editors,
    tag: 'flow templates',
    summary: 'Make a flow from a template; what is not answered keeps its default',
    params: TemplateParam,
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 120 }),
        version: Type.Optional(TemplateVersion),
        locale: LocaleName,
        answers: Answers,
      },
      CLOSED,
    ),
    reply: Flow,
  }),
  listFlowsOfTemplate: defineRoute({
    method: 'GET',
    path: '/api/flow-templates/:templateId/flows',
    access: 'signed-in',
    tag: 'flow templates',
    summary: 'Flows made from a template with the version each is at, last changed first',
    params: TemplateParam,
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(FlowOfTemplate),
  }),
  planUpgrade: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/upgrade',
    access: 'signed-in',
    tag: 'flow templates',
    summary: 'What a later version of its template would change in a draft, and where both sides changed the same',
    params: FlowParam,
    query: Type.Object({ version: Type.Optional(TemplateVersion) }),
    reply: FlowUpgrade,
  }),
  upgradeFlow: defineRoute({
    method: 'POST',
    path: '/api/flows/:flowId/upgrade',
    access: Editors,
    tag: 'flow templates',
    summary: 'Bring a draft to a later version of its template; what operators changed stays unless chosen otherwise',
    params: FlowParam,
    body: Type.Object({ version: TemplateVersion, baseRevision: Type.Integer(), choices: Choices }, CLOSED),
    reply: Type.Object({ revision: Type.Integer(), savedAt: Type.String() }),
  }),
  readTemplateForm: defineRoute({
    method: 'GET',
    path: '/api/flows/:flowId/template-form',
    access: 'signed-in',
    tag: 'flow templates',
    summary: 'What the form of its template says for a draft now, and what was changed by hand since',
    params: FlowParam,
    reply: FlowTemplateForm,
  }),
  saveTemplateForm: defineRoute({
    method: 'PUT',
    path: '/api/flows/:flowId/template-form',
    access: Editors,
    tag: 'flow templates',
    summary:
      'Set in a draft what is answered otherwise; everything that was changed by hand stays, and is named in `kept`',
    params: FlowParam,
    body: Type.Object({ baseRevision: Type.Integer(), answers: Answers }, CLOSED),
    reply: Type.Object({ revision: Type.Integer(), savedAt: Type.String(), kept: Type.Array(Type.String()) }),
  }),
};
