import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '@sluice/shared/errors';
import type { CallContent } from '@sluice/shared/node-contract';
import { type Clock, DAY_MS, HOUR_MS } from '@sluice/shared/time';
import type { Related, RelatedRows } from '../datasets/related.ts';
import type { CallQueue } from './call-queue.ts';
import type { CallRecord } from './call-record.ts';
import type { CallRequest, Calls } from './calls.ts';
import type { CompiledRequest, RequestFiller } from './fill-request.ts';
import { toFailedResult } from './settlement.ts';
import type { ActiveService, ServiceRegister } from './service-register.ts';
import type { CallTaker } from './take-new-calls.ts';

/** Requests filled in before others get a turn of the event loop; some milliseconds of work. */
const FILLS_PER_TURN = 200;

/** Webhooks wait seconds for their receiver; a person stands at a service, so it is asked again at once. */
const WEBHOOK_RETRY_MS = 2000;
const SERVICE_RETRY_MS = 200;

/** How one node calls: its request ready to be filled in, and its bounds. */
interface Target {
  fillIn: CompiledRequest;
  serviceId?: string;
  keepsBody?: true;
  timeoutMs: number;
  maxAttempts: number;
  retryBaseMs: number;
  lifeMs: number;
}

type Prepared = Target | { problem: 'content-invalid' | 'service-unusable'; detail: string; serviceId?: string };

export function createCallPlanner(deps: {
  queue: Pick<CallQueue, 'add'>;
  services: Pick<ServiceRegister, 'active'>;
  filler: RequestFiller;
  clock: Clock;
  /** The rows that requests name; absent, none are found. */
  related?: RelatedRows | undefined;
  /** Makes what it has room for without the way through the queue. */
  taker: CallTaker;
}): Calls {
  return {
    async plan(requests) {
      const unique = [...new Map(requests.map((request) => [request.effectId, request])).values()];
      if (unique.length === 0) return;
      const prepare = await preparation(unique);
      const rows = await readRows(unique, prepare);
      const at = new Date(deps.clock.now());
      const records: CallRecord[] = [];
      for (const [index, request] of unique.entries()) {
        if (index % FILLS_PER_TURN === FILLS_PER_TURN - 1) await nextTurn();
        records.push(toRecord(request, prepare(request.content), { at, related: rows.get(request.profile.id) }));
      }
      const offer = deps.taker.offer(records);
      offer.stored(await deps.queue.add(offer.records));
    },
  };

  /** Every node is made ready once for a batch, with one query for all services. */
  async function preparation(requests: readonly CallRequest[]): Promise<(content: CallContent) => Prepared> {
    const ids = requests.flatMap(({ content }) => (content.to === 'service' ? [content.service] : []));
    const services = ids.length > 0 ? await deps.services.active(ids) : new Map<string, ActiveService>();
    const known = new Map<CallContent, Prepared>();
    return (content) => {
      const found = known.get(content) ?? prepare(content, services);
      known.set(content, found);
      return found;
    };
  }

  /** What the requests of the batch look up, in one go. */
  async function readRows(requests: readonly CallRequest[], prepare: (content: CallContent) => Prepared) {
    const asking = requests.flatMap(({ content, profile }) => {
      const target = prepare(content);
      return 'fillIn' in target && target.fillIn.lookups.length > 0 ? [{ target, profile }] : [];
    });
    if (asking.length === 0 || !deps.related) return new Map<string, Related>();
    const lookups = new Set(asking.flatMap(({ target }) => target.fillIn.lookups));
    return deps.related(
      [...lookups],
      asking.map(({ profile }) => profile.id),
    );
  }

  function prepare(content: CallContent, services: ReadonlyMap<string, ActiveService>): Prepared {
    try {
      if (content.to === 'address') {
        const { request, timeoutMs, maxAttempts } = content;
        const fillIn = deps.filler.compile(request);
        return { fillIn, timeoutMs, maxAttempts, retryBaseMs: WEBHOOK_RETRY_MS, lifeMs: DAY_MS };
      }
      if (content.to === 'granted') {
        const { hosts, timeoutMs, maxAttempts } = content;
        const fillIn = deps.filler.takeWritten(hosts);
        return { fillIn, keepsBody: true, timeoutMs, maxAttempts, retryBaseMs: SERVICE_RETRY_MS, lifeMs: HOUR_MS };
      }
      const serviceId = content.service;
      const service = services.get(serviceId);
      if (!service) return { problem: 'service-unusable', detail: `There is no service ${serviceId}`, serviceId };
      const { request, timeoutMs, maxAttempts } = service.definition;
      const fillIn = deps.filler.compile(request);
      return { fillIn, serviceId, timeoutMs, maxAttempts, retryBaseMs: SERVICE_RETRY_MS, lifeMs: content.withinMs };
    } catch (error) {
      return { problem: 'content-invalid', detail: sentenceOf(error) };
    }
  }
}

function toRecord(
  request: CallRequest,
  target: Prepared,
  { at, related }: { at: Date; related: Related | undefined },
): CallRecord {
  const { effectId, runId, flowId, version, nodeId, profile, event, written } = request;
  const draft = {
    _id: effectId,
    runId,
    flowId,
    version,
    nodeId,
    profileId: profile.id,
    ...(target.serviceId !== undefined && { serviceId: target.serviceId }),
    ...(request.awaitedBy && { awaitedBy: request.awaitedBy }),
    at,
    attempts: 0,
  };
  if ('problem' in target) return stillborn(draft, target.problem, target.detail);
  try {
    const filled = target.fillIn({ profile, event, written, related, flow: { id: flowId, version } });
    const { timeoutMs, maxAttempts, retryBaseMs, keepsBody } = target;
    const giveUpAt = new Date(at.getTime() + target.lifeMs);
    const origin = new URL(filled.url).origin;
    return {
      ...draft,
      ...(keepsBody && { keepsBody }),
      status: 'planned',
      request: filled,
      origin,
      timeoutMs,
      maxAttempts,
      retryBaseMs,
      giveUpAt,
      dueAt: at,
    };
  } catch (error) {
    return stillborn(draft, 'content-invalid', sentenceOf(error));
  }
}

/** A call that cannot be made is over before it begins, and says why (RUN-10). */
function stillborn(
  draft: Omit<CallRecord, 'status' | 'origin' | 'timeoutMs' | 'maxAttempts' | 'retryBaseMs' | 'giveUpAt'>,
  code: 'content-invalid' | 'service-unusable',
  detail: string,
): CallRecord {
  const failure = { code, detail: detail.slice(0, 500) };
  return {
    ...draft,
    status: 'failed',
    failure,
    origin: '',
    timeoutMs: 0,
    maxAttempts: 0,
    retryBaseMs: 0,
    giveUpAt: draft.at,
    ...(draft.awaitedBy && { result: toFailedResult(failure), isUnreported: true }),
  };
}

/** Only what a person can mend fails a call; anything else is a bug and must stop the batch. */
function sentenceOf(error: unknown): string {
  if (error instanceof AppError && error.kind === 'user') return error.message;
  throw error;
}
