import type { Document } from 'bson';
import { refuse, StoreError } from '../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument } from '../bson/value.ts';
import { compileSort } from '../match/compile-sort.ts';
import { REFUSED_STAGES, stages as stageCompilers } from './stages/index.ts';
import { compileSortStage, readLimit, readSkip } from './stages/order-stages.ts';
import type { Batches, PipelineContext, Stage } from './stages/stage.ts';
import { readMerge, readOut, type WritesTo } from './stages/write-stages.ts';

export interface RunOptions {
  /** The input holds only documents that pass `leadingMatch`. */
  isMatched?: boolean;
  /** The input comes in the order of `leadingSort`. */
  isSorted?: boolean;
}

export interface Pipeline {
  /** What the first stages ask for together; an index may narrow the input by it. */
  leadingMatch?: Document;
  /** The sort right after it. */
  leadingSort?: Document;
  /** How many documents are wanted after that sort at most. */
  leadingLimit?: number;
  /** Top-level fields that the result depends on. */
  neededFields: ReadonlySet<string> | 'all';
  /** Set when the pipeline begins with a stage that the server answers, such as `$indexStats`. */
  source?: '$indexStats';
  writesTo?: WritesTo;
  run(input: Batches, options?: RunOptions): Batches;
}

interface NamedStage {
  name: string;
  argument: unknown;
}

/** Compiles an aggregation pipeline; mistakes show here, before any document is read. */
export function compilePipeline(pipeline: unknown, context: PipelineContext): Pipeline {
  const all = readStages(pipeline);
  const writesTo = readWrite(all);
  const source = readSource(all);
  const named = all.slice(source ? 1 : 0, writesTo ? -1 : undefined);
  const matches = leading(named, '$match');
  const sorts = named[matches]?.name === '$sort' ? 1 : 0;
  const compiled = named.map(({ name, argument }, i): Stage => {
    if (name === '$sort') return compileSortStage(argument, limitAfter(named, i));
    return stageCompilers[name]!(argument, context, (stages, inner) => compilePipeline(stages, inner));
  });
  return {
    ...describeStart(named, matches, sorts),
    ...(writesTo ? { writesTo } : {}),
    ...(source ? { source } : {}),
    neededFields: neededFields(named, compiled),
    run: (input, { isMatched = false, isSorted = false } = {}) => {
      const first = isMatched ? matches : 0;
      let output = input;
      for (const [i, stage] of compiled.entries()) {
        const isDone = i < first || (isSorted && sorts === 1 && i === matches);
        if (!isDone) output = stage.run(output);
      }
      return output;
    },
  };
}

function readStages(pipeline: unknown): NamedStage[] {
  if (!Array.isArray(pipeline)) throw new StoreError(14, "'pipeline' option must be specified as an array");
  return pipeline.map((stage: unknown) => {
    if (!isDocument(stage)) throw new StoreError(14, "Each element of the 'pipeline' array must be an object");
    return readStage(stage);
  });
}

function readStage(stage: AnyDocument): NamedStage {
  const entries = [...entriesOf(stage)];
  const [first] = entries;
  if (!first || entries.length !== 1) {
    throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  const [name, argument] = first;
  if (!Object.hasOwn(stageCompilers, name) && name !== '$out' && name !== '$merge' && name !== '$indexStats') {
    if (name === '$changeStream') {
      throw new StoreError(
        40573,
        'The $changeStream stage is only supported on replica sets. Set MONGODB_URL to one if you need it.',
      );
    }
    if (REFUSED_STAGES.has(name)) throw refuse(40324, `The pipeline stage ${name}`);
    throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
  return { name, argument };
}

function readWrite(stages: readonly NamedStage[]): WritesTo | undefined {
  const at = stages.findIndex(({ name }) => name === '$out' || name === '$merge');
  if (at < 0) return undefined;
  const { name, argument } = stages[at]!;
  if (at !== stages.length - 1) throw new StoreError(40601, `${name} can only be the final stage in the pipeline`);
  return name === '$out' ? readOut(argument) : readMerge(argument);
}

function readSource(stages: readonly NamedStage[]): '$indexStats' | undefined {
  const at = stages.findIndex(({ name }) => name === '$indexStats');
  if (at > 0) throw new StoreError(40602, '$indexStats is only valid as the first stage in a pipeline');
  return at === 0 ? '$indexStats' : undefined;
}

function leading(stages: readonly NamedStage[], name: string): number {
  const end = stages.findIndex((stage) => stage.name !== name);
  return end < 0 ? stages.length : end;
}

// A limit right behind a sort, with skips between, says how many documents the sort must keep.
function limitAfter(stages: readonly NamedStage[], sort: number): number | undefined {
  let skipped = 0;
  for (const { name, argument } of stages.slice(sort + 1)) {
    if (name === '$limit') return readLimit(argument) + skipped;
    if (name !== '$skip') return undefined;
    skipped += readSkip(argument);
  }
  return undefined;
}

function describeStart(
  named: readonly NamedStage[],
  matches: number,
  sorts: number,
): Pick<Pipeline, 'leadingMatch' | 'leadingSort' | 'leadingLimit'> {
  const filters = named.slice(0, matches).map(({ argument }) => argument as Document);
  const [only] = filters;
  const sort = sorts === 1 ? named[matches] : undefined;
  if (sort && isDocument(sort.argument)) compileSort(sort.argument);
  const limit = limitAfter(named, matches + sorts - 1);
  return {
    ...(only ? { leadingMatch: filters.length === 1 ? only : { $and: filters } } : {}),
    ...(sort ? { leadingSort: sort.argument as Document } : {}),
    ...(limit === undefined ? {} : { leadingLimit: limit }),
  };
}

function neededFields(named: readonly NamedStage[], compiled: readonly Stage[]): ReadonlySet<string> | 'all' {
  const fields = new Set<string>();
  for (const [i, stage] of compiled.entries()) {
    if (named[i]!.name === '$match') {
      if (!addFilterFields(named[i]!.argument as Document, fields)) return 'all';
      continue;
    }
    if (stage.reads === 'all') return 'all';
    for (const field of stage.reads) fields.add(field);
    if (!stage.isPassing) return fields;
  }
  return 'all';
}

function addFilterFields(filter: AnyDocument, fields: Set<string>): boolean {
  for (const [key, value] of entriesOf(filter)) {
    if (key === '$comment') continue;
    if (!key.startsWith('$')) fields.add(key.split('.')[0]!);
    else if (key !== '$and' && key !== '$or' && key !== '$nor') return false;
    else if (!Array.isArray(value) || !value.every((branch) => isDocument(branch) && addFilterFields(branch, fields))) {
      return false;
    }
  }
  return true;
}
