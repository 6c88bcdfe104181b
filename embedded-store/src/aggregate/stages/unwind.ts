import { Long } from 'bson';
import { encodeName, findElement, forEachElement, type Raw, readInt32, Type, valueEnd } from '../../bson/element.ts';
import { BsonWriter } from '../../bson/encode.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument } from '../../bson/value.ts';
import { describeType } from '../expression/arguments.ts';
import { parseFieldPath } from '../expression/field-path.ts';
import { applyComputed } from '../../match/projection/apply-computed.ts';
import { emptyNode, insertLeaf } from '../../match/projection/projection-tree.ts';
import { openScope } from '../expression/compile.ts';
import type { StageCompiler } from './stage.ts';

interface Options {
  parts: string[];
  indexParts: string[] | undefined;
  keepsEmpty: boolean;
}

function readOptions(argument: unknown): Options {
  const given = isDocument(argument) ? new Map(entriesOf(argument)) : new Map<string, unknown>([['path', argument]]);
  if (!isDocument(argument) && typeof argument !== 'string') {
    throw new StoreError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${describeType(argument)}`,
    );
  }
  for (const key of given.keys()) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(key)) {
      throw new StoreError(28811, `unrecognized option to $unwind stage: ${key}`);
    }
  }
  const path = given.get('path');
  if (path === undefined) throw new StoreError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string')
    throw new StoreError(28808, `expected a string as the path for $unwind stage, got ${describeType(path)}`);
  if (!path.startsWith('$'))
    throw new StoreError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const keepsEmpty = given.get('preserveNullAndEmptyArrays') ?? false;
  if (typeof keepsEmpty !== 'boolean') {
    throw new StoreError(
      28809,
      `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${describeType(keepsEmpty)}`,
    );
  }
  const index = given.get('includeArrayIndex');
  if (index !== undefined && (typeof index !== 'string' || index === '')) {
    throw new StoreError(
      28810,
      `expected a non-empty string for the includeArrayIndex option to $unwind stage, got ${describeType(index)}`,
    );
  }
  if (typeof index === 'string' && index.startsWith('$')) {
    throw new StoreError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
    );
  }
  return {
    parts: parseFieldPath(path.slice(1)),
    indexParts: index === undefined ? undefined : parseFieldPath(index),
    keepsEmpty,
  };
}

export const unwind: StageCompiler = (argument) => {
  const { parts, indexParts, keepsEmpty } = readOptions(argument);
  const names = parts.map(encodeName);
  const setIndex: (raw: Raw, index: Long | null) => Raw = indexParts ? indexSetter(indexParts) : (raw) => raw;
  const unwindOne = (raw: Raw, output: Raw[]): void => {
    const found = findAtPath(raw, names);
    if (!found || found.type === Type.null || found.type === Type.undefined) {
      if (keepsEmpty) output.push(setIndex(raw, null));
      return;
    }
    if (found.type !== Type.array) {
      output.push(setIndex(raw, null));
      return;
    }
    let index = 0;
    forEachElement(raw, found.start, (type, _name, start) => {
      output.push(setIndex(replaceAtPath(raw, names, { type, start }), Long.fromNumber(index++)));
    });
    if (index === 0 && keepsEmpty) output.push(setIndex(replaceAtPath(raw, names, undefined), null));
  };
  return {
    reads: new Set([parts[0]!]),
    isPassing: true,
    async *run(input) {
      for await (const batch of input) {
        const output: Raw[] = [];
        for (const raw of batch) unwindOne(raw, output);
        yield output;
      }
    },
  };
};

function findAtPath(raw: Raw, names: readonly Uint8Array[]): { type: number; start: number } | undefined {
  let position = 0;
  for (const [i, name] of names.entries()) {
    const at = findElement(raw, position, name);
    if (at < 0) return undefined;
    const type = raw[at]!;
    position = at + 1 + name.length;
    if (i === names.length - 1) return { type, start: position };
    if (type !== Type.object) return undefined;
  }
  return undefined;
}

const writer = new BsonWriter();

// The document with another value, which lies in the document itself, at a path that exists; or with none there.
function replaceAtPath(
  raw: Raw,
  names: readonly Uint8Array[],
  value: { type: number; start: number } | undefined,
): Raw {
  writer.reset();
  writeReplaced(raw, 0, names, 0, value);
  return writer.take();
}

function writeReplaced(
  raw: Raw,
  start: number,
  names: readonly Uint8Array[],
  depth: number,
  value: { type: number; start: number } | undefined,
): void {
  const name = names[depth]!;
  const at = findElement(raw, start, name);
  const old = at + 1 + name.length;
  const end = start + readInt32(raw, start) - 1;
  const open = writer.open();
  writer.writeBytes(raw, start + 4, at);
  if (depth < names.length - 1) {
    writer.writeBytes(raw, at, old);
    writeReplaced(raw, old, names, depth + 1, value);
  } else if (value) {
    writer.copyElement(name, raw, value.type, value.start);
  }
  writer.writeBytes(raw, valueEnd(raw, raw[at]!, old), end);
  writer.close(open);
}

function indexSetter(parts: string[]): (raw: Raw, index: Long | null) => Raw {
  const { scope } = openScope({ now: new Date(0) });
  const tree = emptyNode();
  let current: Long | null = null;
  insertLeaf(tree, parts, { kind: 'compute', evaluate: () => current });
  const indexWriter = new BsonWriter();
  return (raw, index) => {
    current = index;
    indexWriter.reset();
    applyComputed(indexWriter, raw, 0, tree, scope);
    return indexWriter.take();
  };
}
