import type { Happening, Scenario, Trace } from '@sluice/shared/http-api';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import { DAY_MS } from '@sluice/shared/time';
import type { AttributeLens } from '../access/read-level.ts';
import type { AudienceMap } from '../audiences/audience-index.ts';
import { FLOW_CALLED } from '../enrolment/called-entries.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { eventIdOf } from '../ingest/event-log.ts';
import type { EventConsumer } from '../matching/event-consumer.ts';
import { matchWaits } from '../matching/wait-matcher.ts';
import { createDryEngine, type DryEngine, type SandboxParts } from './dry-engine.ts';
import { createWakeUps } from '../executor/wake-ups.ts';
import type { RunRecord } from '../executor/run-record.ts';
import { createDryEntries } from './dry-entries.ts';
import { veilTrace } from './veil-trace.ts';
import { writeTrace } from './write-trace.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';
import type { WorldState } from './virtual-world.ts';
import type { Told } from './watch-visits.ts';

/** Far more than a flow that a person can read takes; beyond it something goes round for ever. */
const MOST_VISITS = 3000;
const HAPPEN = 'sandbox:happen';

export type Stage = Pick<
  Scenario,
  'startAt' | 'trigger' | 'event' | 'isForced' | 'happenings' | 'mocks' | 'arms' | 'days'
>;

export interface DryRunContext {
  parts: SandboxParts;
  audiences: AudienceMap;
  nameOf(flowId: string): string;
  /** How the trace is shown; everything where nothing is said. */
  lens?: AttributeLens;
}

/** A dry run with what it was made of, for whoever compares it with a live one. */
export interface PlayedScenario {
  trace: Trace;
  engine: DryEngine;
}

export async function dryRun(...played: Parameters<typeof playScenario>): Promise<Trace> {
  return (await playScenario(...played)).trace;
}

/**
 * Plays a scenario over a flow in virtual time. Pure but for code steps (which are pure themselves) and receivers that are
 * really called: the same graph, state and scenario give the same trace.
 */
export function playScenario(
  program: FlowProgram,
  state: WorldState,
  stage: Stage,
  context: DryRunContext,
): Promise<PlayedScenario> {
  return play(program, state, stage, context, (play) => begin(program, stage, play));
}

/** Runs that are under way, with the programs of those among them that are of other flows or versions. */
export interface UnderWay {
  runs: readonly RunRecord[];
  programs: readonly FlowProgram[];
}

/** Plays runs on from where they stand: what is to be expected of them where nothing but the stage happens. */
export function playOn(
  program: FlowProgram,
  state: WorldState,
  stage: Stage,
  context: DryRunContext,
  underWay: UnderWay,
): Promise<PlayedScenario> {
  const due = underWay.runs.flatMap(({ wakeAt }) => (wakeAt ? [wakeAt] : []));
  const goOn = ({ time }: Play) => createWakeUps(time.scheduler, time.clock).schedule(due);
  return play(program, state, stage, context, goOn, underWay);
}

interface Play {
  engine: DryEngine;
  time: VirtualTime;
  telling: Telling;
  told: Told[];
}

async function play(
  program: FlowProgram,
  state: WorldState,
  stage: Stage,
  context: DryRunContext,
  start: (play: Play) => Promise<void>,
  { runs: underWay, programs }: UnderWay = { runs: [], programs: [] },
): Promise<PlayedScenario> {
  const startAt = Date.parse(stage.startAt);
  const limitAt = startAt + stage.days * DAY_MS;
  const time = createVirtualTime(startAt);
  const { nameOf, lens } = context;
  const shownAs = lens && viewThrough(lens);
  const engine = createDryEngine(program, state, { ...context, ...stage, time, underWay, programs, shownAs });
  const told: Told[] = [];
  // Visits stand in the trace where they took place among all else that happened.
  engine.onVisit((visit) => told.push(visit));
  const telling = createTelling(program, engine, time, context, told);

  time.scheduler.define<{ happening: Happening; place: number }>(HAPPEN, async ({ happening, place }) => {
    await happen(happening, place, engine, time, told);
  });
  for (const [index, happening] of stage.happenings.entries())
    await time.scheduler.at(HAPPEN, String(index), startAt + happening.afterMs, { happening, place: index });

  await start({ engine, time, telling, told });
  await telling.news();
  let isCut = false;
  for (let next = time.nextAt(); next !== undefined; next = time.nextAt()) {
    isCut = next > limitAt || engine.visits.length > MOST_VISITS;
    if (isCut) break;
    await time.runNext();
    await telling.news();
  }
  const endAt = time.clock.now();
  const trace = writeTrace({ program, engine, told, startAt, endAt, isCut, underWay, nameOf });
  return { trace: lens ? veilTrace(trace, lens, state.profile.attributes) : trace, engine };
}

