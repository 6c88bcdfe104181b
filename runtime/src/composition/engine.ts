import type { KeyObject } from 'node:crypto';
import { createBucket } from '@sluice/shared/node-contract';
import { createAttribution } from '../analytics/attribute-events.ts';
import { createTally } from '../analytics/tally.ts';
import { createHttpCalls } from '../calls/http-calls.ts';
import type { MessageDispatch } from '../channels/message-dispatch.ts';
import { createCodeRunner } from '../code/code-runner.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Config } from '../config.ts';
import { createMembershipPerformer } from '../effects/change-memberships.ts';
import { createCallPerformer } from '../effects/call-http.ts';
import { createEventPerformer } from '../effects/emit-events.ts';
import { createEffectPerformer } from '../effects/perform-effects.ts';
import { createMessagePerformer } from '../effects/send-messages.ts';
import { signalOfResult } from '../effects/signal-of-result.ts';
import { createRunPerformer } from '../effects/start-runs.ts';
import { createProfilePerformer } from '../effects/update-profiles.ts';
import { createBulkChanges } from '../bulk-changes/bulk-changes.ts';
import { createExecutor, type Executor } from '../executor/executor.ts';
import { createFlowPrograms } from '../executor/load-programs.ts';
import { createLanes } from '../executor/lanes.ts';
import { createMongoSlotBook } from '../executor/mongo-slot-book.ts';
import { createMongoRunStore } from '../executor/mongo-run-store.ts';
import { createWakeUps, defineWakeJobs } from '../executor/wake-ups.ts';
import { createExperiments } from '../experiments/experiments.ts';
import { createFlowPauses, endResumption } from '../flows/flow-pauses.ts';
import type { FlowVersions } from '../flows/flow-versions.ts';
import type { DerivedUpkeep } from '../derived/derived-upkeep.ts';
import type { RelatedSource } from '../datasets/related.ts';
import type { EventLog } from '../ingest/event-log.ts';
import { createEventHistory } from '../matching/event-history.ts';
import { createAliases } from '../identities/aliases.ts';
import { createEventMatcher } from '../matching/event-matcher.ts';
import { createLookBack, createWaitMatcher } from '../matching/wait-matcher.ts';
import { createProfileSource } from '../profiles/profile-source.ts';
import type { NodeCatalogue } from '../node-templates/node-catalogue.ts';
import type { ProfileWatch } from '../profiles/profile-watch.ts';
import type { ValueGate } from '../quality/value-gate.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { composeAudiences } from './audiences.ts';
import type { Core } from './core.ts';
import { composeEnrolment } from './enrolment.ts';

/** The executor and the clock work that drives it. */
export async function composeEngine(
  core: Core,
  config: Config,
  parts: {
    scheduler: Scheduler;
    versions: FlowVersions;
    reader: ConditionReader;
    eventLog: EventLog;
    messages: MessageDispatch;
    watch: ProfileWatch;
    gate: ValueGate;
    saved: ReturnType<typeof composeAudiences>;
    derived: { upkeep: DerivedUpkeep };
    secretKey: KeyObject;
    related: RelatedSource;
    catalogue: NodeCatalogue;
  },
) {
  const { database, clock, log } = core;
  const { scheduler, reader } = parts;
  const { timeZone } = config;
  const programs = createFlowPrograms(parts.versions, parts.catalogue);
  const experiments = createExperiments({ ...core, programs });
  const wakeUps = createWakeUps(scheduler, clock);
  const httpCalls = createHttpCalls({
    ...core,
    timeZone,
    secretKey: parts.secretKey,
    related: (lookups, ids) => parts.related.of(lookups, ids, { now: clock.now(), timeZone }),
    rules: { allowPrivate: config.allowPrivateCalls },
    listener: {
      settled: (over) =>
        executor.signal(
          over.map(({ effectId, awaitedBy, at, result }) => signalOfResult(effectId, awaitedBy, result, at)),
        ),
    },
  });
  // Flows start runs of other flows: one effect of the executor is its own enrolment.
  const enrol: Executor['enrol'] = (...entry) => executor.enrol(...entry);
  const code = createCodeRunner();
  const store = createMongoRunStore(database);
  const lanes = createLanes({
    drain: (lane) => executor.drainLane(lane),
    due: () => store.dueLanes(new Date(clock.now())),
    log,
  });
  const executor: Executor = createExecutor({
    store,
    lanes,
    programs,
    profiles: createProfileSource(database),
    reads: {
      reader,
      history: createEventHistory(core),
      slots: createMongoSlotBook(core),
      decisions: experiments,
      code,
      bucket: await createBucket(),
    },
    lookBack: createLookBack({ database, timeZone }),
    effects: createEffectPerformer({
      clock,
      performers: [
        createMessagePerformer(parts.messages),
        createProfilePerformer(database, log, parts.watch, parts.gate),
        createMembershipPerformer(parts.saved.changer, createAliases(core)),
        createEventPerformer({ eventLog: parts.eventLog, clock }),
        createRunPerformer({
          executor: { enrol },
          async liveProgram(flowId) {
            const version = await parts.versions.liveVersion(flowId);
            return version === undefined ? undefined : programs.get(flowId, version);
          },
        }),
        createCallPerformer(httpCalls.calls),
      ],
    }),
    tally: createTally(database),
    wakeUps,
    pauses: createFlowPauses(core),
    clock,
    timeZone,
    log,
  });
  const changes = createBulkChanges({
    ...core,
    executor,
    programs,
    scheduler,
    onDone: async ({ _id, flowId, order }) => {
      if (order.kind === 'resume') await endResumption(database, flowId, _id);
    },
  });
  const enrolment = composeEnrolment(core, { ...parts, timeZone, executor, programs });
  parts.saved.follow(enrolment.membershipEntries);
  const matcher = createEventMatcher({
    ...core,
    consumers: [
      // First: whoever asks about the event's profile then finds what follows from the event.
      parts.derived.upkeep,
      createAttribution({ database, measurements: parts.versions }),
      enrolment.eventEntries,
      createWaitMatcher({ database, executor, programs, timeZone }),
      { consume: (events) => parts.saved.upkeep.consumeEvents(events) },
    ],
  });
  const { startSweep } = defineWakeJobs(scheduler, executor, lanes);
  return { programs, executor, experiments, wakeUps, enrolment, changes, matcher, code, lanes, httpCalls, startSweep };
}
