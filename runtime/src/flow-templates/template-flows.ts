import { AppError } from '@sluice/shared/errors';
import {
  type GraphMerge,
  instantiate,
  type MergeChoices,
  readForm,
  refillFlow,
  upgradeFlow,
} from '@sluice/shared/flow-template';
import { type Answers, checkGraph, type ExposedParam, type Graph, type TemplateOrigin } from '@sluice/shared/graph';
import type { Account, FlowOfTemplate, FlowTemplateForm } from '@sluice/shared/http-api';
import type { Locale } from '@sluice/shared/model';
import type { CheckContext, ManifestIndex } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { FlowDrafts } from '../flows/flow-drafts.ts';
import { type FlowRecord, flows, readGraph } from '../flows/flow-record.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import type { Database } from '../stores/database.ts';
import { readContent } from './template-record.ts';
import type { TemplateStore } from './template-store.ts';

export interface UpgradePlan extends GraphMerge {
  flow: FlowRecord;
  from: string;
  to: string;
}

/** Flows that are made from templates. */
export interface TemplateFlows {
  /** Throws `not-found`, `template-answers`. */
  make(
    templateId: string,
    wish: { name: string; version?: string | undefined; locale: Locale; answers: Answers },
    by: Account,
  ): Promise<FlowRecord>;
  /** To the newest version where none is named. Throws `not-found`, also for a flow that was made from no template. */
  plan(flowId: string, version?: string, choices?: MergeChoices): Promise<UpgradePlan>;
  /** Throws as `plan`, and `draft-conflict`. */
  upgrade(
    flowId: string,
    wish: { version: string; baseRevision: number; choices: MergeChoices },
    by: Account,
  ): Promise<{ revision: number; savedAt: string }>;
  /** The form of its template, filled in from the draft. Throws `not-found`. */
  readForm(flowId: string): Promise<FlowTemplateForm>;
  /** Throws `not-found`, `template-answers`, `draft-conflict`. */
  saveForm(
    flowId: string,
    wish: { baseRevision: number; answers: Answers },
    by: Account,
  ): Promise<{ revision: number; savedAt: string; kept: string[] }>;
  list(
    templateId: string,
    page: { after?: string | undefined; limit?: number | undefined },
  ): Promise<{ items: FlowOfTemplate[]; next: string | null }>;
  /** How many flows each template has. */
  counts(): Promise<ReadonlyMap<string, number>>;
}

const DEFAULT_LIMIT = 50;

