import type { QueryIn, RunRecord as RunReply } from '@sluice/shared/http-api';
import type { api } from '@sluice/shared/http-api';
import type { Filter } from 'mongodb';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { readUserIds } from '../profiles/read-user-ids.ts';
import type { Database } from '../stores/database.ts';

export type RunQuery = QueryIn<typeof api.flows.listRuns>;
type Page = { items: RunReply[]; next: string | null };

const STAGE_FIELD = {
  targeted: undefined,
  reached: 'reachedAt',
  clicked: 'clickedAt',
  converted: 'convertedAt',
} as const;
const DEFAULT_LIMIT = 50;

/** Tells the names of flows for display, one query for a page. */
export type FlowNames = (flowIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** The runs behind a count, in id order; `version` is required so that the walk stays within one index range. */
export async function listRuns(
  database: Database,
  names: FlowNames,
  flowId: string,
  version: number,
  query: RunQuery,
): Promise<Page> {
  return page(database, names, { flowId, version, ...filterOf(query) }, query);
}

/** The runs of one profile, newest first. */
export async function listProfileRuns(
  database: Database,
  names: FlowNames,
  profileId: string,
  query: { after?: string; limit?: number },
): Promise<Page> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const before = query.after === undefined ? {} : { enteredAt: { $lt: new Date(Number(query.after)) } };
  const found = await database
    .collection(runs)
    .find({ profileId, ...before })
    .sort({ enteredAt: -1, _id: 1 })
    .limit(limit + 1)
    .toArray();
  const next = found.length > limit ? String(found[limit - 1]?.enteredAt.getTime()) : null;
  return { items: await toReplies(database, names, found.slice(0, limit)), next };
}

async function page(database: Database, names: FlowNames, filter: Filter<RunRecord>, query: RunQuery): Promise<Page> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const found = await database
    .collection(runs)
    .find({ ...filter, ...(query.after !== undefined && { _id: { $gt: query.after } }) })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .toArray();
  const next = found.length > limit ? (found[limit - 1]?._id ?? null) : null;
  return { items: await toReplies(database, names, found.slice(0, limit)), next };
}

/** The people of runs, page by page of their runs. */
export function walkRuns(database: Database) {
  const stored = database.collection(runs);
  return async (
    { flowId, filter: { version, ...query } }: { flowId: string; filter: RunQuery & { version: number } },
    { after, limit }: { after: string | null; limit: number },
  ) => {
    const found = await stored
      .find({ flowId, version, ...filterOf(query), ...(after !== null && { _id: { $gt: after } }) })
      .project<{ _id: string; profileId: string }>({ profileId: 1 })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    const next = found.length === limit ? (found.at(-1)?._id ?? null) : null;
    return { profileIds: found.map(({ profileId }) => profileId), next };
  };
}

function filterOf(query: RunQuery): Filter<RunRecord> {
  const { node, port, at, status, message, experiment, variant, stage } = query;
  const stageField = stage && STAGE_FIELD[stage];
  return {
    // A fork goes on by several ports at once.
    ...(node !== undefined && {
      path: {
        $elemMatch: {
          node,
          ...(port !== undefined && { $or: [{ port }, { ports: port }] }),
          // Steps tell their instants in Unix milliseconds.
          ...within(port === undefined ? 'enteredAt' : 'leftAt', query, (at) => at),
        },
      },
    }),
    ...(node === undefined &&
      at === undefined &&
      within(status === 'ended' ? 'endedAt' : 'enteredAt', query, (at) => new Date(at))),
    ...(at !== undefined && { 'positions.node': at, status: 'waiting' }),
    ...(status !== undefined && { status }),
    ...(message !== undefined && { 'failure.message': message }),
    ...(experiment !== undefined &&
      variant !== undefined && { [`variants.${experiment}`]: variant === '' ? { $exists: false } : variant }),
    ...(stageField && { [stageField]: { $exists: true } }),
  } as Filter<RunRecord>;
}

function within(field: string, { from, to }: RunQuery, instant: (at: number) => number | Date): object {
  if (from === undefined && to === undefined) return {};
  return {
    [field]: {
      ...(from !== undefined && { $gte: instant(Date.parse(from)) }),
      ...(to !== undefined && { $lt: instant(Date.parse(to)) }),
    },
  };
}

export async function toReplies(
  database: Database,
  names: FlowNames,
  found: readonly RunRecord[],
): Promise<RunReply[]> {
  const [userIds, flowNames] = await Promise.all([
    readUserIds(
      database,
      found.map((run) => run.profileId),
    ),
    names([...new Set(found.map((run) => run.flowId))]),
  ]);
  return found.map((run) => toReply(run, userIds.get(run.profileId) ?? null, flowNames.get(run.flowId) ?? run.flowId));
}

function toReply(run: RunRecord, userId: string | null, flowName: string): RunReply {
  const failure = run.failure && { code: 'step-failed', values: { message: run.failure.message } };
  return {
    id: run._id,
    flowId: run.flowId,
    flowName,
    version: run.version,
    profileId: run.profileId,
    userId,
    status: run.status,
    enteredAt: run.enteredAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    wakeAt: run.wakeAt?.toISOString() ?? null,
    endReason: run.endReason ?? failure ?? null,
    path: run.path.map(({ ports: _several, ...step }, seq) => ({ seq, ...step })),
    variants: run.variants,
  };
}
