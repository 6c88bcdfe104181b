import { accessRoutes } from './access.ts';
import { approvalRoutes } from './approvals.ts';
import { attributeRoutes } from './attributes.ts';
import { audienceSourceRoutes } from './audience-sources.ts';
import { audienceRoutes } from './audiences.ts';
import { callRoutes } from './calls.ts';
import { caseRoutes } from './cases.ts';
import { contentRoutes } from './content.ts';
import { dataRoutes } from './data.ts';
import { datasetRoutes } from './datasets.ts';
import { derivedRoutes } from './derived.ts';
import { explanationRoutes } from './explanation.ts';
import { exportRoutes } from './exports.ts';
import { flowTemplateRoutes } from './flow-templates.ts';
import { flowRoutes } from './flows.ts';
import { forecastRoutes } from './forecasts.ts';
import { hookRoutes } from './hooks.ts';
import { identityRoutes } from './identities.ts';
import { ingestRoutes } from './ingest.ts';
import { lifecycleRoutes } from './lifecycle.ts';
import { presenceRoutes } from './presence.ts';
import { qualityRoutes } from './quality.ts';
import { modelRoutes } from './models.ts';
import { nodeTemplateRoutes } from './node-templates.ts';
import { recentConditionRoutes } from './recent-conditions.ts';
import { statementRoutes } from './statements.ts';
import { sandboxRoutes } from './sandbox.ts';
import { triggerRoutes } from './triggers.ts';

export * from './access.ts';
export * from './address-of.ts';
export * from './approvals.ts';
export * from './attributes.ts';
export * from './audience-sources.ts';
export * from './audiences.ts';
export * from './calls.ts';
export * from './cases.ts';
export * from './content.ts';
export * from './data.ts';
export * from './datasets.ts';
export * from './derived.ts';
export * from './explanation.ts';
export * from './exports.ts';
export * from './flow-templates.ts';
export * from './flows.ts';
export * from './forecasts.ts';
export * from './hooks.ts';
export * from './import-job.ts';
export * from './identities.ts';
export * from './ingest.ts';
export * from './lifecycle.ts';
export * from './presence.ts';
export * from './quality.ts';
export * from './models.ts';
export * from './node-templates.ts';
export * from './recent-conditions.ts';
export * from './rejection-texts.ts';
export * from './route.ts';
export * from './sealed-export.ts';
export * from './statements.ts';
export * from './sandbox.ts';
export * from './triggers.ts';

/** Every JSON route of the product, by area. */
export const api = {
  access: accessRoutes,
  ingest: ingestRoutes,
  data: dataRoutes,
  attributes: attributeRoutes,
  identities: identityRoutes,
  datasets: datasetRoutes,
  derived: derivedRoutes,
  quality: qualityRoutes,
  audiences: audienceRoutes,
  recentConditions: recentConditionRoutes,
  audienceSources: audienceSourceRoutes,
  exports: exportRoutes,
  flows: flowRoutes,
  approvals: approvalRoutes,
  flowTemplates: flowTemplateRoutes,
  presence: presenceRoutes,
  lifecycle: lifecycleRoutes,
  triggers: triggerRoutes,
  hooks: hookRoutes,
  models: modelRoutes,
  nodeTemplates: nodeTemplateRoutes,
  statements: statementRoutes,
  content: contentRoutes,
  calls: callRoutes,
  sandbox: sandboxRoutes,
  cases: caseRoutes,
  forecasts: forecastRoutes,
  explanation: explanationRoutes,
};
