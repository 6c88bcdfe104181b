import type { Document } from 'bson';
import type { Raw } from '../../bson/element.ts';

/** Documents as they flow through a pipeline. */
export type Batches = AsyncIterable<Raw[]>;

/** What a pipeline needs from outside. */
export interface PipelineContext {
  let?: Document | undefined;
  now: Date;
  /**
   * Runs a pipeline on another collection, for `$lookup` and `$unionWith`. `variables` are values, to be handed to
   * compilePipeline as `let` once each is wrapped in `$literal`.
   */
  lookup?: ((collection: string, pipeline: Document[], variables?: Document) => Batches) | undefined;
}

export interface Stage {
  run(input: Batches): Batches;
  /** Top-level fields that it reads, or 'all'. */
  reads: ReadonlySet<string> | 'all';
  /** Whether fields that it does not read are passed on. */
  isPassing: boolean;
}

export type CompilePipeline = (stages: unknown, context: PipelineContext) => { run(input: Batches): Batches };

/** Compiles a stage from its argument; `compile` is for stages that hold pipelines. */
export type StageCompiler = (argument: unknown, context: PipelineContext, compile: CompilePipeline) => Stage;

/** How many documents a stage that makes documents hands on at a time. */
export const BATCH_SIZE = 1000;

/** A stage that makes one document of each. */
export function mapping(transform: (raw: Raw) => Raw, reads: Stage['reads'] = 'all', isPassing = true): Stage {
  return {
    reads,
    isPassing,
    async *run(input) {
      for await (const batch of input) yield batch.map(transform);
    },
  };
}

/** Cuts a list into batches. */
export function* inBatches(documents: readonly Raw[]): Generator<Raw[]> {
  for (let i = 0; i < documents.length; i += BATCH_SIZE) yield documents.slice(i, i + BATCH_SIZE);
}