export function createTemplateFlows(deps: {
  database: Database;
  templates: TemplateStore;
  drafts: FlowDrafts;
  dictionary: { checkingFacts(): Promise<CheckContext> };
  manifests: ManifestIndex;
}): TemplateFlows {
  const { templates, drafts, manifests } = deps;
  const stored = deps.database.collection(flows);

  async function openOf(flowId: string) {
    const flow = await drafts.get(flowId);
    const graph = readGraph(flow);
    const { origin } = graph;
    if (!origin)
      throw new AppError('not-found', `The flow ${flowId} was made from no template`, {
        details: { what: 'template', id: flowId },
      });
    return { flow, graph, origin };
  }

  const plan: TemplateFlows['plan'] = async (flowId, version, choices = {}) => {
    const { flow, graph, origin } = await openOf(flowId);
    const [from, to] = await Promise.all([
      templates.get(origin.template, origin.version),
      templates.get(origin.template, version),
    ]);
    const merge = upgradeFlow(
      graph,
      origin,
      {
        from: readContent(from).graph[origin.locale],
        to: readContent(to).graph[origin.locale],
        toVersion: to.version,
      },
      manifests,
      choices,
    );
    return { ...merge, flow, from: origin.version, to: to.version };
  };

  return {
    plan,
    async make(templateId, { name, version, locale, answers }, by) {
      const template = await templates.get(templateId, version);
      const graph = readContent(template).graph[locale];
      const origin = { template: templateId, version: template.version, locale, answers };
      const made = instantiate(graph, origin, manifests);
      refuseAnswers(graph, made, origin, manifests, await deps.dictionary.checkingFacts());
      return drafts.create({ name, graph: made }, by);
    },
    async upgrade(flowId, { version, baseRevision, choices }, by) {
      const { flow, graph } = await plan(flowId, version, choices);
      // Saving refuses another revision, and knows its own earlier try.
      return drafts.save(flowId, { name: flow.name, graph, baseRevision }, by);
    },
    async readForm(flowId) {
      const { flow, graph, origin } = await openOf(flowId);
      const template = readContent(await templates.get(origin.template, origin.version)).graph[origin.locale];
      return { origin, revision: flow.revision, ...readForm(graph, template, origin, manifests) };
    },
    async saveForm(flowId, { baseRevision, answers }, by) {
      const { flow, graph, origin } = await openOf(flowId);
      const template = readContent(await templates.get(origin.template, origin.version)).graph[origin.locale];
      const { graph: filled, kept } = refillFlow(graph, template, origin, answers, manifests);
      const facts = await deps.dictionary.checkingFacts();
      // What stands there anyway is no answer of this form, sound or not.
      const { answers: before } = readForm(graph, template, origin, manifests);
      const news = Object.fromEntries(Object.entries(answers).filter(([id, value]) => !Value.Equal(value, before[id])));
      refuseAnswers(template, filled, { ...origin, answers: news }, manifests, facts);
      // Saving refuses another revision, and knows its own earlier try.
      return { ...(await drafts.save(flowId, { name: flow.name, graph: filled, baseRevision }, by)), kept };
    },
    async list(templateId, { after, limit = DEFAULT_LIMIT }) {
      const [updatedAt, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
      const at = updatedAt === undefined ? undefined : new Date(updatedAt);
      const position = at && id ? { $or: [{ updatedAt: { $lt: at } }, { updatedAt: at, _id: { $lt: id } }] } : {};
      const found = await stored
        .find({ 'origin.template': templateId, ...position }, { projection: { graphText: 0 } })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const last = found.length > limit ? found[limit - 1] : undefined;
      return {
        items: found.slice(0, limit).map((flow) => ({
          id: flow._id,
          name: flow.name,
          status: flow.status,
          version: flow.origin?.version ?? '',
          updatedAt: flow.updatedAt.toISOString(),
          updatedBy: flow.updatedBy,
        })),
        next: last ? writeCursor([last.updatedAt.getTime(), last._id]) : null,
      };
    },
    async counts() {
      const found = await stored
        .aggregate<{ _id: string; flows: number }>([
          { $match: { 'origin.template': { $exists: true } } },
          { $group: { _id: '$origin.template', flows: { $sum: 1 } } },
        ])
        .toArray();
      return new Map(found.map(({ _id, flows }) => [_id, flows]));
    },
  };
}

/** Throws `template-answers` for answers to nothing, and for those that their param cannot hold. */
function refuseAnswers(
  template: Graph,
  made: Graph,
  { answers, locale }: TemplateOrigin,
  manifests: ManifestIndex,
  facts: CheckContext,
): void {
  const { exposed = [] } = template;
  const known = new Map(exposed.map((param) => [param.id, param]));
  const wrong = Object.keys(answers).filter((id) => !known.has(id));
  const problems = checkGraph(made, manifests, facts).filter(({ severity }) => severity === 'error');
  const isHit = ({ places }: ExposedParam) =>
    problems.some(({ node, param = '' }) =>
      places.some((place) => place.node === node && `${param}/`.startsWith(`${place.pointer}/`)),
    );
  for (const param of exposed) if (Object.hasOwn(answers, param.id) && isHit(param)) wrong.push(param.label[locale]);
  if (wrong.length === 0) return;
  const names = wrong.join(', ');
  throw new AppError('template-answers', `These answers do not fit: ${names}`, { details: { names, problems } });
}
