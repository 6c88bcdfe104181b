import { api } from '@sluice/shared/http-api';
import type { RecentConditions } from '../conditions/recent-conditions.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { Database } from '../stores/database.ts';
import type { DraftCheck } from './check-draft.ts';
import type { FlowDrafts } from './flow-drafts.ts';
import type { FlowList } from './flow-list.ts';
import type { FlowPublisher } from './flow-publisher.ts';
import { readGraph } from './flow-record.ts';
import { nameVersion } from './name-version.ts';

/** A graph of a thousand nodes with their messages; below the 16 MB of a stored document. */
const BODY_LIMIT = 8 * 1024 * 1024;

export function registerFlowRoutes(
  serve: Serve,
  deps: {
    database: Database;
    drafts: FlowDrafts;
    list: FlowList;
    check: DraftCheck;
    publisher: FlowPublisher;
    recent: Pick<RecentConditions, 'note'>;
  },
): void {
  const { database, drafts, list, check, publisher } = deps;
  const large = { bodyLimit: BODY_LIMIT };

  serve(api.flows.listFlows, ({ query }) => list.list(query));
  serve(
    api.flows.createFlow,
    async ({ body, caller }) => list.describe(await drafts.create(body, accountOf(caller))),
    large,
  );
  serve(api.flows.getFlow, async ({ params }) => list.describe(await drafts.get(params.flowId)));
  serve(api.flows.saveDraft, ({ params, body, caller }) => drafts.save(params.flowId, body, accountOf(caller)), large);
  serve(
    api.flows.checkFlow,
    async ({ params, body, caller }) => {
      await drafts.get(params.flowId);
      return { problems: await check.problemsOf(body.graph, accountOf(caller).role) };
    },
    large,
  );
  serve(api.flows.publishFlow, async ({ params, body, caller }) => {
    const published = await publisher.publish(params.flowId, body, accountOf(caller));
    await deps.recent.note(accountOf(caller).id, readGraph(await drafts.get(params.flowId)));
    return published;
  });
  serve(api.flows.archiveFlow, async ({ params, caller }) => {
    await publisher.archive(params.flowId, accountOf(caller));
    return {};
  });
  serve(api.flows.listVersions, async ({ params, query }) => list.listVersions(await drafts.get(params.flowId), query));
  serve(api.flows.nameVersion, async ({ params, body }) =>
    nameVersion(database, await drafts.get(params.flowId), params.version, body.name),
  );
}
