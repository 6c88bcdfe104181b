import type { DryMessage, Mock } from '@sluice/shared/http-api';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import pino from 'pino';
import type { AudienceMap } from '../audiences/audience-index.ts';
import type { CallMaker } from '../calls/make-call.ts';
import type { RequestFiller } from '../calls/fill-request.ts';
import type { ServiceRegister } from '../calls/service-register.ts';
import { createEmailRenderer } from '../channels/email/render-emails.ts';
import type { MessageDispatch, SendRequest, SendResult } from '../channels/message-dispatch.ts';
import type { EmailCompiler } from '../content/email-compiler.ts';
import type { RelatedRows, RowLookup } from '../datasets/related.ts';
import { viewRows } from '../datasets/view-related.ts';
import { createCallPerformer } from '../effects/call-http.ts';
import { createMembershipPerformer } from '../effects/change-memberships.ts';
import { createEventPerformer } from '../effects/emit-events.ts';
import type { KindPerformer } from '../effects/kind-performer.ts';
import { createEffectPerformer } from '../effects/perform-effects.ts';
import { createMessagePerformer } from '../effects/send-messages.ts';
import { signalOfResult } from '../effects/signal-of-result.ts';
import { createRunPerformer } from '../effects/start-runs.ts';
import type { DecidedEffect, RunRecord } from '../executor/run-record.ts';
import { createExecutor, type EffectPerformer, type Executor } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { createMemoryRunStore } from '../executor/memory-run-store.ts';
import { createMemorySlotBook } from '../executor/memory-slot-book.ts';
import { createWakeUps, defineWakeJobs } from '../executor/wake-ups.ts';
import type { Bucket, CodeRunner, Decisions } from '../executor/world.ts';
import { eventIdOf } from '../ingest/event-log.ts';
import { signalsOf } from '../matching/match-awaits.ts';
import { toArrived } from '../matching/wait-matcher.ts';
import { createDryProfilePerformer } from './dry-profiles.ts';
import { createMockCalls, type MockCalls } from './mock-calls.ts';
import { createVisitLog, type SeenVisit } from './watch-visits.ts';
import type { VirtualTime } from './virtual-time.ts';
import { createVirtualWorld, type VirtualWorld, type WorldState } from './virtual-world.ts';

/** What the sandbox takes from the product: things that compute and things that are only read. */
export interface SandboxParts {
  timeZone: string;
  compiler: EmailCompiler;
  /** Absent: messages and calls look nothing up. */
  lookUp?: RowLookup;
  code: CodeRunner;
  decisions: Decisions;
  bucket: Bucket;
  services: Pick<ServiceRegister, 'active'>;
  filler: RequestFiller;
  realCalls: CallMaker;
  /** The version of another flow that takes people in now. */
  liveProgram(flowId: string): Promise<FlowProgram | undefined>;
}

/** An effect that was performed, with what its performer had to say. */
export interface PerformedEffect extends DecidedEffect {
  id: string;
  runId: string;
  result?: { isOk: boolean; code?: string };
}

/** The executor over ports that reach nowhere (RUN-8), and what it was seen to do. */
export interface DryEngine {
  executor: Executor;
  world: VirtualWorld;
  /** Runs in the order in which they were started. */
  runs(): RunRecord[];
  programOf(run: Pick<RunRecord, 'flowId' | 'version'>): FlowProgram | undefined;
  visits: readonly SeenVisit[];
  onVisit(tell: (visit: SeenVisit) => void): void;
  performed: ReadonlyMap<string, PerformedEffect>;
  /** Whether a flow recorded the event. */
  isEmitted(eventId: string): boolean;
  messages: ReadonlyMap<string, DryMessage>;
  calls: MockCalls['made'];
}

