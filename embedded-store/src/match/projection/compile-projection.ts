import { openScope, type ExpressionOptions } from '../../aggregate/expression/compile.ts';
import { RawDocument } from '../../bson/decode.ts';
import type { Raw } from '../../bson/element.ts';
import { BsonWriter } from '../../bson/encode.ts';
import { type AnyDocument, entriesOf } from '../../bson/value.ts';
import { compileElemMatch, type Filter } from '../compile-filter.ts';
import { applyComputed } from './apply-computed.ts';
import { projectDocument } from './apply-projection.ts';
import { parseProjection, type ProjectionDialect } from './parse-projection.ts';

export interface ProjectionOptions extends ExpressionOptions {
  /** `find` (default) or `aggregate`: they differ in `$slice`, `$elemMatch` and `path.$`. */
  dialect?: ProjectionDialect;
  /** The query's filter, for `path.$`. */
  filter?: Filter | undefined;
}

export interface Projection {
  (raw: Raw): Raw;
  /** Top-level fields that the projection reads, or 'all'. */
  readonly neededFields: ReadonlySet<string> | 'all';
}

/** Compiles a projection; the empty one answers with the very bytes it was given. */
export function compileProjection(spec: AnyDocument, options: ProjectionOptions = {}): Projection {
  if ([...entriesOf(spec)].length === 0) return Object.assign((raw: Raw) => raw, { neededFields: 'all' as const });
  const { scope, context } = openScope(options);
  const { tree, isInclusion, isPositional } = parseProjection(spec, {
    dialect: options.dialect ?? 'find',
    context,
    compileElemMatch,
  });
  const writer = new BsonWriter();
  const keep = (raw: Raw): Raw => {
    writer.reset();
    const arrayIndex = (): number | undefined => options.filter?.firstArrayIndex(raw);
    projectDocument({ writer, isInclusion, arrayIndex }, raw, 0, tree);
    return writer.take();
  };
  const compute = (raw: Raw): Raw => {
    const kept = keep(raw);
    scope.root = new RawDocument(raw);
    writer.reset();
    applyComputed(writer, kept, 0, tree, scope);
    return writer.take();
  };
  const needed =
    isInclusion && !isPositional ? new Set([...tree.children.map(({ name }) => name), ...context.fields]) : 'all';
  return Object.assign(tree.isComputed ? compute : keep, {
    neededFields: needed !== 'all' && needed.has('*') ? ('all' as const) : needed,
  });
}
