import type { IndexDefinition } from '../catalog/collection.ts';

const known = new WeakMap<object, readonly string[] | 'all'>();

/**
 * The paths that decide which entries a document has in an index: those of its keys and those that its partial filter reads.
 * `all` for a filter that may read any.
 */
export function pathsReadBy(index: IndexDefinition): readonly string[] | 'all' {
  let paths = known.get(index.fields);
  if (!paths) {
    paths = union([index.fields.map(([path]) => path), pathsOfFilter(index.partialFilter ?? {})]);
    known.set(index.fields, paths);
  }
  return paths;
}

function pathsOfFilter(filter: object): readonly string[] | 'all' {
  return union(
    Object.entries(filter).map(([name, operand]): readonly string[] | 'all' => {
      if (!name.startsWith('$')) return [name];
      const isJoin = name === '$and' || name === '$or';
      return isJoin && Array.isArray(operand) ? union(operand.map(pathsOfFilter)) : 'all';
    }),
  );
}

function union(parts: readonly (readonly string[] | 'all')[]): readonly string[] | 'all' {
  const fields: string[] = [];
  for (const part of parts) {
    if (part === 'all') return 'all';
    fields.push(...part);
  }
  return [...new Set(fields)];
}

/** Whether a change at one of the paths may change what is at the other: it is the same, lies within it, or holds it. */
export function mayChange(touched: Iterable<string>, path: string): boolean {
  for (const changed of touched) {
    const [short, long] = changed.length < path.length ? [changed, path] : [path, changed];
    if (long.startsWith(short) && (long.length === short.length || long[short.length] === '.')) return true;
  }
  return false;
}
