import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import type { CallQueue, ClaimedCall } from './call-queue.ts';
import { createLanes } from './lanes.ts';
import type { CallMaker } from './make-call.ts';
import type { ActiveService, ServiceRegister } from './service-register.ts';
import type { CallSettler } from './settle-calls.ts';
import type { Settlement } from './settlement.ts';
import { type CallTaker, createCallTaker } from './take-new-calls.ts';

/** The loop of one process over the queue of planned calls. */
export interface CallWorker {
  start(): void;
  /** Waits a moment for what is under way and gives the rest back. */
  stop(): Promise<void>;
  /** Takes new calls before they are in the queue. */
  taker: CallTaker;
}

export interface WorkerTiming {
  /** How long a silent worker keeps what it holds. */
  leaseMs: number;
  /** How often an idle worker looks for work of other processes, and for retries that are due. */
  pollMs: number;
  /** What a stopping worker waits for answers before it gives their calls back. */
  graceMs: number;
}

/** Calls to one origin at once: what a modest receiver stands. */
export const PER_ORIGIN = 32;
/** Calls to one origin that are held ready, so that it need not wait for the store. */
const AHEAD = 4096;
const UNDER_WAY = 512;
const MAX_HELD = 8192;
const CLAIM = 512;
const SWEEP_MS = 10_000;
const DEFAULT_TIMING: WorkerTiming = { leaseMs: 60_000, pollMs: 500, graceMs: 5000 };

/** What a failed attempt says about the receiver rather than the call. */
const NO_ANSWER = new Set<string>(['timed-out', 'unreachable']);

interface HeldCall {
  origin: string;
  call: ClaimedCall;
  service: ActiveService | undefined;
}

export function createCallWorker(deps: {
  queue: CallQueue;
  maker: CallMaker;
  services: Pick<ServiceRegister, 'active'>;
  settler: CallSettler;
  clock: Clock;
  log: Logger;
  timing?: Partial<WorkerTiming>;
}): CallWorker {
  const { queue, maker, settler, log } = deps;
  const { leaseMs, pollMs, graceMs } = { ...DEFAULT_TIMING, ...deps.timing };
  const lanes = createLanes<HeldCall>({ perOrigin: PER_ORIGIN, ahead: AHEAD });
  const underWay = new Map<HeldCall, Promise<void>>();
  let running: Promise<void> | undefined;
  let stopping = new AbortController();
  let hasNews = false;
  /** Something may be due that was not claimed for want of room. */
  let hasBacklog = false;
  let endPause: (() => void) | undefined;
  let sweepAt = 0;

  return {
    start() {
      if (running) return;
      stopping = new AbortController();
      running = run(stopping.signal);
    },
    async stop() {
      stopping.abort();
      endPause?.();
      await running;
      running = undefined;
    },
    taker: createCallTaker({
      roomFor: (origin) => (running && !stopping.signal.aborted ? roomFor(origin) : 0),
      begin: (calls) => void beginNew(calls),
      onQueued(hasOver) {
        if (hasOver) sweepAt = 0;
        lookNow();
      },
      leaseMs,
      clock: deps.clock,
    }),
  };

  /** While others have waited longer in the queue, new calls get half of the places. */
  function roomFor(origin: string): number {
    return Math.min(MAX_HELD - lanes.held, lanes.roomFor(origin) - (hasBacklog ? AHEAD / 2 : 0));
  }

  async function beginNew(calls: readonly ClaimedCall[]): Promise<void> {
    try {
      const held = await withServices(calls);
      giveBack(stopping.signal.aborted ? held : lanes.add(held));
      begin();
    } catch (error) {
      log.error(
        { err: error, calls: calls.length },
        'new calls could not be begun; they are made once their claim ran out',
      );
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    const heartbeat = setInterval(keepHolding, leaseMs / 3);
    while (!signal.aborted) {
      hasNews = false;
      const mayBeMore = await tryClaim();
      begin();
      if (!mayBeMore && !hasNews) await pause();
    }
    giveBack(lanes.drain());
    const grace = new AbortController();
    await Promise.race([
      Promise.all(underWay.values()),
      sleep(graceMs, undefined, { signal: grace.signal }).catch(() => undefined),
    ]);
    grace.abort();
    // They are made again under the same key: an answer that comes after this belongs to nobody.
    giveBack([...underWay.keys()]);
    underWay.clear();
    clearInterval(heartbeat);
    await settler.flush();
  }

  /** Answers whether there may be more at once. A store that fails is waited out. */
  async function tryClaim(): Promise<boolean> {
    try {
      await sweepIfDue();
      const room = Math.min(CLAIM, MAX_HELD - lanes.held);
      const except = lanes.full();
      hasBacklog = room <= 0 || except.length > 0;
      if (room <= 0) return false;
      const calls = await queue.claim(room, { leaseMs, except });
      giveBack(lanes.add(await withServices(calls)));
      return calls.length > 0;
    } catch (error) {
      log.error({ err: error }, 'calls could not be taken from the queue; trying again');
      return false;
    }
  }

  /** One query for a claim: a service that was changed is met as it is now. */
  async function withServices(calls: readonly ClaimedCall[]): Promise<HeldCall[]> {
    const ids = calls.flatMap(({ serviceId }) => serviceId ?? []);
    const found = ids.length > 0 ? await deps.services.active(ids) : undefined;
    return calls.map((call) => ({ origin: call.origin, call, service: found?.get(call.serviceId ?? '') }));
  }

  function begin(): void {
    while (!stopping.signal.aborted && underWay.size < UNDER_WAY) {
      const held = lanes.next();
      if (!held) return;
      underWay.set(held, makeOne(held));
    }
  }

  async function makeOne(held: HeldCall): Promise<void> {
    const settlement = await maker.make(held.call, held.service);
    if (!underWay.delete(held)) return;
    settler.add(held.call, settlement);
    const { surplus, hasRoom } = lanes.finish(held.origin, isAnswered(settlement));
    giveBack(surplus);
    begin();
    if (hasRoom && hasBacklog) lookNow();
  }

  function giveBack(surplus: readonly HeldCall[]): void {
    for (const { call } of surplus) settler.add(call, { kind: 'given-back' });
  }

  async function sweepIfDue(): Promise<void> {
    const now = performance.now();
    if (now < sweepAt) return;
    sweepAt = now + Math.min(SWEEP_MS, leaseMs);
    await settler.sweep();
  }

  function keepHolding(): void {
    const held = [...underWay.keys(), ...lanes.waiting()].map(({ call }) => call);
    queue.extend(held, leaseMs).catch((error: unknown) => {
      log.warn({ err: error }, 'the hold on calls could not be extended; another worker may make them again');
    });
  }

  function lookNow(): void {
    hasNews = true;
    endPause?.();
  }

  async function pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    endPause = undefined;
  }
}

function isAnswered(settlement: Settlement): boolean {
  return !('failure' in settlement && NO_ANSWER.has(settlement.failure.code));
}
