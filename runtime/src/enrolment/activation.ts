import { type Clock, nextOccurrence } from '@sluice/shared/time';
import type { FlowPrograms } from '../executor/flow-program.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { dueOccurrences, recurrenceOf } from './due-occurrences.ts';
import { type EnrolmentDeps, enrolAudience } from './enrol-audience.ts';
import { enrolments, type Firing, firingId } from './enrolment-record.ts';
import type { LiveTriggers } from './live-triggers.ts';

/** Takes in the profiles of one firing. */
const FIRE_JOB = 'trigger:fire';
/** Notices that an occurrence of a trigger has come, plans the next one and lets this one fire. */
const SERIES_JOB = 'trigger:series';
const REMEMBERED_PLANS = 10_000;

/** Starts and stops the triggers of a flow as it is published or put away; both may be told twice. */
export interface Activation {
  published(version: { flowId: string; version: number }): Promise<void>;
  paused(flowId: string): Promise<void>;
  archived(flowId: string): Promise<void>;
  /** Fires a trigger now because somebody asked; the same request is one firing. */
  fire(firing: Firing & { request: string }): Promise<void>;
  /**
   * Takes up enrolments that stopped on the way, since their process was asked to stop and their job ended with it, and
   * sees to it that every trigger that repeats has its next occurrence planned.
   */
  resume(): Promise<void>;
}

export function createActivation(
  deps: EnrolmentDeps & {
    scheduler: Scheduler;
    programs: FlowPrograms;
    triggers: LiveTriggers;
    clock: Clock;
    /** Whether this is the version that takes people in now. */
    isLive(flowId: string, version: number): Promise<boolean>;
  },
): Activation {
  const { scheduler, clock, timeZone } = deps;
  const stored = deps.database.collection(enrolments);
  const planned = new Set<string>();

  const planOf = async ({ flowId, version, trigger }: Firing) => {
    const program = await deps.programs.get(flowId, version);
    const plan = program?.planOf(trigger);
    if (!program || !plan) throw new Error(`Version ${version} of flow ${flowId} has no trigger ${trigger}`);
    return { program, plan };
  };

  const fireAt = (firing: Firing, runAt: number) => scheduler.at(FIRE_JOB, firingId(firing), runAt, firing);

  /** Plans the first occurrence after an instant; none is left: nothing. */
  const planNext = async (firing: Firing, recurrence: Parameters<typeof nextOccurrence>[0], after: number) => {
    const occurrence = nextOccurrence(recurrence, after);
    if (occurrence === undefined) return;
    const next = { ...firing, occurrence };
    const key = firingId(next);
    if (planned.has(key)) return;
    await scheduler.at(SERIES_JOB, key, occurrence, next);
    if (planned.size >= REMEMBERED_PLANS) planned.clear();
    planned.add(key);
  };

  scheduler.define<Firing>(FIRE_JOB, async (firing, job) => {
    // Whoever archived the flow may have died before this job was cancelled.
    if (!(await deps.isLive(firing.flowId, firing.version))) return;
    await enrolAudience(deps, { ...firing, ...(await planOf(firing)) }, job);
  });

  scheduler.define<Firing & { occurrence: number }>(SERIES_JOB, async (firing) => {
    if (!(await deps.isLive(firing.flowId, firing.version))) return;
    const { start } = (await planOf(firing)).plan;
    const recurrence = recurrenceOf(start, timeZone);
    if (!recurrence) return;
    const now = clock.now();
    await planNext(firing, recurrence, now);
    for (const occurrence of dueOccurrences(start, recurrence, firing.occurrence, now))
      await fireAt({ ...firing, occurrence }, now);
  });

  /** A newer version, or the archive, ends what older versions had still to enrol. */
  const stopFirings = async (flowId: string, keep?: number) => {
    planned.clear();
    for (const job of [FIRE_JOB, SERIES_JOB]) await scheduler.cancelPrefix(job, `${flowId}:`);
    await stored.updateMany(
      { flowId, status: { $in: ['running', 'held'] }, ...(keep !== undefined && { version: { $ne: keep } }) },
      { $set: { status: 'cancelled', finishedAt: new Date(clock.now()) } },
    );
  };

  return {
    async published({ flowId, version }) {
      const program = await deps.programs.get(flowId, version);
      await stopFirings(flowId, version);
      // What a pause held goes on where it stands.
      await stored.updateMany({ flowId, version, status: 'held' }, { $set: { status: 'running' } });
      for (const { id: trigger } of program?.triggers ?? []) {
        const start = program?.planOf(trigger)?.start;
        if (!start) continue;
        const firing = { flowId, version, trigger };
        const recurrence = recurrenceOf(start, timeZone);
        if (recurrence) await planNext(firing, recurrence, clock.now());
        if (start.kind === 'publish') await fireAt(firing, clock.now());
        if (start.kind === 'at') await fireAt(firing, Date.parse(start.at));
      }
      await deps.triggers.changed();
    },
    async paused(flowId) {
      planned.clear();
      for (const job of [FIRE_JOB, SERIES_JOB]) await scheduler.cancelPrefix(job, `${flowId}:`);
      await stored.updateMany({ flowId, status: 'running' }, { $set: { status: 'held' } });
      await deps.triggers.changed();
    },
    async archived(flowId) {
      await stopFirings(flowId);
      await deps.triggers.changed();
    },
    fire: (firing) => fireAt(firing, clock.now()),
    async resume() {
      for await (const { flowId, version, trigger, occurrence, request } of stored.find({ status: 'running' })) {
        const which = { ...(occurrence !== undefined && { occurrence }), ...(request !== undefined && { request }) };
        await fireAt({ flowId, version, trigger, ...which }, clock.now());
      }
      for (const { program, node, plan } of (await deps.triggers.current()).all) {
        const recurrence = recurrenceOf(plan.start, timeZone);
        const { flowId, version } = program;
        if (recurrence) await planNext({ flowId, version, trigger: node }, recurrence, clock.now());
      }
    },
  };
}
