import type { EventFacts } from '@sluice/shared/node-contract';
import { roleOf } from '../analytics/listened-events.ts';
import { decideEntry, type Occasion, type PreviousRun } from '../enrolment/entry-rule.ts';
import { keyIn } from '../enrolment/event-entries.ts';
import { advanceRun } from '../executor/advance-run.ts';
import type { Entry } from '../executor/entry.ts';
import { endsOf, toRun } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { tellRun } from '../executor/memory-run-store.ts';
import { type RunRecord, runIdOf } from '../executor/run-record.ts';
import type { RunSignal } from '../executor/run-store.ts';
import { bucketOf } from '../executor/wake-ups.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import { compileWhere, signalsOf } from '../matching/match-awaits.ts';
import { toArrived } from '../matching/wait-matcher.ts';
import { createVirtualWorld } from '../sandbox/virtual-world.ts';
import { createAgenda } from './agenda.ts';
import { createDraw } from '@sluice/shared/random';
import type { Stage } from './forecast-engine.ts';
import type { Subject } from './forecast-message.ts';
import { createForecastPerformer } from './forecast-performer.ts';
import { createForecastWorld } from './forecast-world.ts';
import { type Arrival, arrivalsOf, type PlannedTrigger } from './occasions.ts';
import type { DrawnEvent } from './responses.ts';

/** Far more than a flow that a person can read takes; beyond it something goes round for ever. */
const MOST_ADVANCES = 3000;

/**
 * One person's time from the start of the forecast to its end: entering, steps, waits, what it does and what comes of that.
 * Steps, entries and matching are those of live runs (RUN-8); what is left out is what storing and sharing runs takes.
 */
