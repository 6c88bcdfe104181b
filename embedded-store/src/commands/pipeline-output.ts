import type { WritesTo } from '../aggregate/index.ts';
import type { Raw } from '../bson/index.ts';
import { insertDocument } from '../collection/write-document.ts';
import { checkCollectionName, type Engine, ensureCollection } from '../server/engine.ts';
import { mergeDocument } from '../collection/merge-document.ts';

/** Runs a pipeline that ends in `$out` or `$merge` and stores what comes out of it. */
export async function writePipelineOutput(
  engine: Engine,
  db: string,
  output: WritesTo,
  batches: AsyncIterable<Raw[]>,
): Promise<void> {
  const target = { db: output.database ?? db, name: checkCollectionName(output.database ?? db, output.collection) };
  if (output.kind === '$out') return replaceCollection(engine, target, batches);
  for await (const batch of batches) {
    await engine.writes.run(() => {
      const collection = ensureCollection(engine, target.db, target.name);
      for (const raw of batch) mergeDocument(engine, collection, raw, output);
    });
  }
}

/** All is written under a name of its own first: readers see the old collection or the new one, never a half. */
async function replaceCollection(
  engine: Engine,
  target: { db: string; name: string },
  batches: AsyncIterable<Raw[]>,
): Promise<void> {
  const { catalog, writes } = engine;
  const fresh = await writes.run(() => {
    const made = catalog.create(target.db, `tmp.agg_out.${Date.now()}.${Math.floor(Math.random() * 1e9)}`, {});
    const old = catalog.find(target.db, target.name);
    for (const { id: _id, ...index } of old?.indexes ?? []) catalog.addIndex(made, index);
    return made;
  });
  try {
    for await (const batch of batches) {
      await writes.run(() => {
        for (const raw of batch) insertDocument(engine, fresh, raw);
      });
    }
    await writes.run(() => {
      const old = catalog.find(target.db, target.name);
      if (old) catalog.drop(old);
      catalog.rename(fresh, target.db, target.name);
    });
  } catch (error) {
    await writes.run(() => catalog.drop(fresh));
    throw error;
  }
}