/** The same executor, performers, wake-ups and matching as in production; storage, clock, reads and receivers are others. */
export function createDryEngine(
  program: FlowProgram,
  state: WorldState,
  options: {
    time: VirtualTime;
    parts: SandboxParts;
    audiences: AudienceMap;
    mocks: readonly Mock[];
    arms: Readonly<Record<string, string>>;
    /** Runs that are under way, and the programs of those among them that are of other flows or versions. */
    underWay?: readonly RunRecord[] | undefined;
    programs?: readonly FlowProgram[] | undefined;
    /** The subject as whoever looks on may see it; what is rendered or filled in for it is shown so. */
    shownAs?: ((profile: ProfileFacts) => ProfileFacts) | undefined;
  },
): DryEngine {
  const { time, parts } = options;
  const { clock, scheduler } = time;
  const { timeZone } = parts;
  const store = createMemoryRunStore();
  const world = createVirtualWorld(state, { clock, timeZone, audiences: options.audiences });
  const underWay = options.underWay ?? [];
  for (const run of underWay) store.runs.set(run._id, structuredClone(run));
  const visitLog = createVisitLog(decidedBy(underWay));
  const performed = new Map<string, PerformedEffect>();
  const emitted = new Set<string>();
  const messages = new Map<string, DryMessage>();
  const known = new Map([program, ...(options.programs ?? [])].map((one) => [keyOf(one), one]));
  const related = relatedOf(parts, state, clock);
  const calls = createMockCalls({
    ...parts,
    related,
    shownRelated: options.shownAs && viewRelated(related, options.shownAs),
    clock,
    scheduler,
    world,
    mocks: options.mocks,
    shownAs: options.shownAs,
    settled: ({ effectId, awaitedBy, at, result }) =>
      executor.signal([signalOfResult(effectId, awaitedBy, result, at)]),
  });
  const performers = [
    createMessagePerformer(createDryDispatch({ ...parts, related }, messages, options.shownAs)),
    createDryProfilePerformer(world),
    createMembershipPerformer(world.changer, { of: async () => new Map() }),
    createEventPerformer({ eventLog: world.eventLog, clock }),
    createRunPerformer({
      executor: { enrol: (...entry) => executor.enrol(...entry) },
      async liveProgram(flowId) {
        const found = flowId === program.flowId ? program : await parts.liveProgram(flowId);
        if (found) known.set(keyOf(found), found);
        return found;
      },
    }),
    createCallPerformer(calls),
  ];
  const executor: Executor = createExecutor({
    store,
    clock,
    timeZone,
    log: pino({ level: 'silent' }),
    programs: { get: async (flowId, version) => known.get(keyOf({ flowId, version })) },
    profiles: world.profiles,
    reads: {
      reader: world.reader,
      history: world.history,
      slots: createMemorySlotBook(),
      decisions: parts.decisions,
      code: parts.code,
      bucket: dealing(parts.bucket, program, options.arms),
      watch: visitLog.watch,
    },
    effects: recording(performers, clock, performed, emitted),
    tally: { add: async () => {} },
    lookBack: {
      signalsFor: async (of, committed, since) =>
        committed.flatMap((run) =>
          run.awaiting === undefined
            ? []
            : world
                .receivedSince(since.getTime())
                .flatMap((event) => signalsOf(toArrived(event), run, of.goals, timeZone)),
        ),
    },
    wakeUps: createWakeUps(scheduler, clock),
  });
  defineWakeJobs(scheduler, executor);
  return {
    executor,
    world,
    runs: () => [...store.runs.values()],
    programOf: (run) => known.get(keyOf(run)),
    visits: visitLog.visits,
    onVisit: visitLog.onVisit,
    performed,
    isEmitted: (eventId) => emitted.has(eventId),
    messages,
    calls: calls.made,
  };
}

/** How many effects the steps at which runs stand have decided, by `runId/seq`. */
function decidedBy(runs: readonly RunRecord[]): Map<string, number> {
  return new Map(
    runs.flatMap(({ _id, positions = [] }) =>
      positions.map(({ seq, decided }) => [`${_id}/${seq}`, decided ?? 0] as const),
    ),
  );
}

/** Notes what is performed; kinds one after the other, so that the same scenario always has the same order. */
function recording(
  performers: readonly KindPerformer<never>[] | readonly unknown[],
  clock: Clock,
  performed: Map<string, PerformedEffect>,
  emitted: Set<string>,
): EffectPerformer {
  return {
    async perform(program, runs, profiles) {
      let before: Promise<unknown> = Promise.resolve();
      const inOrder = (performers as readonly KindPerformer[]).map(
        (performer): KindPerformer => ({
          ...performer,
          perform(requests) {
            for (const { effectId, effect, run } of requests) {
              const decided = run.effects?.find(({ seq, index }) => effectId === `${run._id}/${seq}/${index}`);
              if (effect.kind === 'emit-event') emitted.add(eventIdOf(effectId));
              if (decided) performed.set(effectId, { ...decided, effect, id: effectId, runId: run._id });
            }
            const done = before.then(async () => {
              const answer = await performer.perform(requests);
              for (const [effectId, { isOk, code }] of answer?.results ?? []) {
                const one = performed.get(effectId);
                if (one) one.result = { isOk, ...(code !== undefined && { code }) };
              }
              return answer;
            });
            before = done;
            return done;
          },
        }),
      );
      return createEffectPerformer({ clock, performers: inOrder }).perform(program, runs, profiles);
    },
  };
}