export async function walkSubject(stage: Stage, subject: Subject): Promise<void> {
  const { order, program, counters, responses } = stage;
  const { totals } = counters;
  const { startAt, endAt, timeZone } = order;
  const draw = createDraw(stage.bucket('forecast', '', subject.profile.id, String(order.seed)));
  const arrivals = arrivalsOf(subject, stage.triggers, order, draw);
  if (arrivals.length === 0) return;

  let now = startAt;
  const clock = { now: () => now };
  const agenda = createAgenda();
  const world = createVirtualWorld(
    {
      profile: subject.profile,
      events: subject.events.map(({ name, at, properties }, index): EventRecord => {
        const instant = new Date(at);
        return {
          _id: `past-${index}`,
          profileId: subject.profile.id,
          name,
          properties,
          at: instant,
          receivedAt: instant,
        };
      }),
      audiences: subject.audiences,
      rows: subject.rows ?? [],
    },
    { clock, timeZone, audiences: stage.audiences },
  );
  const steps = createForecastWorld(stage, world, clock);
  const runs = new Map<string, RunRecord>();
  const pastIds = new Set(subject.past?.ids);
  const knownIds = new Set(pastIds);
  /** Triggers that did not take the subject, until something about it changes. */
  const outside = new Set<PlannedTrigger>();
  const done = new Set<string>();
  let latest: PreviousRun | undefined = subject.past?.last;
  let latestId: string | undefined;
  let eventCount = 0;
  let advances = 0;
  let isInside = false;

  const performer = createForecastPerformer(stage, {
    world,
    clock,
    draw,
    async start(of, trigger, entries) {
      for (const entry of entries) await start(of, trigger, entry);
    },
    later: (afterMs, act) => agenda.at(now + afterMs, act),
    happen: (drawn) => later(drawn),
    tell: async (signals) => {
      tell(signals);
      await advanceTold(signals);
    },
  });
  const programOf = (run: RunRecord) => (run.flowId === program.flowId ? program : stage.liveProgram(run.flowId));
  const isOwn = (run: RunRecord) => run.flowId === program.flowId && run.depth === undefined;

  for (const arrival of arrivals) agenda.at(arrival.at, () => arrive(arrival));
  for (let next = agenda.take(endAt); next; next = agenda.take(endAt)) {
    now = next.at;
    await next.act();
    await tellNews();
    if (advances > MOST_ADVANCES) {
      totals.endless += 1;
      break;
    }
  }
  for (const run of runs.values()) if (isOwn(run)) counters.stands(run);
  if (isInside) totals.entered += 1;

  async function arrive(arrival: Arrival): Promise<void> {
    if (arrival.kind === 'occasion') return come(arrival.trigger, { ...arrival.occasion, at: now });
    await record(arrival.name, arrival.properties);
  }

  async function record(name: string, properties: Record<string, unknown>): Promise<void> {
    const messageId = `forecast-${eventCount++}`;
    await world.eventLog.recordEvents([{ profileId: world.profileId, name, properties, at: new Date(now), messageId }]);
  }

  function later({ key, name, afterMs, properties }: DrawnEvent): void {
    agenda.at(now + afterMs, async () => {
      if (!done.has(key)) totals.outcomes[key] = (totals.outcomes[key] ?? 0) + 1;
      done.add(key);
      await record(name, properties);
    });
  }

  async function come(trigger: PlannedTrigger, occasion: Occasion, event?: EventFacts): Promise<void> {
    const { node, plan, isAsked } = trigger;
    const refuse = (reason: string) => {
      const ofTrigger = (totals.refused[node] ??= {});
      ofTrigger[reason] = (ofTrigger[reason] ?? 0) + 1;
    };
    if (await isOutside(trigger)) return isAsked ? refuse('outside-audience') : undefined;
    const previous = latestId === undefined ? latest : runs.get(latestId);
    const decision = decideEntry(plan.reentry, occasion, previous);
    if ('refusal' in decision) return refuse(decision.refusal);
    if (!('entryKey' in decision)) return;
    const runId = runIdFor(decision.entryKey);
    // Whom it has taken in itself it does not lose.
    if (knownIds.has(runId)) return pastIds.has(runId) ? refuse('already-entered') : undefined;
    if (plan.cap && !stage.places.enter(node, plan.cap, now)) return refuse('cap-reached');
    const { id, at } = occasion;
    await start(program, node, {
      profile: world.facts(),
      entryKey: decision.entryKey,
      origin: { id, at: new Date(at) },
      ...(event && { event }),
    });
    latestId = runId;
  }

  async function isOutside(trigger: PlannedTrigger): Promise<boolean> {
    const { audience } = trigger.plan;
    if (audience.op === 'all' && audience.of.length === 0) return false;
    if (outside.has(trigger)) return true;
    const [verdict] = await world.reader.verdicts(audience, [{ profile: world.facts() }], { now, timeZone });
    if (verdict?.isMatch) return false;
    if (trigger.isTimeless) outside.add(trigger);
    return true;
  }

  /** Derived as live ids are, where there are such to be met; else any that is its own will do. */
  function runIdFor(entryKey: string): string {
    return pastIds.size > 0 ? runIdOf(program.flowId, world.profileId, entryKey) : entryKey;
  }

  async function start(of: FlowProgram, trigger: string, entry: Entry): Promise<void> {
    const isAdmitted = of === program && entry.origin !== undefined;
    const fresh = toRun(entry, of, trigger, now, ...(isAdmitted ? [runIdFor(entry.entryKey)] : []));
    if (runs.has(fresh._id)) return;
    knownIds.add(fresh._id);
    if (isOwn(fresh)) {
      totals.runs += 1;
      isInside = true;
      for (const drawn of responses.onEntry(fresh, draw, now)) later(drawn);
    }
    await advance(fresh, undefined);
  }

  async function advance(before: RunRecord, stored: RunRecord | undefined): Promise<void> {
    const of = programOf(before);
    if (!of) return;
    advances += 1;
    const facts = world.facts();
    const after = await advanceRun(before, of, facts, steps);
    runs.set(after._id, after);
    if (isOwn(after)) counters.advanced(stored, after);
    const signals: RunSignal[] = [];
    if (after.effects) {
      outside.clear();
      const outcome = await performer.perform(of, [after], new Map([[facts.id, facts]]));
      if (outcome.reached.length > 0) after.reachedAt ??= new Date(now);
      if (outcome.signals) signals.push(...outcome.signals);
    }
    // What happened at this very instant, before the run began to wait.
    if (after.awaiting)
      for (const event of world.receivedSince(now))
        signals.push(...signalsOf(toArrived(event), after, of.goals, timeZone));
    signals.push(...endsOf([after], now));
    if (after.wakeAt) wake(after._id, after.wakeAt.getTime());
    tell(signals);
  }

  function wake(runId: string, at: number): void {
    agenda.at(bucketOf(at, now), async () => {
      for (let run = runs.get(runId); run && isDue(run) && advances <= MOST_ADVANCES; run = runs.get(runId))
        await advance(run, run);
    });
  }

  function isDue({ wakeAt }: RunRecord): boolean {
    return wakeAt !== undefined && wakeAt.getTime() <= now;
  }

  function tell(signals: readonly RunSignal[]): void {
    for (const { runId, ...signal } of signals) {
      const run = runs.get(runId);
      if (!run) continue;
      tellRun(run, signal, new Date(now));
      if (isDue(run)) wake(runId, now);
    }
  }

  async function advanceTold(signals: readonly RunSignal[]): Promise<void> {
    for (const runId of new Set(signals.map((signal) => signal.runId))) {
      const run = runs.get(runId);
      if (run && isDue(run)) await advance(run, run);
    }
  }

  /** Brings what has happened to triggers, waits and measurement, until nothing new comes of it. */
  async function tellNews(): Promise<void> {
    for (let news = world.takeNews(); news.length > 0; news = world.takeNews()) {
      if (advances > MOST_ADVANCES) return;
      for (const event of news) await startOn(event);
      const signals: RunSignal[] = [];
      for (const event of news) {
        const arrived = toArrived(event);
        for (const run of runs.values()) {
          if (isOwn(run)) measure(run, event);
          const goals = programOf(run)?.goals ?? [];
          if (run.awaiting?.includes(event.name)) signals.push(...signalsOf(arrived, run, goals, timeZone));
        }
      }
      tell(signals);
      await advanceTold(signals);
    }
    for (const { id, at, audience, change } of world.takeMoves())
      for (const trigger of stage.triggers) {
        const { start: by } = trigger.plan;
        if (by.kind === 'membership' && by.audience === audience && by.change === change)
          await come(trigger, { id, at });
      }
  }

  async function startOn(record: EventRecord): Promise<void> {
    for (const trigger of stage.triggers) {
      const { start: by } = trigger.plan;
      if (by.kind !== 'event' || by.event !== record.name) continue;
      if (!compileWhere(by.where, { now, timeZone })(record.properties)) continue;
      const { receivedAt: _, ...event } = toArrived(record);
      await come(trigger, { id: record._id, at: now, ...keyIn(event, by.key) }, event);
    }
  }

  /** As live results do: the first click, and conversions, within the window of the measurement. */
  function measure(run: RunRecord, { name, properties }: EventRecord): void {
    const { measurement } = stage.listener;
    if (now - run.enteredAt.getTime() > measurement.windowMs) return;
    const role = roleOf({ name, properties }, stage.listener);
    if (role.isClick && !run.clickedAt) {
      run.clickedAt = new Date(now);
      totals.clicked += 1;
    }
    if (!role.isConversion) return;
    if (!run.convertedAt) totals.converted += 1;
    run.convertedAt ??= new Date(now);
    totals.valueMinor += role.minor;
  }
}
