import type { DryEffect, OutlookNote, Trace } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { FlowProgram, FlowPrograms } from '../executor/flow-program.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { positionsOf } from '../executor/strand.ts';
import type { FlowRecord } from '../flows/flow-record.ts';
import { type DryRunContext, dryRun, playOn, type Stage } from '../sandbox/dry-run.ts';
import { readSubject } from '../sandbox/read-subject.ts';
import type { Database } from '../stores/database.ts';

/** So far ahead is looked; what is expected later is not worth saying. */
const DAYS_AHEAD = 90;

/** What is to be expected of a person in a flow, by dry runs from the present state. */
export interface Outlook {
  /** The run played on from where it stands; receivers that are called answer as in a dry run that sets up nothing. */
  of(run: RunRecord, program: FlowProgram, profileId: string, context: DryRunContext): Promise<Trace>;
  /** If the profile came in now, whatever the trigger asks. */
  ifEntered(
    program: FlowProgram,
    profileId: string,
    trigger: string | undefined,
    context: DryRunContext,
  ): Promise<Trace>;
  notesOn(
    run: RunRecord,
    known: {
      flow: Pick<FlowRecord, 'status'>;
      isThere: boolean;
      effects: ReadonlyMap<number, readonly DryEffect[]>;
    },
  ): OutlookNote[];
}

export function createOutlook(deps: { database: Database; clock: Clock; programs: FlowPrograms }): Outlook {
  const { database, clock } = deps;
  const subjectOf = (profileId: string, context: DryRunContext) =>
    readSubject(database, { kind: 'profile', profileId }, clock.now(), context.audiences.kinds.keys());
  const stage = (): Stage => ({
    startAt: new Date(clock.now()).toISOString(),
    isForced: true,
    happenings: [],
    mocks: [],
    arms: {},
    days: DAYS_AHEAD,
  });

  return {
    async of(run, program, profileId, context) {
      const [state, started] = await Promise.all([
        subjectOf(profileId, context),
        database
          .collection(runs)
          .find({ profileId, 'parent.runId': run._id, positions: { $exists: true } })
          .toArray(),
      ]);
      const programs = await Promise.all(started.map(({ flowId, version }) => deps.programs.get(flowId, version)));
      const { trace } = await playOn(program, state, stage(), context, {
        runs: [run, ...started].map((one) => atRest(one, profileId, new Date(clock.now()))),
        programs: programs.flatMap((one) => one ?? []),
      });
      return trace;
    },
    async ifEntered(program, profileId, trigger, context) {
      const state = await subjectOf(profileId, context);
      return dryRun(program, state, { ...stage(), ...(trigger !== undefined && { trigger }) }, context);
    },
    notesOn(run, { flow, isThere, effects }) {
      if (run.status === 'ended') return ['run-ended'];
      if (!isThere) return ['profile-gone'];
      if (run.status === 'failed') return ['run-failed'];
      const isPending = positionsOf(run).some(({ seq, awaits = [] }) =>
        awaits.some(
          (one) =>
            one.kind === 'result' &&
            effects.get(seq)?.some(({ id, effect }) => effect.kind === 'call-http' && id.endsWith(`/${one.effect}`)),
        ),
      );
      return [
        ...(flow.status === 'paused' ? (['flow-paused'] as const) : []),
        ...(isPending ? (['answer-pending'] as const) : []),
      ];
    },
  };
}

/** As it would be taken up: in nobody's hands, by the profile that goes on, and, where a pause has parked it, let go now. */
function atRest(run: RunRecord, profileId: string, now: Date): RunRecord {
  const { hold: _hold, effects: _effects, isParked, ...rest } = run;
  return { ...rest, profileId, ...(isParked && { wakeAt: now }) };
}
