import { handlers } from '@sluice/templates/handlers';
import { manifests } from '@sluice/templates/manifests';
import type { CodeRunner } from '../executor/world.ts';
import { createNodeCatalogue } from '../node-templates/node-catalogue.ts';
import { createTemplateRegistry } from '../node-templates/registry.ts';
import type { Core } from './core.ts';

/** The kinds of nodes: those that come with the product, and those that developers publish. */
export function composeNodeKinds(core: Core) {
  return createNodeCatalogue({ ...core, builtIn: { manifests, handlers } });
}

export function composeNodeTemplates(core: Core, code: CodeRunner) {
  return createTemplateRegistry({ ...core, code });
}
