import { describeType } from '../aggregate/expression/arguments.ts';
import { renderValue } from '../bson/render.ts';
import { StoreError } from '../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument } from '../bson/value.ts';
import { addToSet, pop, pull, pullAll, push } from './array-modifiers.ts';
import type { Modifier } from './modifier.ts';
import type { PathModifier } from './update-tree.ts';
import { arithmetic, bit, currentDate, extreme, setOnInsert, setTo, unset } from './value-modifiers.ts';

type ReadModifier = (argument: unknown, path: string, now: Date) => Modifier;

/** Every update operator but `$rename`, which is about two paths. */
const MODIFIERS: Readonly<Record<string, ReadModifier>> = {
  $set: setTo,
  $setOnInsert: setOnInsert,
  $unset: () => unset,
  $inc: (argument, path) => arithmetic('$inc', path, argument),
  $mul: (argument, path) => arithmetic('$mul', path, argument),
  $min: (argument) => extreme(-1, argument),
  $max: (argument) => extreme(1, argument),
  $currentDate: (argument, _path, now) => currentDate(argument, now),
  $bit: (argument, path) => bit(path, argument),
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
};

export const UPDATE_OPERATORS: readonly string[] = [...Object.keys(MODIFIERS), '$rename'];

export interface Rename {
  from: string[];
  to: string[];
}

export interface ParsedUpdate {
  paths: PathModifier[];
  renames: Rename[];
}

export function parseUpdate(update: AnyDocument, now: Date): ParsedUpdate {
  const paths: PathModifier[] = [];
  const renames: Rename[] = [];
  for (const [operator, fields] of entriesOf(update)) {
    const read = Object.hasOwn(MODIFIERS, operator) ? MODIFIERS[operator] : undefined;
    if (!read && operator !== '$rename') {
      throw new StoreError(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDocument(fields)) {
      throw new StoreError(
        9,
        `Modifiers operate on fields but we found type ${describeType(fields)} instead. ` +
          `For example: {$mod: {<field>: ...}} not {${operator}: ${renderValue(fields)}}`,
      );
    }
    for (const [path, argument] of entriesOf(fields)) {
      if (read) paths.push({ parts: parsePath(path), modifier: read(argument, path, now) });
      else renames.push(parseRename(path, argument));
    }
  }
  return { paths, renames };
}

function parseRename(from: string, to: unknown): Rename {
  if (typeof to !== 'string') {
    throw new StoreError(2, `The 'to' field for $rename must be a string: ${from}: ${renderValue(to)}`);
  }
  const rename = { from: parsePath(from), to: parsePath(to) };
  for (const [role, parts] of [
    ['source', rename.from],
    ['destination', rename.to],
  ] as const) {
    if (parts.some((part) => part.startsWith('$'))) {
      throw new StoreError(2, `The ${role} field for $rename may not be dynamic: ${parts.join('.')}`);
    }
  }
  if (from === to) throw new StoreError(2, `The source and target field for $rename must differ: ${from}: "${to}"`);
  if (to.startsWith(`${from}.`) || from.startsWith(`${to}.`)) {
    throw new StoreError(2, `The source and target field for $rename must not be on the same path: ${from}: "${to}"`);
  }
  return rename;
}

const POSITION = /^\$(\[([a-z][a-zA-Z0-9]*)?\])?$/;

function parsePath(path: string): string[] {
  if (path === '') throw new StoreError(56, 'An empty update path is not valid.');
  const parts = path.split('.');
  for (const [i, part] of parts.entries()) {
    if (part === '')
      throw new StoreError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
    if (!part.startsWith('$')) continue;
    const isPosition = POSITION.test(part);
    if (isPosition && i === 0) {
      throw new StoreError(
        2,
        `Cannot have array filter identifier or positional (i.e. '$') element in the first position in path '${path}'`,
      );
    }
    if (!isPosition && !['$ref', '$id', '$db'].includes(part)) {
      throw new StoreError(
        52,
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update.`,
      );
    }
  }
  if (parts.filter((part) => part === '$').length > 1) {
    throw new StoreError(2, `Too many positional (i.e. '$') elements found in path '${path}'`);
  }
  return parts;
}
