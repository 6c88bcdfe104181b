import { BSONRegExp, type Document } from 'bson';
import { RawDocument } from '../../bson/decode.ts';
import { type Raw, Type } from '../../bson/element.ts';
import { BsonWriter } from '../../bson/encode.ts';
import { encodeKey, encodeRawKey } from '../../bson/key.ts';
import { refuse, StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument } from '../../bson/value.ts';
import { compilePath, testAtPath } from '../../match/path-walk.ts';
import { applyComputed } from '../../match/projection/apply-computed.ts';
import { emptyNode, insertLeaf } from '../../match/projection/projection-tree.ts';
import { describeType } from '../expression/arguments.ts';
import { openScope } from '../expression/compile.ts';
import { compileRawPath, parseFieldPath } from '../expression/field-path.ts';
import type { Evaluate } from '../expression/context.ts';
import type { Batches, PipelineContext, StageCompiler } from './stage.ts';

interface Join {
  from: string;
  as: string[];
  localField: string | undefined;
  foreignField: string | undefined;
  pipeline: Document[] | undefined;
  variables: (readonly [name: string, evaluate: Evaluate])[];
}

type Lookup = NonNullable<PipelineContext['lookup']>;

export const lookup: StageCompiler = (argument, options, compilePipeline) => {
  if (!isDocument(argument))
    throw new StoreError(9, `the $lookup specification must be an Object, found: ${describeType(argument)}`);
  const given = new Map(entriesOf(argument));
  for (const key of given.keys()) {
    if (!['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'].includes(key)) {
      throw new StoreError(9, `unknown argument to $lookup: ${key}`);
    }
  }
  const { scope, context } = openScope(options);
  const join = readJoin(given, (expression) => context.compile(expression));
  // A mistake in the pipeline shows even when there is nothing to join.
  if (join.pipeline) {
    const placeholders = join.variables.map(([name]): [string, unknown] => [name, null]);
    compilePipeline(join.pipeline, {
      ...options,
      let: Object.fromEntries([...entriesOf(options.let ?? {}), ...placeholders]),
    });
  }
  const fetch = options.lookup;
  if (!fetch) throw refuse(2, '$lookup outside of a database');
  const writeJoined = joinedWriter(join.as);
  return {
    reads: 'all',
    isPassing: true,
    async *run(input) {
      for await (const batch of input) {
        if (!join.pipeline && join.localField !== undefined) {
          yield await joinBatch(batch, join, fetch, writeJoined);
          continue;
        }
        const output: Raw[] = [];
        for (const raw of batch) {
          scope.root = new RawDocument(raw);
          const variables = Object.fromEntries(join.variables.map(([name, evaluate]) => [name, evaluate(scope)]));
          const stages = [...equalityStages(raw, join), ...(join.pipeline ?? [])];
          output.push(writeJoined(raw, await collect(fetch(join.from, stages, { ...options.let, ...variables }))));
        }
        yield output;
      }
    },
  };
};

function readJoin(given: Map<string, unknown>, compile: (expression: unknown) => Evaluate): Join {
  const text = (key: string): string | undefined => {
    const value = given.get(key);
    if (value !== undefined && typeof value !== 'string') {
      throw new StoreError(
        9,
        `$lookup argument '${key}: ${String(value)}' must be a string, found type ${describeType(value)}`,
      );
    }
    return value;
  };
  const [from, as, localField, foreignField] = ['from', 'as', 'localField', 'foreignField'].map(text);
  const pipeline = given.get('pipeline');
  const variables = given.get('let') ?? {};
  if (as === undefined) throw new StoreError(9, "must specify 'as' field for a $lookup");
  if (from === undefined) throw new StoreError(9, "must specify 'from' field for a $lookup");
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw new StoreError(14, "'pipeline' option must be specified as an array");
  if (!isDocument(variables))
    throw new StoreError(9, `$lookup argument 'let' must be an object, is type ${describeType(variables)}`);
  if ((localField === undefined) !== (foreignField === undefined) || (!pipeline && localField === undefined)) {
    throw new StoreError(
      9,
      "$lookup requires both or neither of 'localField' and 'foreignField' to be specified, or a 'pipeline'",
    );
  }
  if (!pipeline && given.has('let'))
    throw new StoreError(9, "$lookup with a 'let' argument must also specify 'pipeline'");
  return {
    from,
    as: parseFieldPath(as),
    localField,
    foreignField,
    pipeline: pipeline as Document[] | undefined,
    variables: [...entriesOf(variables)].map(([name, expression]) => [name, compile(expression)] as const),
  };
}

