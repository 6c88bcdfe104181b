import type { KeyObject } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import { api, type HttpCall } from '@sluice/shared/http-api';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import { MINUTE_MS } from '@sluice/shared/time';
import type { Collection, Filter } from 'mongodb';
import { Type } from 'typebox';
import type { Related } from '../datasets/related.ts';
import type { Caller, Serve } from '../http/serve.ts';
import { readTargetUrl } from '../outbound/target-url.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import type { Database } from '../stores/database.ts';
import { type CallRecord, calls } from './call-record.ts';
import type { HttpCalls } from './http-calls.ts';
import { signingSecretOf } from './sign-call.ts';

const DEFAULT_LIMIT = 50;
const MAX_TIME_MS = 5000;
/** Each one opens a connection to a server of the caller's choice. */
const TEST_LIMIT = { max: 30, windowMs: MINUTE_MS };

/** Stands in while no profile is picked. */
const EXAMPLE: ProfileFacts = { id: 'example', userId: 'user-1', attributes: { email: 'user-1@example.test' } };

export function registerCallRoutes(
  serve: Serve,
  deps: Pick<HttpCalls, 'services' | 'tester'> & {
    database: Database;
    secretKey: KeyObject;
    findRelated: (lookups: readonly string[], profileId: string, caller: Caller) => Promise<Related | undefined>;
    findProfileFacts: (profileId: string, caller: Caller) => Promise<ProfileFacts | undefined>;
  },
): void {
  const { services, tester, secretKey } = deps;
  const records = deps.database.collection(calls);

  serve(api.calls.listServices, async () => ({ items: await services.list(), next: null }));
  serve(api.calls.createService, ({ body }) => services.create(body.definition, body.secret));
  serve(api.calls.changeService, ({ params, body }) => services.change(params.id, body.definition, body.secret));
  serve(api.calls.deleteService, async ({ params }) => {
    await services.remove(params.id);
    return {};
  });

  serve(
    api.calls.testService,
    async ({ params, body, caller }) => {
      const { profileId } = body;
      const profile = profileId === undefined ? EXAMPLE : await deps.findProfileFacts(profileId, caller);
      if (!profile) throw new AppError('not-found', `No profile ${profileId}`, { details: { what: 'profile' } });
      const findRelated = (lookups: readonly string[]) => deps.findRelated(lookups, profile.id, caller);
      return tester.test(params.id, profile, profileId === undefined ? undefined : findRelated);
    },
    { rateLimit: TEST_LIMIT },
  );

  serve(api.calls.getServiceSigningSecret, async ({ params }) => {
    if (!(await services.exists(params.id)))
      throw new AppError('not-found', `There is no service ${params.id}`, { details: { what: 'service' } });
    return { secret: signingSecretOf(secretKey, `services/${params.id}`) };
  });

  serve(api.calls.getSigningSecret, async ({ body }) => {
    const origin = readTargetUrl(body.url)?.origin;
    if (origin === undefined)
      throw new AppError('request-invalid', `${body.url} is no http or https address`, { details: { problem: 'url' } });
    return { origin, secret: signingSecretOf(secretKey, origin) };
  });

  serve(api.calls.listCalls, ({ query }) => {
    const { after, limit, ...wanted } = query;
    return listNewestFirst(records, wanted, after, limit);
  });
}

/** Pages by (time, id), so that calls which are made meanwhile do not shift them. */
async function listNewestFirst(
  records: Collection<CallRecord>,
  wanted: Filter<CallRecord>,
  after: string | undefined,
  limit = DEFAULT_LIMIT,
): Promise<{ items: HttpCall[]; next: string | null }> {
  const found = await records
    .find({ ...wanted, ...(after !== undefined && olderThan(after)) }, { maxTimeMS: MAX_TIME_MS })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last ? writeCursor([last.at.getTime(), last._id]) : null;
  return { items: page.map(toHttpCall), next };
}

function olderThan(cursor: string): Filter<CallRecord> {
  const [time, id] = readCursor(cursor, Type.Number(), Type.String());
  const at = new Date(time);
  return { at: { $lte: at }, $and: [{ $or: [{ at: { $lt: at } }, { _id: { $lt: id } }] }] };
}

function toHttpCall(record: CallRecord): HttpCall {
  const {
    _id: id,
    runId,
    flowId,
    nodeId: node,
    profileId,
    serviceId,
    status,
    at,
    since,
    attempts,
    dueAt,
    origin,
  } = record;
  return {
    id,
    runId,
    flowId,
    node,
    profileId,
    serviceId: serviceId ?? null,
    status,
    at: (since ?? at).toISOString(),
    attempts,
    nextAt: dueAt?.toISOString() ?? null,
    origin,
    answer: record.answer ?? null,
    failure: record.failure ?? null,
  };
}
