import type { RunRecord } from '@sluice/shared/http-api';
import type { AttributeLens } from '../access/read-level.ts';
import { veilReason } from '../access/veil-reason.ts';

/** A step says which value decided it; who may not see the value sees the step without it. Pure. */
export function veilReasons(run: RunRecord, lens: AttributeLens): RunRecord {
  return { ...run, endReason: veilReason(run.endReason, lens), path: run.path.map((step) => veilStep(step, lens)) };
}

type Step = RunRecord['path'][number];

function veilStep(step: Step, lens: AttributeLens): Step {
  return step.reason ? { ...step, reason: veilReason(step.reason, lens) } : step;
}
