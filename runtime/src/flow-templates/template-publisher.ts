import { AppError } from '@sluice/shared/errors';
import { compareVersions, faultOf } from '@sluice/shared/flow-template';
import { describeProblem, type Graph, type Problem } from '@sluice/shared/graph';
import type { Account, BodyIn, CaseContent, CaseResult, flowTemplateRoutes } from '@sluice/shared/http-api';
import { fillText, type Locale } from '@sluice/shared/model';
import type { ManifestIndex } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { DraftCheck } from '../flows/check-draft.ts';
import { draftConflict, type FlowDrafts } from '../flows/flow-drafts.ts';
import { readGraph } from '../flows/flow-record.ts';
import { inEach, orderOf, versionIdOf } from './template-record.ts';
import { type TemplateStore, versionTaken } from './template-store.ts';

export type Publication = BodyIn<typeof flowTemplateRoutes.publishTemplate>;

/** The cases of the flow that a template is made from. */
export interface TemplateCases {
  list(flowId: string): Promise<readonly CaseContent[]>;
  run(flowId: string, graph: Graph): Promise<CaseResult[]>;
}

/** Makes drafts into versions of templates. */
export interface TemplatePublisher {
  /** Throws `name-taken` when there is a template of this id. Otherwise as `publish`. */
  create(templateId: string, publication: Publication, by: Account): Promise<void>;
  /** Throws `not-found`, `template-built-in`, `template-version`, `draft-conflict`, `template-invalid`, `cases-failing`. */
  publish(templateId: string, publication: Publication, by: Account): Promise<void>;
}

export function createTemplatePublisher(deps: {
  templates: TemplateStore;
  drafts: Pick<FlowDrafts, 'get'>;
  check: DraftCheck;
  cases: TemplateCases;
  manifests: ManifestIndex;
  clock: Clock;
}): TemplatePublisher {
  const { templates, drafts, cases, manifests } = deps;

  async function add(templateId: string, publication: Publication, by: Account): Promise<void> {
    const { flowId, baseRevision, version, texts, icon, note } = publication;
    const flow = await drafts.get(flowId);
    if (flow.revision !== baseRevision) throw draftConflict(flow);
    // A template made from a flow that was made from another one stands on its own.
    const { origin: _origin, ...graph } = readGraph(flow);
    const problems = await deps.check.problemsOf(graph, by.role);
    refuseUnfit(graph, problems, manifests);
    const kept = (await cases.list(flowId)).filter(({ scenario }) => scenario.subject.kind === 'persona');
    // What is asked for may be open: then the cases can only be run by whoever fills it in.
    if (problems.every(({ severity }) => severity !== 'error')) await refuseFailing(flowId, graph);
    await templates.insert({
      _id: versionIdOf(templateId, version),
      templateId,
      version,
      order: orderOf(version),
      icon,
      texts,
      note,
      isBuiltIn: false,
      isArchived: false,
      nodes: graph.nodes.length,
      contentText: JSON.stringify({ graph: inEach(graph), cases: inEach(kept.map(contentOf)) }),
      publishedAt: new Date(deps.clock.now()),
      publishedBy: by.name,
      sourceFlow: flowId,
    });
  }

  async function refuseFailing(flowId: string, graph: Graph): Promise<void> {
    const results = await cases.run(flowId, graph);
    const failed = results.filter(({ isPassed }) => !isPassed).length;
    if (failed === 0) return;
    throw new AppError('cases-failing', `${failed} of ${results.length} cases fail`, {
      details: { failed, count: results.length, results },
    });
  }

  return {
    async create(templateId, publication, by) {
      if ((await templates.heads(templateId)).length > 0)
        throw new AppError('name-taken', `There is a template ${templateId}`, { details: { name: templateId } });
      await add(templateId, publication, by);
    },
    async publish(templateId, publication, by) {
      const { version: newest, isBuiltIn } = await templates.get(templateId);
      if (isBuiltIn)
        throw new AppError('template-built-in', `The template ${templateId} came with the product`, {
          details: { name: templateId },
        });
      if (compareVersions(publication.version, newest) <= 0) throw versionTaken(publication.version, newest);
      await add(templateId, publication, by);
    },
  };
}

function contentOf({ name, scenario, assertions }: CaseContent): CaseContent {
  return { name, scenario, assertions };
}

/** Throws `template-invalid` for the first thing that no answer could mend. */
function refuseUnfit(graph: Graph, problems: readonly Problem[], manifests: ManifestIndex): void {
  const { exposed = [] } = graph;
  const twice = exposed.find(({ id }, index) => exposed.findIndex((other) => other.id === id) !== index);
  if (twice) throw invalid((locale) => fillText(UNFIT[locale].twice, { label: twice.label[locale] }), { problems });
  const gone = exposed.find((param) => faultOf(param, graph, manifests) !== undefined);
  if (gone) throw invalid((locale) => fillText(UNFIT[locale].gone, { label: gone.label[locale] }), { problems });
  const asked = new Set(exposed.flatMap(({ places }) => places.map(({ node, pointer }) => `${node}${pointer}`)));
  const open = problems.find(({ severity, node, param = '' }) => severity === 'error' && !asked.has(`${node}${param}`));
  if (open) throw invalid((locale) => describeProblem(open, graph, manifests, locale), { problems });
}

const UNFIT: Readonly<Record<Locale, { twice: string; gone: string }>> = {
  'en-US': {
    twice: '“{{label}}” has the same id as another setting. Remove one of them.',
    gone: '“{{label}}” asks for something that is no longer in the flow. Remove it from the list.',
  },
  'zh-CN': {
    twice: '“{{label}}”与另一项设置的编号相同，请移除其中一项。',
    gone: '“{{label}}”对应的内容已不在方案中，请从列表中移除。',
  },
};

function invalid(word: (locale: Locale) => string, details: object): AppError {
  const problem = { 'en-US': word('en-US'), 'zh-CN': word('zh-CN') };
  return new AppError('flow-template-invalid', problem['en-US'], { details: { ...details, problem } });
}