function localValues(raw: Raw, path: string): unknown[] {
  const value = compileRawPath(parseFieldPath(path))(raw, 0);
  if (!Array.isArray(value)) return [value ?? null];
  return value.map((item: unknown) => item ?? null);
}

/** `$in` would run a regular expression; a join compares it. */
function equalTo(path: string, values: readonly unknown[]): Document {
  const regexes = values.filter((value) => value instanceof BSONRegExp);
  const plain = { [path]: { $in: values.filter((value) => !(value instanceof BSONRegExp)) } };
  return regexes.length === 0 ? plain : { $or: [plain, ...regexes.map((regex) => ({ [path]: { $eq: regex } }))] };
}

function equalityStages(raw: Raw, join: Join): Document[] {
  if (join.localField === undefined || join.foreignField === undefined) return [];
  return [{ $match: equalTo(join.foreignField, localValues(raw, join.localField)) }];
}

async function collect(batches: Batches): Promise<Raw[]> {
  const found: Raw[] = [];
  for await (const batch of batches) for (const raw of batch) found.push(raw);
  return found;
}

// One query for the whole batch, then a hash join.
async function joinBatch(
  batch: Raw[],
  join: Join,
  fetch: Lookup,
  writeJoined: (raw: Raw, found: Raw[]) => Raw,
): Promise<Raw[]> {
  const wanted = batch.map((raw) =>
    localValues(raw, join.localField!).map((value) => ({ value, key: encodeKey([value]).toString('latin1') })),
  );
  const distinct = new Map(wanted.flat().map(({ value, key }) => [key, value]));
  const foreign = await collect(fetch(join.from, [{ $match: equalTo(join.foreignField!, [...distinct.values()]) }]));
  const byKey = new Map<string, number[]>();
  for (const [i, raw] of foreign.entries()) {
    for (const key of foreignKeys(raw, join.foreignField!)) {
      const positions = byKey.get(key);
      if (positions) positions.push(i);
      else byKey.set(key, [i]);
    }
  }
  return batch.map((raw, i) => {
    const positions = new Set(wanted[i]!.flatMap(({ key }) => byKey.get(key) ?? []));
    return writeJoined(
      raw,
      [...positions].sort((a, b) => a - b).map((position) => foreign[position]!),
    );
  });
}

const nullKey = encodeKey([null]).toString('latin1');

function foreignKeys(raw: Raw, path: string): Set<string> {
  const keys = new Set<string>();
  testAtPath(
    compilePath(path),
    (document, type, start) => {
      const isNull = type === Type.missing || type === Type.undefined;
      keys.add(isNull ? nullKey : encodeRawKey(document, type, start).toString('latin1'));
      return false;
    },
    true,
  )(raw, 0);
  return keys;
}

function joinedWriter(as: string[]): (raw: Raw, found: Raw[]) => Raw {
  const tree = emptyNode();
  const { scope } = openScope({ now: new Date(0) });
  let current: RawDocument[] = [];
  insertLeaf(tree, as, { kind: 'compute', evaluate: () => current });
  const writer = new BsonWriter();
  return (raw, found) => {
    current = found.map((document) => new RawDocument(document));
    writer.reset();
    applyComputed(writer, raw, 0, tree, scope);
    return writer.take();
  };
}