/** The same rows for somebody who may not see all of them: columns stand under their keys, by which the lens knows them. */
function viewRelated(related: RelatedRows, shownAs: (profile: ProfileFacts) => ProfileFacts): RelatedRows {
  return async (lookups, ids) =>
    new Map(
      [...(await related(lookups, ids))].map(([id, found]) => [
        id,
        viewRows(found, (attributes) => shownAs({ id, attributes }).attributes),
      ]),
    );
}

/** The rows of the subject, as of the virtual now. */
function relatedOf({ lookUp, timeZone }: SandboxParts, { profile, rows = [] }: WorldState, clock: Clock): RelatedRows {
  return async (lookups) =>
    new Map(lookUp ? [[profile.id, await lookUp(lookups, rows, { now: clock.now(), timeZone })]] : []);
}

/**
 * Renders as the channel does and keeps what would have been sent; links are not tracked. What becomes of a message follows
 * from the subject as it is; where it is shown to somebody who may not see all of that, the words are rendered for them anew.
 */
function createDryDispatch(
  deps: { compiler: EmailCompiler; related: RelatedRows },
  messages: Map<string, DryMessage>,
  shownAs?: (profile: ProfileFacts) => ProfileFacts,
): MessageDispatch {
  const { related } = deps;
  const wordsFor = async (requests: readonly SendRequest[], rows: RelatedRows) => {
    const renderer = createEmailRenderer({ ...deps, related: rows });
    const { outgoing, heldBack } = await renderer.render(requests);
    const written = outgoing.map(({ delivery: { _id, to, subject }, html, text }) => [
      _id,
      { to, subject, html, text },
    ]);
    const unwritten = heldBack.map(({ delivery: { _id, to, subject } }) => [_id, { to, subject, html: '', text: '' }]);
    return { outgoing, heldBack, words: new Map([...written, ...unwritten] as [string, Words][]) };
  };
  return {
    async dispatch(requests) {
      const { outgoing, heldBack, words } = await wordsFor(requests, related);
      const shown = shownAs
        ? (
            await wordsFor(
              requests.map((request) => ({ ...request, profile: shownAs(request.profile) })),
              viewRelated(related, shownAs),
            )
          ).words
        : words;
      const results: SendResult[] = [
        ...outgoing.map(({ delivery }) => ({ effectId: delivery._id, status: 'sent' as const })),
        ...heldBack.map(({ delivery: { _id, reason }, status }) => ({ effectId: _id, status, reason })),
      ];
      for (const { effectId, status, reason } of results)
        messages.set(effectId, {
          channel: 'email',
          status,
          ...(reason && { reason }),
          ...(shown.get(effectId) as Words),
        });
      return results;
    },
  };
}

type Words = Pick<DryMessage, 'to' | 'subject' | 'html' | 'text'>;

/** Deals as in production, but for the splits whose arm the scenario names. */
function dealing(bucket: Bucket, program: FlowProgram, arms: Readonly<Record<string, string>>): Bucket {
  const fixed = new Map<string, number>();
  for (const { node, variants, weights } of program.experiments) {
    let from = 0;
    for (const [index, { key }] of variants.entries()) {
      const weight = weights[index] ?? 0;
      if (arms[node] === key && weight > 0) fixed.set(node, (from + weight / 2) / 100);
      from += weight;
    }
  }
  return (flowId, nodeId, profileId, salt) =>
    (flowId === program.flowId ? fixed.get(nodeId) : undefined) ?? bucket(flowId, nodeId, profileId, salt);
}

function keyOf({ flowId, version }: { flowId: string; version: number }): string {
  return `${flowId}:${version}`;
}
