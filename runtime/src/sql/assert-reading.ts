import type { Document } from 'mongodb';

const STAGES = [
  '$match',
  '$lookup',
  '$unwind',
  '$group',
  '$project',
  '$replaceRoot',
  '$sort',
  '$skip',
  '$limit',
  '$count',
  '$facet',
];
const NEVER = new Set(['$where', '$function', '$accumulator', '$out', '$merge', '$unionWith', '$graphLookup']);

/**
 * The last look at a pipeline before it goes to the store: our own stages, our own collections, nothing that writes or
 * runs code. The compiler makes no other; were it wrong, this throws instead of letting a statement through.
 */
export function assertReading(collections: readonly string[], collection: string, pipeline: readonly Document[]): void {
  if (!collections.includes(collection)) throw new Error(`A statement would read ${collection}`);
  for (const stage of pipeline) {
    const [name = '', ...more] = Object.keys(stage);
    if (!STAGES.includes(name) || more.length > 0) throw new Error(`A statement would run ${name}`);
    const { from } = (stage['$lookup'] ?? {}) as { from?: string };
    if (from !== undefined && !collections.includes(from)) throw new Error(`A statement would join ${from}`);
  }
  walk(pipeline);
}

function walk(part: unknown): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (NEVER.has(key)) throw new Error(`A statement would use ${key}`);
    // What a literal holds is a value, whatever it looks like.
    if (key !== '$literal') walk(value);
  }
}
