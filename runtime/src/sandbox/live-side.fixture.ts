import type { Persona } from '@sluice/shared/http-api';
import { createBucket, type Effect, type EffectKind } from '@sluice/shared/node-contract';
import { DAY_MS } from '@sluice/shared/time';
import pino from 'pino';
import { createTally, tallies } from '../analytics/tally.ts';
import type { AudienceMap } from '../audiences/audience-index.ts';
import { createMemberChanger } from '../audiences/change-members.ts';
import { memberships } from '../audiences/membership-record.ts';
import { createChangeTeller } from '../audiences/tell-changes.ts';
import { newMembership } from '../audiences/write-memberships.ts';
import { calls } from '../calls/call-record.ts';
import type { ServiceRegister } from '../calls/service-register.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { LINKS, SECRET_KEY } from '../channels/email/email-channel.fixture.ts';
import { createEmailChannel } from '../channels/email/email-channel.ts';
import { queuedMessages } from '../channels/email/mail-queue.ts';
import { outboxMessages } from '../channels/email/outbox.ts';
import { settings } from '../channels/email/provider-settings.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import type { EmailCompiler } from '../content/email-compiler.ts';
import { createCallPerformer } from '../effects/call-http.ts';
import { createMembershipPerformer } from '../effects/change-memberships.ts';
import { createEventPerformer } from '../effects/emit-events.ts';
import type { KindPerformer } from '../effects/kind-performer.ts';
import { createEffectPerformer } from '../effects/perform-effects.ts';
import { createMessagePerformer } from '../effects/send-messages.ts';
import { signalOfResult } from '../effects/signal-of-result.ts';
import { createRunPerformer } from '../effects/start-runs.ts';
import { createProfilePerformer } from '../effects/update-profiles.ts';
import { createAdmissions } from '../enrolment/admission.ts';
import { FLOW_CALLED } from '../enrolment/called-entries.ts';
import { createEnteredRuns } from '../enrolment/entered-runs.ts';
import { createCapBook, entryCaps } from '../enrolment/entry-cap.ts';
import { createEventEntries } from '../enrolment/event-entries.ts';
import { indexTriggers, type LiveTrigger } from '../enrolment/live-triggers.ts';
import { createMembershipEntries } from '../enrolment/membership-entries.ts';
import { createRefusalBook, refusals } from '../enrolment/refusals.ts';
import { batches } from '../executor/batch-record.ts';
import { createExecutor, type Executor } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { createMongoRunStore } from '../executor/mongo-run-store.ts';
import { createMongoSlotBook, slotQueues } from '../executor/mongo-slot-book.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { createWakeUps, defineWakeJobs } from '../executor/wake-ups.ts';
import { createAliases } from '../identities/aliases.ts';
import { profileMerges } from '../identities/merge-record.ts';
import { createEventLog, eventIdOf } from '../ingest/event-log.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { createEventHistory } from '../matching/event-history.ts';
import { createLookBack, createWaitMatcher } from '../matching/wait-matcher.ts';
import { toFacts } from '../profiles/profile-facts.ts';
import { profiles } from '../profiles/profile-record.ts';
import { createProfileSource } from '../profiles/profile-source.ts';
import { toStoredValue } from '../profiles/stored-value.ts';
import type { Database } from '../stores/database.ts';
import type { CodeRunner } from '../executor/world.ts';
import { happeningId, type Stage } from './dry-run.ts';
import { createLiveCalls } from './live-calls.fixture.ts';
import { createVirtualTime } from './virtual-time.ts';

/** Everything that a live run writes. */
export const LIVE_COLLECTIONS = [
  profiles,
  profileMerges,
  events,
  memberships,
  runs,
  batches,
  slotQueues,
  tallies,
  entryCaps,
  refusals,
  deliveries,
  outboxMessages,
  queuedMessages,
  settings,
  calls,
];

/** What a live run came to, as the store holds it. */
export interface LiveOutcome {
  runs: RunRecord[];
  effects: { id: string; effect: Effect }[];
  messages: { id: string; status: string; to: string; subject: string }[];
  attributes: object;
  /** Of manual audiences. */
  audiences: string[];
  calls: { id: string; attempts: number; failure: string | null }[];
}

