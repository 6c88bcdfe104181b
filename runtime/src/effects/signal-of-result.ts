import type { EffectResult } from '@sluice/shared/node-contract';
import type { RunSignal } from '../executor/run-store.ts';
import type { ParentStep } from '../executor/run-record.ts';

/** Tells a waiting step what its effect came to. One signal per effect: its id is the effect's. */
export function signalOfResult(effectId: string, step: ParentStep, result: EffectResult, at: Date): RunSignal {
  return { ...step, id: effectId, at, result };
}
