import type { ManifestIndex } from '@sluice/shared/node-contract';
import { createTemplateFlows } from '../flow-templates/template-flows.ts';
import { createTemplatePublisher } from '../flow-templates/template-publisher.ts';
import { createTemplateStore } from '../flow-templates/template-store.ts';
import type { DraftCheck } from '../flows/check-draft.ts';
import type { FlowDrafts } from '../flows/flow-drafts.ts';
import type { Cases } from '../sandbox/cases.ts';
import type { composeData } from './data.ts';
import type { Core } from './core.ts';

/** Templates of flows; the ready-made ones are there from the first start. */
export async function composeFlowTemplates(
  core: Core,
  deps: Pick<ReturnType<typeof composeData>, 'dictionary'> & {
    drafts: FlowDrafts;
    check: DraftCheck;
    cases: Cases;
    manifests: ManifestIndex;
  },
) {
  const { manifests } = deps;
  const templates = createTemplateStore(core.database);
  await templates.seed(new Date(core.clock.now()));
  return {
    templates,
    manifests,
    publisher: createTemplatePublisher({
      ...core,
      ...deps,
      templates,
      cases: { list: deps.cases.list, run: (flowId, graph) => deps.cases.run(flowId, { graph }) },
    }),
    templateFlows: createTemplateFlows({ ...core, ...deps, templates }),
  };
}
