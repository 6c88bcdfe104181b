import { RawDocument } from '../../bson/decode.ts';
import type { Raw } from '../../bson/element.ts';
import { BsonWriter, encodeDocument } from '../../bson/encode.ts';
import { StoreError } from '../../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument } from '../../bson/value.ts';
import { applyComputed } from '../../match/projection/apply-computed.ts';
import { compileProjection } from '../../match/projection/compile-projection.ts';
import { emptyNode, insertLeaf, type ProjectionNode } from '../../match/projection/projection-tree.ts';
import { describeType } from '../expression/arguments.ts';
import { openScope, type ExpressionOptions } from '../expression/compile.ts';
import type { ExpressionContext } from '../expression/context.ts';
import { parseFieldPath } from '../expression/field-path.ts';

export interface Shape {
  (raw: Raw): Raw;
  neededFields: ReadonlySet<string> | 'all';
}

function shape(transform: (raw: Raw) => Raw, neededFields: Shape['neededFields'] = 'all'): Shape {
  return Object.assign(transform, { neededFields });
}

export function compileProject(argument: unknown, options: ExpressionOptions): Shape {
  if (!isDocument(argument)) throw new StoreError(15969, '$project specification must be an object');
  if ([...entriesOf(argument)].length === 0) {
    throw new StoreError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  return compileProjection(argument, { ...options, dialect: 'aggregate' });
}

export function compileAddFields(argument: unknown, options: ExpressionOptions, name = '$addFields'): Shape {
  if (!isDocument(argument)) {
    throw new StoreError(40272, `${name} specification stage must be an object, got ${describeType(argument)}`);
  }
  const entries = [...entriesOf(argument)];
  if (entries.length === 0) {
    throw new StoreError(40177, `Invalid ${name} :: caused by :: specification must have at least one field`);
  }
  const { scope, context } = openScope(options);
  const tree = emptyNode();
  for (const [path, value] of entries) addField(tree, context, [], path, value);
  const writer = new BsonWriter();
  return shape((raw) => {
    scope.root = new RawDocument(raw);
    writer.reset();
    applyComputed(writer, raw, 0, tree, scope);
    return writer.take();
  }, readsOf(context));
}

function addField(
  tree: ProjectionNode,
  context: ExpressionContext,
  prefix: string[],
  path: string,
  value: unknown,
): void {
  const parts = [...prefix, ...parseFieldPath(path)];
  if (isNested(value)) {
    for (const [name, child] of entriesOf(value)) addField(tree, context, parts, name, child);
  } else {
    insertLeaf(tree, parts, { kind: 'compute', evaluate: context.compile(value) });
  }
}

// A document whose names are no operators says where further fields go.
function isNested(value: unknown): value is AnyDocument {
  if (!isDocument(value)) return false;
  for (const [first] of entriesOf(value)) return !first.startsWith('$');
  return false;
}

function readsOf(context: ExpressionContext): Shape['neededFields'] {
  return context.fields.has('*') ? 'all' : context.fields;
}

export function compileUnset(argument: unknown, options: ExpressionOptions): Shape {
  const paths: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (paths.length === 0)
    throw new StoreError(31119, '$unset specification must be a string or an array with at least one field');
  const fields = paths.map((path): [string, number] => {
    if (typeof path !== 'string')
      throw new StoreError(31002, '$unset specification must be a string or an array of strings');
    return [path, 0];
  });
  const project = compileProjection(new Map(fields), { ...options, dialect: 'aggregate' });
  return shape(project, new Set());
}

export function compileReplaceRoot(argument: unknown, options: ExpressionOptions): Shape {
  if (!isDocument(argument))
    throw new StoreError(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${describeType(argument)}`,
    );
  const given = new Map(entriesOf(argument));
  for (const key of given.keys())
    if (key !== 'newRoot') throw new StoreError(40230, `unrecognized option to $replaceRoot stage: ${key}`);
  if (!given.has('newRoot')) throw new StoreError(40231, 'no newRoot specified for the $replaceRoot stage');
  return compileReplaceWith(given.get('newRoot'), options);
}

export function compileReplaceWith(expression: unknown, options: ExpressionOptions): Shape {
  const { scope, context } = openScope(options);
  const evaluate = context.compile(expression);
  return shape((raw) => {
    scope.root = new RawDocument(raw);
    const value = evaluate(scope);
    if (!isDocument(value)) {
      throw new StoreError(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was of type: ${describeType(value)}`,
      );
    }
    return encodeDocument(value);
  }, readsOf(context));
}

/** The stages that make one document of each, by name; an update's pipeline knows these alone. */
export const shapes: Readonly<Record<string, (argument: unknown, options: ExpressionOptions) => Shape>> = {
  $project: compileProject,
  $addFields: compileAddFields,
  $set: (argument, options) => compileAddFields(argument, options, '$set'),
  $unset: compileUnset,
  $replaceRoot: compileReplaceRoot,
  $replaceWith: compileReplaceWith,
};
