import { prefixRange } from '../index/entry-key.ts';
import type { Engine } from '../server/engine.ts';

/** Keys removed per transaction: dropping a large collection must not hold up others. */
const piece = 2_000;

/** Removes, bit by bit, what dropped collections and indexes left behind; a crash in between is resumed at the next call. */
export async function removeLeftovers({ store, catalog, writes }: Engine): Promise<void> {
  for (const leftover of catalog.leftovers()) {
    let isGone = false;
    while (!isGone) {
      isGone = await writes.run(() => {
        const keys: Buffer[] = [];
        store.scan(leftover.space, prefixRange(leftover.prefix), (key) => keys.push(Buffer.from(key)) < piece);
        for (const key of keys) store.remove(leftover.space, key);
        if (keys.length < piece) catalog.forgetLeftover(leftover);
        return keys.length < piece;
      });
    }
  }
}
