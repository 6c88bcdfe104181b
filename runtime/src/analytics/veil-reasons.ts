import type { RunRecord } from '@sluice/shared/http-api';
import type { AttributeLens } from '../access/read-level.ts';

/** A step says which value decided it; who may not see the value sees the step without it. Pure. */
export function veilReasons(run: RunRecord, lens: AttributeLens): RunRecord {
  return { ...run, endReason: veil(run.endReason, lens), path: run.path.map((step) => veilStep(step, lens)) };
}

type Step = RunRecord['path'][number];

function veilStep(step: Step, lens: AttributeLens): Step {
  return step.reason ? { ...step, reason: veil(step.reason, lens) } : step;
}

function veil<R extends RunRecord['endReason']>(reason: R, lens: AttributeLens): R {
  const { attribute, actual, ...others } = reason?.values ?? {};
  if (!reason || actual === undefined || typeof attribute !== 'string' || lens.readLevel(attribute) === 'plain')
    return reason;
  return { ...reason, values: { ...others, attribute } };
}
