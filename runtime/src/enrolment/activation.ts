import type { Clock } from '@sluice/shared/time';
import type { FlowPrograms } from '../executor/flow-program.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { type EnrolmentDeps, enrolAudience } from './enrol-audience.ts';
import { enrolments } from './enrolment-record.ts';

const FIRE_JOB = 'trigger:fire';
/** Once ever: whoever was taken in by an earlier version of the flow is not taken in again. */
const ONCE = 'once';

interface FirePayload {
  flowId: string;
  version: number;
  trigger: string;
}

/** Starts and stops the triggers of a flow as it is published or put away; both may be told twice. */
export interface Activation {
  published(version: { flowId: string; version: number }): Promise<void>;
  archived(flowId: string): Promise<void>;
  /** Takes up enrolments that stopped on the way: their process was asked to stop, and their job ended with it. */
  resume(): Promise<void>;
}

export function createActivation(
  deps: EnrolmentDeps & {
    scheduler: Scheduler;
    programs: FlowPrograms;
    clock: Clock;
    /** Whether this is the version that takes people in now. */
    isLive(flowId: string, version: number): Promise<boolean>;
  },
): Activation {
  const { scheduler } = deps;

  scheduler.define<FirePayload>(FIRE_JOB, async ({ flowId, version, trigger }, job) => {
    const program = await deps.programs.get(flowId, version);
    const plan = program?.planOf(trigger);
    // Whoever archived the flow may have died before this job was cancelled.
    if (!(await deps.isLive(flowId, version))) return;
    if (!program || !plan) throw new Error(`Version ${version} of flow ${flowId} has no trigger ${trigger}`);
    const id = firingId(flowId, version, trigger);
    await enrolAudience(deps, { id, program, trigger, entryKey: ONCE, audience: plan.audience }, job);
  });

  /** A newer version, or the archive, ends what older versions had still to enrol. */
  const stopFirings = async (flowId: string, keep?: number) => {
    await deps.database
      .collection(enrolments)
      .updateMany(
        { flowId, status: 'running', ...(keep !== undefined && { version: { $ne: keep } }) },
        { $set: { status: 'cancelled', finishedAt: new Date(deps.clock.now()) } },
      );
  };

  const fire = (payload: FirePayload, runAt: number) =>
    scheduler.at(FIRE_JOB, firingId(payload.flowId, payload.version, payload.trigger), runAt, payload);

  return {
    async published({ flowId, version }) {
      const program = await deps.programs.get(flowId, version);
      await stopFirings(flowId, version);
      await scheduler.cancelPrefix(FIRE_JOB, `${flowId}:`);
      for (const { id } of program?.triggers ?? []) {
        const start = program?.planOf(id)?.start;
        const runAt = start?.kind === 'at' ? Date.parse(start.at) : deps.clock.now();
        await fire({ flowId, version, trigger: id }, runAt);
      }
    },
    async archived(flowId) {
      await scheduler.cancelPrefix(FIRE_JOB, `${flowId}:`);
      await stopFirings(flowId);
    },
    async resume() {
      const stopped = deps.database.collection(enrolments).find({ status: 'running' });
      for await (const { flowId, version, trigger } of stopped)
        await fire({ flowId, version, trigger }, deps.clock.now());
    },
  };
}

function firingId(flowId: string, version: number, trigger: string): string {
  return `${flowId}:${version}:${trigger}`;
}
