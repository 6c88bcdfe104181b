import { Decimal128, Long } from 'bson';
import { RawDocument } from '../../bson/decode.ts';
import type { Raw } from '../../bson/element.ts';
import { encodeName } from '../../bson/element.ts';
import { BsonWriter } from '../../bson/encode.ts';
import { encodeKey } from '../../bson/key.ts';
import { compareNumbers, toDouble } from '../../bson/number.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument, typeOf } from '../../bson/value.ts';
import { type Accumulator, type CompiledAccumulator, compileAccumulator } from '../accumulators/index.ts';
import { openScope } from '../expression/compile.ts';
import type { Scope } from '../expression/context.ts';
import { BATCH_SIZE, type StageCompiler } from './stage.ts';

export interface Group {
  id: unknown;
  accumulators: Accumulator[];
}

/** Groups by the value of their _id. What JavaScript compares as MongoDB does is a map key as it is. */
class Groups {
  readonly #plain = new Map<unknown, Group>();
  readonly #keyed = new Map<string, Group>();
  readonly #create: (id: unknown) => Group;

  constructor(create: (id: unknown) => Group) {
    this.#create = create;
  }

  of(id: unknown): Group {
    const plain = plainKey(id);
    if (plain === undefined) {
      const key = encodeKey([id]).toString('latin1');
      let group = this.#keyed.get(key);
      if (!group) this.#keyed.set(key, (group = this.#create(id)));
      return group;
    }
    let group = this.#plain.get(plain);
    if (!group) this.#plain.set(plain, (group = this.#create(id)));
    return group;
  }

  *[Symbol.iterator](): Generator<Group> {
    yield* this.#plain.values();
    yield* this.#keyed.values();
  }
}

// Equal numbers of different types must meet under one key.
function plainKey(id: unknown): unknown {
  switch (typeof id) {
    case 'string':
    case 'number':
    case 'boolean':
      return id;
    case 'undefined':
      return null;
    default: {
      if (id === null) return null;
      const tag = (id as { _bsontype?: string })._bsontype;
      if (tag === 'Int32' || tag === 'Double') return toDouble(id as Long);
      if (id instanceof Long || id instanceof Decimal128) {
        const double = toDouble(id);
        return compareNumbers(id, double) === 0 ? double : undefined;
      }
      return undefined;
    }
  }
}

export const group: StageCompiler = (argument, options) => {
  if (!isDocument(argument)) throw new StoreError(15947, "a group's fields must be specified in an object");
  const { scope, context } = openScope(options);
  const given = new Map(entriesOf(argument));
  if (!given.has('_id')) throw new StoreError(15955, 'a group specification must include an _id');
  const id = context.compile(given.get('_id'));
  given.delete('_id');
  const names = [...given.keys()].map(encodeName);
  const compiled = [...given].map(([field, spec]) => compileAccumulator(field, spec, context));
  const create = (value: unknown): Group => ({ id: value ?? null, accumulators: compiled.map((one) => one.create()) });
  return {
    reads: context.fields.has('*') ? 'all' : context.fields,
    isPassing: false,
    async *run(input) {
      const groups = new Groups(create);
      for await (const batch of input) {
        for (let i = 0; i < batch.length; i++) {
          scope.root = new RawDocument(batch[i]!);
          accumulate(groups.of(id(scope)), compiled, scope);
        }
      }
      yield* writeGroups(groups, names);
    },
  };
};

export function accumulate({ accumulators }: Group, compiled: readonly CompiledAccumulator[], scope: Scope): void {
  for (let i = 0; i < accumulators.length; i++) accumulators[i]!.add(compiled[i]!.evaluate(scope));
}

const idName = encodeName('_id');

export function* writeGroups(groups: Iterable<Group>, names: readonly Uint8Array[]): Generator<Raw[]> {
  const writer = new BsonWriter();
  let batch: Raw[] = [];
  for (const { id, accumulators } of groups) {
    writer.reset();
    const open = writer.open();
    writeField(writer, idName, id);
    for (const [i, accumulator] of accumulators.entries()) writeField(writer, names[i]!, accumulator.result() ?? null);
    writer.close(open);
    if (batch.push(writer.take()) >= BATCH_SIZE) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function writeField(writer: BsonWriter, name: Uint8Array, value: unknown): void {
  const type = typeOf(value);
  writer.writeHeader(type, name);
  writer.writeValue(type, value);
}
