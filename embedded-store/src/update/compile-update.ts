import type { Document } from 'bson';
import { compileUpdatePipeline } from '../aggregate/update-pipeline.ts';
import { RawDocument } from '../bson/decode.ts';
import { compareRaw } from '../bson/compare.ts';
import { type Raw, readField } from '../bson/element.ts';
import { BsonWriter, encodeDocument } from '../bson/encode.ts';
import { renderField } from '../bson/render.ts';
import { StoreError } from '../bson/store-error.ts';
import { type AnyDocument, entriesOf } from '../bson/value.ts';
import { mayChange } from '../index/fields-read.ts';
import { compileFilter } from '../match/compile-filter.ts';
import { TreeApplier } from './apply-tree.ts';
import { compileArrayFilters } from './array-filters.ts';
import { parseUpdate, type ParsedUpdate } from './parse-update.ts';
import { renamePaths } from './rename.ts';
import { buildTree, type UpdateNode } from './update-tree.ts';
import { unset } from './value-modifiers.ts';

export interface UpdateOptions {
  /** The statement's filter, which decides what the positional `$` means. */
  filter: Document;
  arrayFilters?: Document[] | undefined;
  let?: Document | undefined;
  /** The instant of `$currentDate` and `$$NOW`; one for all documents of a statement. */
  now?: Date | undefined;
}

export interface Update {
  /** The updated document; the very same bytes when nothing changes. Never alters `raw`. */
  apply(raw: Raw, options?: { isInsert?: boolean }): Raw;
  /** Paths at which, and within which, it may change the document; they end before the place of an array element. */
  touched: ReadonlySet<string> | 'all';
  isReplacement: boolean;
}

/** Compiles an update: operators, a replacement or a pipeline. */
export function compileUpdate(update: Document | Document[], options: UpdateOptions): Update {
  if (Array.isArray(update)) {
    if (options.arrayFilters?.length) throw new StoreError(9, 'Cannot specify arrayFilters and a pipeline update');
    const transform = compileUpdatePipeline(update, options);
    // A pipeline that leaves _id out means the document's own.
    return guardId((raw) => keepId(transform(raw), raw), 'all', false);
  }
  const [first] = entriesOf(update);
  if (first === undefined || !first[0].startsWith('$')) {
    if (options.arrayFilters?.length)
      throw new StoreError(9, 'Cannot use array filters with a replacement-style update');
    return guardId(compileReplacement(update), 'all', true);
  }
  return compileOperators(update, options);
}

function compileOperators(update: Document, options: UpdateOptions): Update {
  const parsed = parseUpdate(update, options.now ?? new Date());
  const filters = compileArrayFilters(options.arrayFilters ?? [], parsed.paths);
  const applier = new TreeApplier(filters);
  const treeFor = treeBuilder(parsed, options.filter);
  const apply = (raw: Raw, isInsert: boolean): Raw => {
    // A rename is a $set of one path and an $unset of the other, with the document's own value.
    const tree =
      parsed.renames.length === 0 ? treeFor(raw) : buildTree([...parsed.paths, ...renamePaths(raw, parsed.renames)]);
    return applier.apply(raw, tree, isInsert);
  };
  const touched = new Set<string>();
  for (const { parts } of parsed.paths) touched.add(pathBeforeElement(parts));
  for (const { from, to } of parsed.renames) touched.add(pathBeforeElement(from)).add(pathBeforeElement(to));
  checkConflicts(parsed);
  return mayChange(touched, '_id')
    ? guardId(apply, touched, false)
    : { apply: plainApply(apply), touched, isReplacement: false };
}

/** An element's place is not in the paths of indexes, which go through arrays: all of the array counts as touched. */
function pathBeforeElement(parts: readonly string[]): string {
  const at = parts.findIndex((part, index) => index > 0 && /^(\d+$|\$)/.test(part));
  return (at < 0 ? parts : parts.slice(0, at)).join('.');
}

