import { expect, test } from 'vitest';
import { createBrowserMirror } from './browser-mirror.ts';
import { FORKED } from './editor.fixture.ts';
import { documentOf } from './flow-document.ts';

/** Locks of one browser: what is requested is held until its promise ends. */
function createLocks(): LockManager {
  const held = new Set<string>();
  return {
    async request(name: string, run: () => Promise<void>) {
      held.add(name);
      await run();
      held.delete(name);
    },
    query: async () => ({ held: [...held].map((name) => ({ name })), pending: [] }),
  } as unknown as LockManager;
}

const mirrorOf = (visitId: string, locks: LockManager) =>
  createBrowserMirror({ storage: localStorage, locks, accountId: 'ann', flowId: 'f', visitId, now: () => 7 });

test('[EDIT-2] edits of a tab that still lives are not taken up by another, those of a gone tab are', async () => {
  const locks = createLocks();
  const living = mirrorOf('living', locks);
  living.write(documentOf('Draft', FORKED), 3);
  expect(await mirrorOf('second', locks).listLeftovers()).toEqual([]);
  living.release();
  await Promise.resolve();
  expect(await mirrorOf('third', locks).listLeftovers()).toEqual([
    { key: 'sluice.draft/ann/f/living', document: documentOf('Draft', FORKED), baseRevision: 3, at: 7 },
  ]);
});

test('what is not a draft of ours is left alone', async () => {
  localStorage.setItem('sluice.draft/ann/f/broken', '{"name":');
  localStorage.setItem('sluice.draft/ann/f/other', '{"name":"x"}');
  expect(await mirrorOf('one', createLocks()).listLeftovers()).toEqual([]);
});
