import { drawThumbnail } from '@sluice/shared/flow-template';
import { api, type FlowTemplate } from '@sluice/shared/http-api';
import type { Locale } from '@sluice/shared/model';
import type { ManifestIndex } from '@sluice/shared/node-contract';
import { readyFlows } from '@sluice/templates/flows';
import type { FlowList } from '../flows/flow-list.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { TemplateFlows } from './template-flows.ts';
import type { TemplatePublisher } from './template-publisher.ts';
import { readContent } from './template-record.ts';
import type { TemplateHead, TemplateStore } from './template-store.ts';

export function registerTemplateRoutes(
  serve: Serve,
  deps: {
    templates: TemplateStore;
    publisher: TemplatePublisher;
    templateFlows: TemplateFlows;
    list: Pick<FlowList, 'describe'>;
    manifests: ManifestIndex;
  },
): void {
  const { templates, publisher, templateFlows, manifests } = deps;

  const describe = async (id: string, version: string | undefined, locale: Locale): Promise<FlowTemplate> => {
    const [record, heads, counts] = await Promise.all([
      templates.get(id, version),
      templates.heads(id),
      templateFlows.counts(),
    ]);
    const { graph, cases } = readContent(record);
    return {
      ...toSummary(record, counts),
      isArchived: heads[0]?.isArchived ?? false,
      note: record.note,
      graph: graph[locale],
      cases: [...cases[locale]],
      versions: heads.map(({ version, note, publishedAt, publishedBy }) => ({
        version,
        note,
        publishedAt: publishedAt.toISOString(),
        publishedBy,
      })),
    };
  };

  serve(api.flowTemplates.listTemplates, async ({ query: { locale = 'en-US' } }) => {
    const [newest, counts] = await Promise.all([templates.newest(), templateFlows.counts()]);
    const items = newest
      .toSorted((a, b) => placeOf(a) - placeOf(b) || (a.templateId < b.templateId ? -1 : 1))
      .map((record) => ({
        ...toSummary(record, counts),
        picture: drawThumbnail(readContent(record).graph[locale], manifests, locale),
      }));
    return { items, next: null };
  });
  serve(api.flowTemplates.getTemplate, ({ params, query: { version, locale = 'en-US' } }) =>
    describe(params.templateId, version, locale),
  );
  serve(api.flowTemplates.createTemplate, async ({ body: { id, ...publication }, caller }) => {
    await publisher.create(id, publication, accountOf(caller));
    return describe(id, publication.version, 'en-US');
  });
  serve(api.flowTemplates.publishTemplate, async ({ params: { templateId }, body, caller }) => {
    await publisher.publish(templateId, body, accountOf(caller));
    return describe(templateId, body.version, 'en-US');
  });
  serve(api.flowTemplates.archiveTemplate, async ({ params: { templateId }, body }) => {
    await templates.setArchived(templateId, body.isArchived);
    return describe(templateId, undefined, 'en-US');
  });
  serve(api.flowTemplates.makeFlow, async ({ params, body, caller }) =>
    deps.list.describe(await templateFlows.make(params.templateId, body, accountOf(caller))),
  );
  serve(api.flowTemplates.listFlowsOfTemplate, ({ params, query }) => templateFlows.list(params.templateId, query));
  serve(api.flowTemplates.planUpgrade, async ({ params, query }) => {
    const { from, to, flow, graph, conflicts } = await templateFlows.plan(params.flowId, query.version);
    return { from, to, revision: flow.revision, graph, conflicts };
  });
  serve(api.flowTemplates.upgradeFlow, ({ params, body, caller }) =>
    templateFlows.upgrade(params.flowId, body, accountOf(caller)),
  );
  serve(api.flowTemplates.readTemplateForm, ({ params }) => templateFlows.readForm(params.flowId));
  serve(api.flowTemplates.saveTemplateForm, ({ params, body, caller }) =>
    templateFlows.saveForm(params.flowId, body, accountOf(caller)),
  );
}

/** Own ones first, then the ready-made ones in the order in which they are offered. */
function placeOf({ isBuiltIn, templateId }: TemplateHead): number {
  return isBuiltIn ? readyFlows.findIndex(({ id }) => id === templateId) : -1;
}

function toSummary(record: TemplateHead, counts: ReadonlyMap<string, number>) {
  const {
    templateId: id,
    version,
    icon,
    texts,
    isBuiltIn,
    isArchived,
    nodes,
    publishedAt,
    publishedBy,
    sourceFlow,
  } = record;
  return {
    id,
    version,
    icon,
    texts,
    isBuiltIn,
    isArchived,
    nodes,
    flows: counts.get(id) ?? 0,
    publishedAt: publishedAt.toISOString(),
    publishedBy,
    ...(sourceFlow !== undefined && { sourceFlow }),
  };
}