/** What both sides are given besides the flow: other flows, services, code, and the audiences there are. */
export interface LiveParts {
  compiler: EmailCompiler;
  others: ReadonlyMap<string, FlowProgram>;
  services: Pick<ServiceRegister, 'active'>;
  code: CodeRunner;
  audiences: AudienceMap;
}

/**
 * The same scenario as the product itself would go through it: on the real store, through the parts that run in production,
 * on a clock that jumps. The profile is stored before it begins.
 */
export async function playLive(
  database: Database,
  { compiler, others, services, code, audiences }: LiveParts,
  program: FlowProgram,
  persona: Persona,
  stage: Pick<Stage, 'startAt' | 'event' | 'happenings' | 'days'>,
): Promise<LiveOutcome> {
  const startAt = Date.parse(stage.startAt);
  const time = createVirtualTime(startAt);
  const { clock, scheduler } = time;
  const timeZone = 'UTC';
  const log = pino({ level: 'silent' });
  const core = { database, clock, log };
  await store(database, persona, startAt);

  let news: EventRecord[] = [];
  const eventLog = createEventLog({ ...core, onStored: (stored) => void (news = [...news, ...stored]) });
  const performed: LiveOutcome['effects'] = [];
  const noting = <K extends EffectKind>(performer: KindPerformer<K>): KindPerformer<K> => ({
    ...performer,
    perform(requests) {
      performed.push(...requests.map(({ effectId, effect }) => ({ id: effectId, effect })));
      return performer.perform(requests);
    },
  });
  const channel = createEmailChannel({
    ...core,
    compiler,
    links: LINKS,
    secretKey: SECRET_KEY,
    listener: { sent: async () => {} },
    allowPrivateHosts: false,
  });
  const reader = createMongoConditionReader({
    database,
    dictionary: {
      checkingFacts: async () => ({ attributes: new Map(), events: new Set<string>(), audiences: audiences.names }),
    },
  });
  const aliases = createAliases(core);
  const programs = { get: async (flowId: string) => (flowId === program.flowId ? program : others.get(flowId)) };
  const liveCalls = createLiveCalls({
    ...core,
    scheduler,
    services,
    listener: {
      settled: (over) =>
        executor.signal(
          over.map(({ effectId, awaitedBy, at, result }) => signalOfResult(effectId, awaitedBy, result, at)),
        ),
    },
  });
  const changer = createMemberChanger({
    ...core,
    index: { current: async () => audiences, forget: () => {} },
    onChanged: () => {},
  });
  const executor: Executor = createExecutor({
    ...core,
    timeZone,
    programs,
    store: createMongoRunStore(database),
    profiles: createProfileSource(database),
    reads: {
      reader,
      history: createEventHistory(core),
      slots: createMongoSlotBook(core),
      decisions: { winner: async () => undefined },
      code,
      bucket: await createBucket(),
    },
    effects: createEffectPerformer({
      clock,
      performers: [
        noting(createMessagePerformer(channel.dispatch)),
        noting(createProfilePerformer(database, log)),
        noting(createMembershipPerformer(changer, aliases)),
        noting(createEventPerformer({ eventLog, clock })),
        noting(
          createRunPerformer({
            executor: { enrol: (...entry) => executor.enrol(...entry) },
            liveProgram: (flowId) => programs.get(flowId),
          }),
        ),
        noting(createCallPerformer(liveCalls)),
      ],
    }),
    tally: createTally(database),
    lookBack: createLookBack({ database, timeZone }),
    wakeUps: createWakeUps(scheduler, clock),
  });
  defineWakeJobs(scheduler, executor);
  const index = indexTriggers(
    program.triggers.flatMap(({ id }): LiveTrigger[] => {
      const plan = program.planOf(id);
      return plan ? [{ program, node: id, plan, since: 0 }] : [];
    }),
  );
  const entries = {
    ...core,
    timeZone,
    triggers: { current: async () => index, changed: async () => {} },
    profiles: createProfileSource(database),
    refusals: createRefusalBook(core),
    admissions: createAdmissions({
      executor,
      reader,
      aliases,
      entered: createEnteredRuns(core),
      profiles: createProfileSource(database),
      caps: createCapBook({ database, timeZone }),
      refusals: createRefusalBook(core),
      clock,
      timeZone,
    }),
  };
  const consumers = [createEventEntries(entries), createWaitMatcher({ database, executor, programs, timeZone })];
  const teller = createChangeTeller({ ...core, consumers: [createMembershipEntries(entries)] });
  const tell = async () => {
    while (news.length > 0) {
      const told = news;
      news = [];
      for (const consumer of consumers) await consumer.consume(told);
    }
    if ((await database.collection(memberships).countDocuments({ isUntold: true })) === 0) return;
    teller.wake();
    await teller.idle();
    await tell();
  };

  scheduler.define<{ index: number }>('happen', async ({ index: place }) => {
    const happening = stage.happenings[place];
    const at = new Date(clock.now());
    if (happening?.kind === 'event')
      await eventLog.recordEvents([
        {
          profileId: persona.id,
          name: happening.name,
          properties: happening.properties,
          at,
          messageId: happeningId(persona.id, place),
        },
      ]);
    if (happening?.kind === 'membership')
      await changer.apply([{ audience: happening.audience, profileId: persona.id, change: happening.change }]);
    if (happening?.kind === 'attributes')
      await database.collection(profiles).updateOne(
        { _id: persona.id },
        {
          $set: Object.fromEntries(
            Object.entries(happening.set).map(([name, value]) => [`attributes.${name}`, toStoredValue(value)]),
          ),
        },
      );
  });
  for (const [place, { afterMs }] of stage.happenings.entries())
    await scheduler.at('happen', String(place), startAt + afterMs, { index: place });

  const trigger = program.triggers[0]?.id ?? '';
  const plan = program.planOf(trigger);
  const profile = (await entries.profiles.facts([persona.id])).get(persona.id);
  if (!plan || !profile) throw new Error('Nobody, or nowhere to enter');
  const properties = stage.event?.properties ?? {};
  const messageId = happeningId(persona.id, 'start');
  if (plan.start.kind === 'event')
    await eventLog.recordEvents([
      { profileId: persona.id, name: plan.start.event, properties, at: new Date(startAt), messageId },
    ]);
  else {
    const event = { id: eventIdOf(messageId), name: FLOW_CALLED, properties, at: startAt };
    const isCalled = plan.start.kind === 'call';
    const occasion = { id: isCalled ? event.id : `start:${trigger}`, at: startAt, key: 'start' };
    await entries.admissions.admit({ program, trigger, plan }, [{ profile, occasion, ...(isCalled && { event }) }]);
  }
  await tell();
  const limitAt = startAt + stage.days * DAY_MS;
  for (let next = time.nextAt(); next !== undefined && next <= limitAt; next = time.nextAt()) {
    await time.runNext();
    await tell();
  }
  await liveCalls.close();
  const stored = await database.collection(profiles).findOne({ _id: persona.id });
  return {
    runs: await database.collection(runs).find({ profileId: persona.id }).sort({ enteredAt: 1, _id: 1 }).toArray(),
    effects: performed,
    messages: (await database.collection(deliveries).find({ profileId: persona.id }).toArray()).map(
      ({ _id: id, status, to, subject }) => ({ id, status, to, subject }),
    ),
    attributes: stored ? toFacts(stored).attributes : {},
    audiences: (await database.collection(memberships).find({ profileId: persona.id, isMember: true }).toArray()).map(
      ({ audience }) => audience,
    ),
    calls: (await database.collection(calls).find({ profileId: persona.id }).toArray()).map(
      ({ _id: id, attempts, failure }) => ({ id, attempts, failure: failure?.code ?? null }),
    ),
  };
}

async function store(database: Database, persona: Persona, startAt: number): Promise<void> {
  const at = new Date(startAt);
  await database.collection(profiles).insertOne({
    _id: persona.id,
    userId: persona.userId ?? null,
    attributes: Object.fromEntries(
      Object.entries(persona.attributes).map(([name, value]) => [name, toStoredValue(value)]),
    ),
    createdAt: at,
    updatedAt: at,
  });
  if (persona.audiences.length > 0)
    await database
      .collection(memberships)
      .insertMany(
        persona.audiences.map((id) => newMembership(id, persona.id, { isMember: true, at, isAnnounced: false })),
      );
  if (persona.events.length === 0) return;
  await database.collection(events).insertMany(
    persona.events.map(({ name, agoMs, properties }, index): EventRecord => {
      const happenedAt = new Date(startAt - agoMs);
      return {
        _id: `${persona.id}-past-${index}`,
        profileId: persona.id,
        name,
        properties,
        at: happenedAt,
        receivedAt: happenedAt,
      };
    }),
  );
}
