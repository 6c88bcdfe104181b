import { createForecasts, type ForecastsDeps } from '../forecast/forecasts.ts';
import type { FlowVersions } from '../flows/flow-versions.ts';
import type { NodeCatalogue } from '../node-templates/node-catalogue.ts';
import type { Core } from './core.ts';
import type { composeEngine } from './engine.ts';

type Parts = Pick<ForecastsDeps, 'scheduler' | 'sandbox' | 'index' | 'timeZone'> & {
  catalogue: NodeCatalogue;
  engine: Awaited<ReturnType<typeof composeEngine>>;
  versions: Pick<FlowVersions, 'liveVersion'>;
};

/** Forecasts over the parts of the product that are only read. */
export function composeForecasts(core: Core, { engine, versions, catalogue, ...parts }: Parts) {
  return createForecasts({
    ...core,
    ...parts,
    kinds: catalogue.kinds,
    ensure: catalogue.ensure,
    services: engine.httpCalls.services,
    decisions: engine.experiments,
    async liveProgram(flowId) {
      const version = await versions.liveVersion(flowId);
      return version === undefined ? undefined : engine.programs.get(flowId, version);
    },
  });
}
