import type { Document } from 'bson';
import { RawDocument } from '../../bson/decode.ts';
import type { Raw } from '../../bson/element.ts';
import { encodeName } from '../../bson/element.ts';
import { encodeKey } from '../../bson/key.ts';
import { isNumber, toSafeInteger } from '../../bson/number.ts';
import { renderValue } from '../../bson/render.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument } from '../../bson/value.ts';
import { type CompiledAccumulator, compileAccumulator } from '../accumulators/index.ts';
import { describeType } from '../expression/arguments.ts';
import { openScope } from '../expression/compile.ts';
import type { Scope } from '../expression/context.ts';
import { accumulate, type Group, writeGroups } from './group.ts';
import { SORT_MEMORY_BYTES, sortTooLarge } from './order-stages.ts';
import type { StageCompiler } from './stage.ts';

interface Keyed {
  key: Buffer;
  value: unknown;
  raw: Raw;
}

const options = ['groupBy', 'buckets', 'output'];

/** `$bucketAuto`: groups by ranges of a value that it chooses so that each holds about as many documents. */
export const bucketAuto: StageCompiler = (argument, pipeline) => {
  const { groupBy, buckets, output } = readArgument(argument);
  const { scope, context } = openScope(pipeline);
  const by = context.compile(groupBy);
  const fields = [...entriesOf(output)];
  const compiled = fields.map(([field, spec]) => compileAccumulator(field, spec, context));
  const names = fields.map(([field]) => encodeName(field));
  return {
    reads: context.fields.has('*') ? 'all' : context.fields,
    isPassing: false,
    async *run(input) {
      const held: Keyed[] = [];
      let bytes = 0;
      for await (const batch of input) {
        for (const raw of batch) {
          scope.root = new RawDocument(raw);
          const value = by(scope) ?? null;
          const key = encodeKey([value]);
          bytes += raw.length + key.length;
          held.push({ key, value, raw });
        }
        if (bytes > SORT_MEMORY_BYTES) throw sortTooLarge();
      }
      held.sort((a, b) => Buffer.compare(a.key, b.key));
      yield* writeGroups(groupsOf(held, buckets, compiled, scope), names);
    },
  };
};

/** Equal values stay together, so there may be fewer buckets than wanted; the last one takes what is left over. */
function* groupsOf(
  held: readonly Keyed[],
  buckets: number,
  compiled: readonly CompiledAccumulator[],
  scope: Scope,
): Generator<Group> {
  const size = Math.max(1, Math.round(held.length / buckets));
  let from = 0;
  for (let bucket = 1; from < held.length; bucket++) {
    let to = bucket === buckets ? held.length : Math.min(from + size, held.length);
    while (to < held.length && held[to]!.key.equals(held[to - 1]!.key)) to++;
    // The upper bound is where the next range begins; only the last range includes its own.
    const id = { min: held[from]!.value, max: held[Math.min(to, held.length - 1)]!.value };
    const group: Group = { id, accumulators: compiled.map((one) => one.create()) };
    for (; from < to; from++) {
      scope.root = new RawDocument(held[from]!.raw);
      accumulate(group, compiled, scope);
    }
    yield group;
  }
}

function readArgument(argument: unknown): { groupBy: unknown; buckets: number; output: Document } {
  if (!isDocument(argument))
    throw new StoreError(
      40240,
      `The argument to $bucketAuto must be an object, but found type: ${describeType(argument)}.`,
    );
  const given = new Map(entriesOf(argument));
  if (given.has('granularity')) {
    throw new StoreError(
      238,
      "$bucketAuto's 'granularity' is not part of the embedded store. Set MONGODB_URL to a MongoDB server if you need it.",
    );
  }
  for (const key of given.keys())
    if (!options.includes(key)) throw new StoreError(40245, `Unrecognized option to $bucketAuto: ${key}.`);
  const groupBy = given.get('groupBy');
  if (groupBy === undefined || !given.has('buckets'))
    throw new StoreError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  if (!isDocument(groupBy) && !(typeof groupBy === 'string' && groupBy.startsWith('$'))) {
    throw new StoreError(
      40239,
      `The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression object, but found: ${renderValue(groupBy)}.`,
    );
  }
  const output = given.get('output') ?? { count: { $sum: 1 } };
  if (!isDocument(output))
    throw new StoreError(
      40244,
      `The $bucketAuto 'output' field must be an object, but found type: ${describeType(output)}.`,
    );
  return { groupBy, buckets: readBuckets(given.get('buckets')), output };
}

function readBuckets(value: unknown): number {
  if (!isNumber(value))
    throw new StoreError(
      40241,
      `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${describeType(value)}.`,
    );
  const buckets = toSafeInteger(value);
  if (buckets === undefined || Math.abs(buckets) > 0x7fffffff) {
    throw new StoreError(
      40242,
      `The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found ${renderValue(value)}.`,
    );
  }
  if (buckets <= 0)
    throw new StoreError(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${buckets}.`);
  return buckets;
}
