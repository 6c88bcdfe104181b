import type { Document } from 'bson';
import { compilePipeline, type Pipeline, type PipelineContext } from '../aggregate/index.ts';
import { encodeDocument, type Raw, StoreError } from '../bson/index.ts';
import { createTimeLimit, type DocumentStream, streamOf, streamOfBatches } from '../cursor/document-stream.ts';
import type { Engine } from '../server/engine.ts';
import {
  booleanOf,
  type CommandHandler,
  type CommandRequest,
  optionalArray,
  optionalCount,
  optionalDocument,
} from './command.ts';
import { replyWithCursor } from './cursor-commands.ts';
import { explainAggregate } from './explain.ts';
import { indexUse } from './index-commands.ts';
import { writePipelineOutput } from './pipeline-output.ts';
import { runOnCollection } from './pipeline-source.ts';

export const aggregate: CommandHandler = async (request) => {
  const { engine, db, fields } = request;
  const stages = optionalArray(fields, 'pipeline');
  if (!stages) throw new StoreError(40414, "BSON field 'aggregate.pipeline' is missing but a required field");
  if (booleanOf(fields, 'explain')) return explainAggregate(request);
  const cursor = optionalDocument(fields, 'cursor');
  if (!cursor)
    throw new StoreError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const name = targetOf(fields['aggregate']);
  const pipeline = compilePipeline(stages, pipelineContext(engine, db, optionalDocument(fields, 'let')));
  const output = runPipeline(request, name, pipeline);
  const namespace = `${db}.${name}`;
  const batchSize = optionalCount(cursor, 'batchSize');
  if (pipeline.writesTo) {
    await writePipelineOutput(engine, db, pipeline.writesTo, output);
    return replyWithCursor(engine, namespace, streamOf([]), { batchSize });
  }
  const limited = limitTime(streamOfBatches(output), optionalCount(fields, 'maxTimeMS') ?? 0);
  return replyWithCursor(engine, namespace, limited, { batchSize });
};

function targetOf(target: unknown): string {
  if (typeof target === 'string') return target;
  throw new StoreError(
    73,
    'aggregate: 1 (a pipeline without a collection) is not part of the embedded store: none of its own sources are. ' +
      'Set MONGODB_URL to a MongoDB server if you need it.',
  );
}

function runPipeline({ engine, db, fields }: CommandRequest, name: string, pipeline: Pipeline): AsyncIterable<Raw[]> {
  if (pipeline.source === '$indexStats') return pipeline.run(indexStats(engine, db, name));
  return runOnCollection(engine, db, name, pipeline, { hint: fields['hint'], let: optionalDocument(fields, 'let') });
}

async function* indexStats(engine: Engine, db: string, name: string): AsyncIterable<Raw[]> {
  const collection = engine.catalog.find(db, name);
  if (collection) yield indexUse(collection).map((described) => encodeDocument(described));
}

/** How pipelines reach other collections of the same database, for `$lookup` and `$unionWith`. */
export function pipelineContext(engine: Engine, db: string, variables: Document | undefined): PipelineContext {
  return {
    let: variables,
    now: new Date(),
    lookup: (collection, stages, values) => {
      const literals =
        values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { $literal: value }]));
      const pipeline = compilePipeline(stages, pipelineContext(engine, db, literals));
      return runOnCollection(engine, db, collection, pipeline, { let: literals });
    },
  };
}

function limitTime(stream: DocumentStream, maxTimeMs: number): DocumentStream {
  const limit = createTimeLimit(maxTimeMs);
  return {
    ...stream,
    pull: async (count) => {
      const batch = await stream.pull(count);
      limit.check();
      return batch;
    },
  };
}
