import { AppError } from '@sluice/shared/errors';
import { api, type Decision } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { WakeUps } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { retryRun } from '../executor/retry-run.ts';
import type { Serve } from '../http/serve.ts';
import type { Database } from '../stores/database.ts';
import { countFlow } from './count-flow.ts';
import { readFunnel } from './funnel.ts';
import { type FlowNames, listProfileRuns, listRuns, toReplies } from './list-runs.ts';

export interface ResultDeps {
  database: Database;
  clock: Clock;
  wakeUps: WakeUps;
  names: FlowNames;
  /** The named version, or the newest published one; undefined where there is none. */
  versionOf(flowId: string, version: number | undefined): Promise<FlowProgram | undefined>;
  /** How far a split has come that chooses its winner; null for any other. */
  decisionOf(program: FlowProgram, node: string): Promise<Decision | null>;
}

/** Live counts, funnel, and the people behind every number. */
export function registerResultRoutes(serve: Serve, deps: ResultDeps): void {
  const { database } = deps;
  const versionOf = async (flowId: string, version: number | undefined) => {
    const found = await deps.versionOf(flowId, version);
    if (found) return found;
    throw new AppError(
      'not-found',
      version === undefined ? 'This flow has no published version yet' : `This flow has no version ${version}`,
      {
        details: { what: 'version', id: String(version ?? '') },
      },
    );
  };

  serve(api.flows.counts, async ({ params, query }) => {
    const { flowId, version } = await versionOf(params.flowId, query.version);
    return countFlow(database, flowId, version, deps.clock.now());
  });

  serve(api.flows.funnel, async ({ params, query }) =>
    readFunnel(database, await versionOf(params.flowId, query.version), query.experiment, deps.decisionOf),
  );

  serve(api.flows.listRuns, async ({ params, query }) => {
    const { flowId, version } = await versionOf(params.flowId, query.version);
    return listRuns(database, deps.names, flowId, version, query);
  });

  serve(api.flows.listProfileRuns, ({ params, query }) =>
    listProfileRuns(database, deps.names, params.profileId, query),
  );

  serve(api.flows.retryRun, async ({ body }) => {
    const run = await retryRun(deps, body.runId);
    const [reply] = await toReplies(database, deps.names, [run]);
    return reply as NonNullable<typeof reply>;
  });
}
