import type { EffectKind, EffectOf, EffectResult, ProfileFacts } from '@sluice/shared/node-contract';
import type { ParentStep } from '../executor/run-record.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { RunRecord } from '../executor/run-record.ts';

/** One decided effect with all that performing it takes. */
export interface EffectRequest<K extends EffectKind> {
  /** Under which it is performed; the same id again must change nothing (RUN-3). */
  effectId: string;
  effect: EffectOf<K>;
  run: RunRecord;
  program: FlowProgram;
  /** The profile as the step saw it: with what earlier steps of the run had changed. Absent when it is gone. */
  profile?: ProfileFacts;
  /** Where its result goes, while a step waits for it; absent where nobody does. */
  awaitedBy?: ParentStep;
}

/** What became of a batch of effects, as far as it is known when it has been performed. */
export interface Performed {
  /** Effects by which a person was sent something. */
  reached?: readonly string[];
  /** By effect id; those that nobody waits for are passed over. What is known later comes as a signal of its own. */
  results?: ReadonlyMap<string, EffectResult>;
}

/** Performs one kind of effect, in bulk. A throw leaves the batch to be performed again, under the same ids. */
export interface KindPerformer<K extends EffectKind = EffectKind> {
  readonly kind: K;
  /** Runs may start by it that look at what other effects of the batch change. */
  readonly tellsOthers?: true;
  perform(requests: readonly EffectRequest<K>[]): Promise<Performed | undefined>;
}
