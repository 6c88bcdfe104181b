import { AppError } from '@sluice/shared/errors';
import { api, type BulkChange } from '@sluice/shared/http-api';
import { ulid } from 'ulid';
import { listFailures } from '../analytics/list-failures.ts';
import type { FlowNames } from '../analytics/list-runs.ts';
import type { BulkChangeRecord } from '../bulk-changes/bulk-change-record.ts';
import type { BulkChanges } from '../bulk-changes/bulk-changes.ts';
import { rescueRun } from '../bulk-changes/rescue-run.ts';
import type { Core } from '../composition/core.ts';
import type { Executor } from '../executor/executor.ts';
import type { FlowPrograms } from '../executor/flow-program.ts';
import { runs } from '../executor/run-record.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { FlowDrafts } from './flow-drafts.ts';
import type { FlowPublisher } from './flow-publisher.ts';
import type { FlowVersions } from './flow-versions.ts';
import { readInFlight, type StandingCount } from './in-flight.ts';

export interface LifecycleDeps extends Pick<Core, 'database' | 'clock'> {
  drafts: FlowDrafts;
  publisher: FlowPublisher;
  versions: FlowVersions;
  programs: FlowPrograms;
  executor: Pick<Executor, 'change'>;
  changes: BulkChanges;
  names: FlowNames;
  standing(flowId: string): Promise<readonly StandingCount[]>;
}

const SHOWN_CHANGES = 10;

/** What is done with a flow that runs: pause, resume, roll back, and rescuing its failed runs. */
export function registerLifecycleRoutes(serve: Serve, deps: LifecycleDeps): void {
  const { publisher, changes } = deps;
  const routes = api.lifecycle;

  serve(routes.inFlight, ({ params, query }) => readInFlight(deps, params.flowId, query.version));
  serve(routes.rollBack, ({ params, body, caller }) => publisher.rollBack(params.flowId, body, accountOf(caller)));
  serve(routes.pauseFlow, async ({ params, caller }) => {
    await publisher.pause(params.flowId, accountOf(caller));
    return {};
  });
  serve(routes.resumeFlow, async ({ params, body, caller }) => {
    await publisher.resume(params.flowId, body.policy, accountOf(caller));
    return {};
  });
  serve(routes.listBulkChanges, async ({ params }) => ({
    items: (await changes.list(params.flowId, SHOWN_CHANGES)).map(toReply),
  }));

  serve(routes.listFailures, ({ query }) => listFailures(deps, query.flowId));
  serve(routes.rescueRuns, async ({ body }) => {
    const { runIds, action } = body;
    const found = await deps.database
      .collection(runs)
      .find({ _id: { $in: runIds }, status: 'failed' })
      .project<{ _id: string; flowId: string; version: number }>({ flowId: 1, version: 1 })
      .toArray();
    let changed = 0;
    for (const group of Map.groupBy(found, ({ flowId, version }) => `${flowId}:${version}`).values())
      changed += await deps.executor.change(
        group.map(({ _id }) => _id),
        (run, now) => rescueRun(run, action, now),
      );
    return { changed };
  });
  serve(routes.rescueFailures, async ({ params, body, caller }) => {
    const { flowId } = params;
    const { version, ...order } = body;
    const { liveVersion } = await deps.drafts.get(flowId);
    if (liveVersion === null)
      throw new AppError('flow-not-live', 'A flow that was never published has no runs', { details: {} });
    const change = await changes.begin({
      id: ulid(deps.clock.now()),
      flowId,
      order: { kind: 'rescue', ...order },
      ...(version !== undefined && { fromVersion: version }),
      upToVersion: version ?? liveVersion,
      by: accountOf(caller).name,
    });
    return toReply(change);
  });
}

function toReply({
  _id,
  order,
  status,
  looked,
  changed,
  startedAt,
  startedBy,
  finishedAt,
}: BulkChangeRecord): BulkChange {
  return {
    id: _id,
    order,
    status,
    looked,
    changed,
    startedAt: startedAt.toISOString(),
    startedBy,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