/** Conflicts are the statement's mistake, so they show before any document is met. */
function checkConflicts({ paths, renames }: ParsedUpdate): void {
  const placeholders = renames.flatMap(({ from, to }) => [from, to]);
  // Without a rename or a positional path the tree that is applied has been built, and checked, already.
  if (placeholders.length === 0 && !paths.some(isPositional)) return;
  buildTree([...paths, ...placeholders.map((parts) => ({ parts, modifier: unset }))]);
}

function isPositional({ parts }: { parts: readonly string[] }): boolean {
  return parts.includes('$');
}

function plainApply(apply: (raw: Raw, isInsert: boolean) => Raw): Update['apply'] {
  return (raw, options) => apply(raw, options?.isInsert ?? false);
}

function treeBuilder({ paths }: ParsedUpdate, filter: AnyDocument): (raw: Raw) => UpdateNode {
  if (!paths.some(isPositional)) {
    const tree = buildTree(paths);
    return () => tree;
  }
  const positions = compileFilter(filter);
  const trees = new Map<number, UpdateNode>();
  return (raw) => {
    const index = positions.firstArrayIndex(raw);
    if (index === undefined) {
      throw new StoreError(2, 'The positional operator did not find the match needed from the query.');
    }
    let tree = trees.get(index);
    if (!tree) {
      const resolve = (part: string): string => (part === '$' ? String(index) : part);
      tree = buildTree(paths.map(({ parts, modifier }) => ({ parts: parts.map(resolve), modifier })));
      trees.set(index, tree);
    }
    return tree;
  };
}

function compileReplacement(replacement: Document): (raw: Raw) => Raw {
  for (const [name] of entriesOf(replacement)) {
    if (name.startsWith('$')) {
      throw new StoreError(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. ` +
          'Consider using an aggregation pipeline with $replaceWith.',
      );
    }
  }
  const bytes = encodeDocument(replacement);
  return (raw) => {
    const result = withIdFirst(bytes, raw);
    return Buffer.compare(result, raw) === 0 ? raw : result;
  };
}

function keepId(result: Raw, raw: Raw): Raw {
  if (result === raw) return raw;
  const complete = withIdFirst(result, raw);
  return Buffer.compare(complete, raw) === 0 ? raw : complete;
}

const writer = new BsonWriter();

/** The document with its _id in front, taken from `fallback` if it has none of its own. */
export function withIdFirst(raw: Raw, fallback: Raw): Raw {
  const own = readField(raw, '_id');
  const found = own ?? readField(fallback, '_id');
  if (!found || (own && own.start === 9)) return raw;
  const source = own ? raw : fallback;
  const nameStart = found.start - 5;
  writer.reset();
  const open = writer.open();
  writer.writeBytes(source, nameStart, found.end);
  writer.writeBytes(raw, 4, own ? nameStart : raw.length - 1);
  if (own) writer.writeBytes(raw, own.end, raw.length - 1);
  writer.close(open);
  return writer.take();
}

// An update may set _id to what it is; a new document (upsert) that has none yet may get one.
function guardId(
  apply: (raw: Raw, isInsert: boolean) => Raw,
  touched: Update['touched'],
  isReplacement: boolean,
): Update {
  return {
    touched,
    isReplacement,
    apply: (raw, options) => {
      const result = apply(raw, options?.isInsert ?? false);
      const before = readField(raw, '_id');
      if (result === raw || !before) return result;
      const complete = isReplacement ? result : withIdFirst(result, EMPTY);
      const after = readField(complete, '_id');
      const isSame = after && compareRaw(complete, after.type, after.start, raw, before.type, before.start) === 0;
      if (!isSame) throw immutableId(complete, isReplacement || touched === 'all');
      return complete;
    },
  };
}

const EMPTY = new Uint8Array([5, 0, 0, 0, 0]);

function immutableId(raw: Raw, isWhole: boolean): StoreError {
  if (!isWhole) {
    return new StoreError(66, `Performing an update on the path '_id' would modify the immutable field '_id'`);
  }
  const id = new RawDocument(raw).get('_id');
  return new StoreError(
    66,
    `After applying the update, the (immutable) field '_id' was found to have been altered to ${renderField('_id', id)}`,
  );
}