/** Nobody is veiled from who sees everything. */
function viewThrough(lens: AttributeLens): ((profile: ProfileFacts) => ProfileFacts) | undefined {
  if (lens.seesAll) return undefined;
  return (profile) => ({ ...profile, attributes: lens.view(profile.attributes).attributes });
}

interface Telling {
  entries: ReturnType<typeof createDryEntries>;
  /** Tells what has happened since, until nothing new comes of it. */
  news(): Promise<void>;
}

function createTelling(
  program: FlowProgram,
  engine: DryEngine,
  time: VirtualTime,
  { parts }: DryRunContext,
  told: Told[],
): Telling {
  const entries = createDryEntries(program, engine, { ...time, timeZone: parts.timeZone, told });
  const consumers: EventConsumer[] = [
    entries.events,
    matchWaits(
      {
        executor: engine.executor,
        programs: { get: async (flowId, version) => engine.programOf({ flowId, version }) },
        timeZone: parts.timeZone,
      },
      async (_profileIds, names) =>
        engine.runs().filter(({ awaiting }) => awaiting?.some((name) => names.includes(name))),
    ),
  ];
  const news = async (): Promise<void> => {
    for (let fresh = engine.world.takeNews(); fresh.length > 0; fresh = engine.world.takeNews()) {
      if (engine.visits.length > MOST_VISITS) return;
      for (const { _id, name, properties } of fresh)
        if (engine.isEmitted(_id))
          told.push({
            kind: 'happened',
            at: time.clock.now(),
            from: 'flow',
            happening: { kind: 'event', afterMs: 0, name, properties: properties as never },
          });
      for (const consumer of consumers) await consumer.consume(fresh);
    }
    const moves = engine.world.takeMoves();
    if (moves.length === 0) return;
    await entries.memberships.consume(moves);
    await news();
  };
  return { entries, news };
}

/** Brings the subject to the trigger as it would come to it. */
async function begin(
  program: FlowProgram,
  stage: Stage,
  { engine, telling: { entries, news }, time, told }: Play,
): Promise<void> {
  const at = time.clock.now();
  const trigger = program.node(stage.trigger ?? program.triggers[0]?.id ?? '');
  const plan = trigger && program.planOf(trigger.id);
  if (!trigger || !plan) {
    told.push({ kind: 'refused', at, trigger: trigger?.id ?? '', code: 'no-trigger' });
    return;
  }
  const { start } = plan;
  const properties = stage.event?.properties ?? {};
  const name = start.kind === 'event' ? (stage.event?.name ?? start.event) : FLOW_CALLED;
  const hasEvent = start.kind === 'event' || start.kind === 'call';
  const messageId = happeningId(engine.world.profileId, 'start');
  const event = { id: eventIdOf(messageId), name, properties, at };
  if (start.kind === 'event')
    told.push({ kind: 'happened', at, from: 'start', happening: { kind: 'event', afterMs: 0, name, properties } });
  if (start.kind === 'event')
    await engine.world.eventLog.recordEvents([
      { profileId: engine.world.profileId, name, properties, at: new Date(at), messageId },
    ]);
  if (start.kind === 'event' && !stage.isForced) {
    await news();
    const isSeen = engine.runs().length > 0 || told.some(({ kind }) => kind === 'refused');
    if (!isSeen) told.push({ kind: 'refused', at, trigger: trigger.id, code: 'other-event' });
    return;
  }
  // Whoever is taken in by force has had the event; it starts nobody a second time.
  engine.world.takeNews();
  await entries.admit(trigger.id, { ...(hasEvent && { event }), isForced: stage.isForced });
}

/** Of what the scenario lets happen, so that whoever plays it elsewhere means the same event. */
export function happeningId(profileId: string, place: number | 'start'): string {
  return `${profileId}/scenario/${place}`;
}

/** Lets something happen to the subject, now. */
async function happen(
  happening: Happening,
  place: number,
  engine: DryEngine,
  time: VirtualTime,
  told: Told[],
): Promise<void> {
  const { world } = engine;
  const at = time.clock.now();
  told.push({ kind: 'happened', at, from: 'scenario', happening });
  if (happening.kind === 'attributes')
    world.update({ kind: 'update-profile', set: happening.set, unset: happening.unset ?? [] });
  else if (happening.kind === 'membership') world.put(happening.audience, happening.change);
  else
    await world.eventLog.recordEvents([
      {
        profileId: world.profileId,
        name: happening.name,
        properties: happening.properties,
        at: new Date(at),
        messageId: happeningId(world.profileId, place),
      },
    ]);
}
