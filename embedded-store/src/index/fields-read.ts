import type { IndexDefinition } from '../catalog/collection.ts';

const known = new WeakMap<object, readonly string[] | 'all'>();

/**
 * The top-level fields that decide which entries a document has in an index: those of its keys and those that its partial
 * filter reads. `all` for a filter that may read any.
 */
export function fieldsReadBy(index: IndexDefinition): readonly string[] | 'all' {
  let fields = known.get(index.fields);
  if (!fields) {
    fields = union([index.fields.map(([path]) => topOf(path)), fieldsOfFilter(index.partialFilter ?? {})]);
    known.set(index.fields, fields);
  }
  return fields;
}

function fieldsOfFilter(filter: object): readonly string[] | 'all' {
  return union(
    Object.entries(filter).map(([name, operand]): readonly string[] | 'all' => {
      if (!name.startsWith('$')) return [topOf(name)];
      const isJoin = name === '$and' || name === '$or';
      return isJoin && Array.isArray(operand) ? union(operand.map(fieldsOfFilter)) : 'all';
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

function topOf(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
}
