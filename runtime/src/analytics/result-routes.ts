import { AppError } from '@sluice/shared/errors';
import { api, type Decision, type RunRecord } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { ReadLevels } from '../access/read-level.ts';
import type { WakeUps } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { retryRun } from '../executor/retry-run.ts';
import { accountOf } from '../http/caller.ts';
import type { Caller, Serve } from '../http/serve.ts';
import type { Database } from '../stores/database.ts';
import { countConversions } from './count-conversions.ts';
import { countFlow } from './count-flow.ts';
import type { CountedPeriod } from './count-nodes.ts';
import { readFunnel } from './funnel.ts';
import { type FlowNames, listProfileRuns, listRuns, toReplies } from './list-runs.ts';
import type { Group } from './tally-increments.ts';
import { veilReasons } from './veil-reasons.ts';

export interface ResultDeps {
  database: Database;
  clock: Clock;
  wakeUps: WakeUps;
  names: FlowNames;
  readLevels: ReadLevels;
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

  const veil = async <P extends { items: RunRecord[] }>(page: P, caller: Caller): Promise<P> => {
    const lens = await deps.readLevels.of(accountOf(caller).role);
    return { ...page, items: page.items.map((run) => veilReasons(run, lens)) };
  };

  serve(api.flows.counts, async ({ params, query }) => {
    const program = await versionOf(params.flowId, query.version);
    const of = { period: periodOf(query), group: groupOf(program, query) };
    return countFlow(database, program.flowId, program.version, deps.clock.now(), of);
  });

  serve(api.flows.conversions, async ({ params, query }) => {
    const program = await versionOf(params.flowId, query.version);
    const { flowId, version } = program;
    const asOf = new Date(deps.clock.now()).toISOString();
    const of = { period: periodOf(query), group: groupOf(program, query) };
    return { version, nodes: await countConversions(database, flowId, version, of), asOf };
  });

  serve(api.flows.funnel, async ({ params, query }) =>
    readFunnel(database, await versionOf(params.flowId, query.version), query.experiment, deps.decisionOf),
  );

  serve(api.flows.listRuns, async ({ params, query, caller }) => {
    const { flowId, version } = await versionOf(params.flowId, query.version);
    return veil(await listRuns(database, deps.names, flowId, version, query), caller);
  });

  serve(api.flows.listProfileRuns, async ({ params, query, caller }) =>
    veil(await listProfileRuns(database, deps.names, params.profileId, query), caller),
  );

  serve(api.flows.retryRun, async ({ body, caller }) => {
    const run = await retryRun(deps, body.runId);
    const { items } = await veil({ items: await toReplies(database, deps.names, [run]) }, caller);
    const [reply] = items;
    return reply as NonNullable<typeof reply>;
  });
}

function periodOf({ from, to }: { from?: string; to?: string }): CountedPeriod {
  return { from: from === undefined ? undefined : Date.parse(from), to: to === undefined ? undefined : Date.parse(to) };
}

/** The group that is asked for, of those that the splits of this version deal. */
function groupOf(program: FlowProgram, query: { experiment?: string; variant?: string }): Group | undefined {
  const { experiment, variant } = query;
  if (experiment === undefined && variant === undefined) return undefined;
  const split = program.experiments.find(({ node }) => node === experiment);
  if (experiment !== undefined && split?.variants.some(({ key }) => key === variant))
    return { experiment, variant: variant as string };
  throw new AppError('not-found', `Version ${program.version} has no split ${experiment} with a variant ${variant}`, {
    details: { what: 'variant', id: `${experiment ?? ''}/${variant ?? ''}` },
  });
}
