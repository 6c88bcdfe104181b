import { createSecretKey } from 'node:crypto';
import type { DryCall, Mock, MockReply } from '@sluice/shared/http-api';
import type { CallFailure } from '@sluice/shared/model';
import type { EffectResult, ProfileFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { CallQueue, ClaimedCall } from '../calls/call-queue.ts';
import type { CallRecord } from '../calls/call-record.ts';
import type { CallRequest, Calls, SettledCall } from '../calls/calls.ts';
import type { RequestFiller } from '../calls/fill-request.ts';
import { type CallMaker, createCallMaker } from '../calls/make-call.ts';
import { createCallPlanner } from '../calls/plan-calls.ts';
import type { ServiceRegister } from '../calls/service-register.ts';
import { type Settlement, toFailedResult } from '../calls/settlement.ts';
import type { RelatedRows } from '../datasets/related.ts';
import type { HttpOutcome } from '../outbound/http-client.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { VirtualWorld } from './virtual-world.ts';

export interface MockCallsDeps {
  clock: Clock;
  timeZone: string;
  scheduler: Scheduler;
  world: VirtualWorld;
  mocks: readonly Mock[];
  services: Pick<ServiceRegister, 'active'>;
  filler: RequestFiller;
  /** Makes the calls of nodes whose receiver is really to be called. */
  realCalls: CallMaker;
  settled(call: SettledCall): Promise<void>;
  /** The rows of the subject, and as whoever looks on may see them. */
  related?: RelatedRows | undefined;
  shownRelated?: RelatedRows | undefined;
  /** The subject as whoever looks on may see it: requests are shown as they would be filled in for that one. */
  shownAs?: ((profile: ProfileFacts) => ProfileFacts) | undefined;
}

export interface MockCalls extends Calls {
  /** What became of each call, by the id of its effect. */
  readonly made: ReadonlyMap<string, DryCall>;
}

const ATTEMPT = 'sandbox:call';
const REPORT = 'sandbox:call-over';

/** An address that nobody has set up an answer for takes what it is told; a service must be given one to answer anything. */
const DEFAULT_ANSWER: MockReply = { kind: 'answer', status: 200, body: '{}', latencyMs: 0 };
const NO_ANSWER = 'No answer is set up for this service';

/**
 * Calls in virtual time: planned, filled in, tried again and judged by the code that makes real ones; only who answers is
 * another. A receiver that is really called is called at once, whatever its time-out.
 */
export function createMockCalls(deps: MockCallsDeps): MockCalls {
  const { clock, scheduler, world } = deps;
  const made = new Map<string, DryCall>();
  const open = new Map<string, { call: CallRecord; outcome?: HttpOutcome; attemptAt: number }>();
  const queue: Pick<CallQueue, 'add'> = {
    async add(records) {
      const known = new Set(records.flatMap(({ _id }) => (made.has(_id) ? [_id] : [])));
      for (const call of records) {
        if (made.has(call._id)) continue;
        made.set(call._id, toDryCall(call));
        open.set(call._id, { call, attemptAt: clock.now() });
        const name = call.status === 'planned' ? ATTEMPT : REPORT;
        await scheduler.at(name, call._id, clock.now(), { id: call._id });
      }
      return known;
    },
  };
  // Nothing is taken past the queue: an attempt is an instant of the virtual clock.
  const taker = { offer: (records: readonly CallRecord[]) => ({ records, stored: () => {} }) };
  const planner = createCallPlanner({ ...deps, queue, taker });
  const mocked = createCallMaker({
    client: { send: async ({ url }) => outcomeOf(url), close: async () => {} },
    // Nobody reads the signature of a call that never leaves.
    secretKey: createSecretKey(Buffer.alloc(32)),
    clock,
    // The middle of the jitter, so that the same scenario has the same times.
    random: () => 0.5,
  });
  let answering: HttpOutcome = { kind: 'unreachable', detail: NO_ANSWER };
  const outcomeOf = (_url: string) => answering;

  scheduler.define<{ id: string }>(ATTEMPT, async ({ id }) => {
    const one = open.get(id);
    if (!one) return;
    one.attemptAt = clock.now();
    const { reply, isReal } = await replyTo(one.call);
    if (isReal) return judge(one.call, deps.realCalls, true);
    if (reply.kind === 'failure') return end(one.call, { kind: 'failed', failure: { code: reply.code } }, false);
    const leftMs = one.call.giveUpAt.getTime() - clock.now();
    const latencyMs = reply.kind === 'silence' ? Number.POSITIVE_INFINITY : reply.latencyMs;
    const limitMs = Math.min(one.call.timeoutMs, leftMs - 1);
    one.outcome =
      latencyMs > limitMs
        ? { kind: 'timed-out', detail: `No answer within ${limitMs} ms` }
        : toOutcome(reply as Extract<MockReply, { kind: 'answer' }>);
    await scheduler.at(REPORT, id, clock.now() + Math.min(latencyMs, limitMs), { id });
  });
  scheduler.define<{ id: string }>(REPORT, async ({ id }) => {
    const one = open.get(id);
    if (!one) return;
    if (!one.outcome) return report(one.call, one.call.result);
    answering = one.outcome;
    delete one.outcome;
    await judge(one.call, mocked, false);
  });

  return { plan, made };

  async function plan(requests: readonly CallRequest[]): Promise<void> {
    await planner.plan(requests);
    const { shownAs } = deps;
    if (!shownAs) return;
    const show: Pick<CallQueue, 'add'> = {
      async add(records) {
        for (const record of records) {
          const { method, url, body } = toDryCall(record);
          Object.assign(made.get(record._id) ?? {}, { method, url, body });
        }
        return new Set();
      },
    };
    const onlooker = createCallPlanner({ ...deps, related: deps.shownRelated, queue: show, taker });
    await onlooker.plan(requests.map((request) => ({ ...request, profile: shownAs(request.profile) })));
  }

  /** The reply of the first rule that fits the subject as it is now. */
  async function replyTo(call: CallRecord): Promise<{ reply: MockReply; isReal: boolean }> {
    const mock = deps.mocks.find(({ node }) => node === call.nodeId);
    const otherwise: MockReply =
      call.serviceId === undefined ? DEFAULT_ANSWER : { kind: 'failure', code: 'unreachable' };
    for (const { when, reply } of mock?.rules ?? []) {
      if (!when) return { reply, isReal: false };
      const instant = { now: clock.now(), timeZone: deps.timeZone };
      const [verdict] = await world.reader.verdicts(when, [{ profile: world.facts() }], instant);
      if (verdict?.isMatch) return { reply, isReal: false };
    }
    return { reply: otherwise, isReal: mock?.isReal ?? false };
  }

  async function judge(call: CallRecord, maker: CallMaker, isReal: boolean): Promise<void> {
    const service =
      call.serviceId === undefined ? undefined : (await deps.services.active([call.serviceId])).get(call.serviceId);
    await end(call, await maker.make(call as ClaimedCall, service), isReal);
  }

  async function end(call: CallRecord, settlement: Settlement, isReal: boolean): Promise<void> {
    const one = open.get(call._id);
    call.attempts += 1;
    const failure = 'failure' in settlement ? settlement.failure : null;
    const answer = 'answer' in settlement ? settlement.answer : undefined;
    made.get(call._id)?.attempts.push({
      at: one?.attemptAt ?? clock.now(),
      overAt: clock.now(),
      isReal,
      status: answer?.status ?? null,
      // A real receiver may say back what it was told.
      answer: isReal && deps.shownAs ? '***' : (answer?.text ?? ''),
      failure,
    });
    if (settlement.kind === 'again') {
      call.failure = settlement.failure;
      await scheduler.at(ATTEMPT, call._id, settlement.dueAt.getTime(), { id: call._id });
    } else await report(call, resultOf(settlement));
  }

  async function report(call: CallRecord, result: EffectResult | undefined): Promise<void> {
    open.delete(call._id);
    if (call.awaitedBy && result)
      await deps.settled({ effectId: call._id, awaitedBy: call.awaitedBy, at: new Date(clock.now()), result });
  }
}

function resultOf(settlement: Settlement): EffectResult | undefined {
  if (settlement.kind === 'done') return { isOk: true, value: settlement.value };
  return settlement.kind === 'failed' ? toFailedResult(settlement.failure) : undefined;
}

function toOutcome({ status, body }: Extract<MockReply, { kind: 'answer' }>): HttpOutcome {
  return { kind: 'answered', status, retryAfter: undefined, text: body, isCut: false };
}

function toDryCall({ request, failure }: CallRecord): DryCall {
  const stillborn: CallFailure | undefined = failure;
  return {
    method: request?.method ?? '',
    url: request?.url ?? '',
    body: request?.body ?? '',
    attempts: [],
    failure: stillborn ?? null,
  };
}
