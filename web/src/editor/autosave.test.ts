import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Autosave, LONGEST_WAIT_MS, QUIET_MS, startAutosave } from './autosave.ts';
import { createBrowserMirror } from './browser-mirror.ts';
import type { SaveOutcome } from './draft-store.ts';
import type { Editor } from './editor.ts';
import { documentIn, editorOf, FORKED } from './editor.fixture.ts';
import { documentOf, type FlowDocument, graphOf } from './flow-document.ts';
import type { StoredDraft } from './remote.ts';

/** A server that keeps one draft and refuses a stale revision, as the real one does; it can be made to fail. */
function createServer(graph = FORKED) {
  const server = {
    draft: { document: documentOf('Test flow', graph), revision: 1 } as StoredDraft,
    requests: 0,
    failures: [] as SaveOutcome[],
    read: async () => server.draft as StoredDraft | undefined,
    async save(document: FlowDocument, baseRevision: number): Promise<SaveOutcome> {
      server.requests += 1;
      const failure = server.failures.shift();
      if (failure) return failure;
      if (baseRevision !== server.draft.revision) return { kind: 'conflict', theirs: server.draft };
      server.draft = { document, revision: baseRevision + 1 };
      return { kind: 'saved', revision: server.draft.revision, savedAt: Date.now() };
    },
  };
  return server;
}

const open: Autosave[] = [];
let copies = 0;
const createId = (prefix: string) => `${prefix}-copy${++copies}`;

/** A visit to the flow's page: an editor on what the server has now, with autosave. */
async function visit(
  server: ReturnType<typeof createServer>,
  name: string,
  accountId = 'ann',
  storage: Storage = localStorage,
): Promise<{ editor: Editor; autosave: Autosave }> {
  const opened = server.draft;
  const editor = editorOf(graphOf(opened.document));
  editor.store.setState({ document: opened.document });
  const mirror = createBrowserMirror({
    storage,
    locks: undefined,
    accountId,
    flowId: 'flow1',
    visitId: name,
    now: Date.now,
  });
  const autosave = startAutosave({ editor, opened, drafts: server, mirror, now: Date.now, createId });
  open.push(autosave);
  await vi.advanceTimersByTimeAsync(0);
  return { editor, autosave };
}

const saveOf = (editor: Editor) => editor.store.getState().remote.save;
const unreachable: SaveOutcome = { kind: 'unreachable', code: 'server-unreachable' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((autosave) => autosave.stop()));
  vi.useRealTimers();
});

describe('saving', () => {
  test('edits in quick succession are one request, after a moment of quiet', async () => {
    const server = createServer();
    const { editor } = await visit(server, 'one');
    for (const value of ['H', 'Hi']) editor.run('set-param', { node: 'act', param: 'text', value });
    expect(saveOf(editor).kind).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect([server.requests, server.draft.revision, saveOf(editor).kind]).toEqual([1, 2, 'saved']);
    expect(server.draft.document.nodes['act']?.params['text']).toBe('Hi');
  });

  test('edits that never pause are saved all the same', async () => {
    const server = createServer();
    const { editor } = await visit(server, 'one');
    for (let waited = 0; waited <= LONGEST_WAIT_MS; waited += QUIET_MS / 2) {
      editor.run('rename-flow', { name: `After ${waited} ms` });
      await vi.advanceTimersByTimeAsync(QUIET_MS / 2);
    }
    expect(server.requests).toBeGreaterThanOrEqual(1);
  });

  test('an edit made while a save is under way is saved after it, not as a conflict with oneself', async () => {
    const server = createServer();
    const { editor, autosave } = await visit(server, 'one');
    editor.run('rename-flow', { name: 'First' });
    const saving = autosave.flush();
    editor.run('rename-flow', { name: 'Second' });
    await saving;
    expect(saveOf(editor).kind).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect([server.draft.document.name, saveOf(editor).kind]).toEqual(['Second', 'saved']);
  });

  test('an edit that is undone before it was saved asks nothing of the server', async () => {
    const server = createServer();
    const { editor } = await visit(server, 'one');
    editor.run('rename-flow', { name: 'Oops' });
    editor.run('undo');
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect([server.requests, saveOf(editor).kind]).toEqual([0, 'saved']);
  });
});

describe('[EDIT-2] nothing is lost', () => {
  test('[EDIT-2] by a failed save: it is tried again with growing patience until it works', async () => {
    const server = createServer();
    server.failures = [unreachable, unreachable, unreachable];
    const { editor } = await visit(server, 'one');
    editor.run('rename-flow', { name: 'Kept' });
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(saveOf(editor)).toMatchObject({ kind: 'retrying', attempt: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(saveOf(editor)).toMatchObject({ kind: 'retrying', attempt: 2 });
    await vi.advanceTimersByTimeAsync(1999);
    expect(server.requests).toBe(2);
    await vi.advanceTimersByTimeAsync(1 + 4000);
    expect([server.draft.document.name, saveOf(editor).kind]).toEqual(['Kept', 'saved']);
  });

  test('[EDIT-2] by a reload: unsaved edits come back as one entry that can be undone, and are saved', async () => {
    const server = createServer();
    server.failures = Array.from({ length: 20 }, () => unreachable);
    const first = await visit(server, 'one');
    first.editor.run('rename-flow', { name: 'Typed before the reload' });
    await vi.advanceTimersByTimeAsync(1000);
    server.failures = [];
    // The tab is gone without a word: no stop(), its timers never fire again.
    vi.clearAllTimers();
    const second = await visit(server, 'two');
    expect(documentIn(second.editor).name).toBe('Typed before the reload');
    expect(second.editor.store.getState().history.past.at(-1)?.name.key).toBe('restore-unsaved');
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(server.draft.document.name).toBe('Typed before the reload');
    expect(Object.keys(localStorage)).not.toContain('sluice.draft/ann/flow1/two');
  });

  test('[EDIT-2] by a sign-out: edits wait in this browser, and only for the account that made them', async () => {
    const server = createServer();
    server.failures = Array.from({ length: 9 }, (): SaveOutcome => ({ kind: 'refused', code: 'not-signed-in' }));
    const first = await visit(server, 'one');
    first.editor.run('rename-flow', { name: 'Typed after the session ended' });
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(saveOf(first.editor)).toEqual({ kind: 'refused', code: 'not-signed-in' });
    server.failures = [];
    vi.clearAllTimers();
    const stranger = await visit(server, 'two', 'bob');
    expect(documentIn(stranger.editor).name).toBe('Test flow');
    const owner = await visit(server, 'three');
    expect(documentIn(owner.editor).name).toBe('Typed after the session ended');
  });

  test('[EDIT-2] by a second tab: the later save is a conflict that shows both versions', async () => {
    const server = createServer();
    const mine = await visit(server, 'one');
    const other = await visit(server, 'two');
    other.editor.run('rename-flow', { name: 'Theirs' });
    await other.autosave.flush();
    mine.editor.run('rename-flow', { name: 'Mine' });
    await mine.autosave.flush();
    expect(saveOf(mine.editor)).toMatchObject({ kind: 'conflict', theirs: { document: { name: 'Theirs' } } });
    expect(documentIn(mine.editor).name).toBe('Mine');
    expect(server.draft.document.name).toBe('Theirs');
  });

  test('[EDIT-2] by settling a conflict: whichever version is taken, the other is one undo away', async () => {
    const server = createServer();
    const [mine, other] = [await visit(server, 'one'), await visit(server, 'two')];
    other.editor.run('rename-flow', { name: 'Theirs' });
    await other.autosave.flush();
    mine.editor.run('rename-flow', { name: 'Mine' });
    await mine.autosave.flush();
    await mine.autosave.settle({ name: 'theirs' });
    expect([documentIn(mine.editor).name, saveOf(mine.editor).kind]).toEqual(['Theirs', 'saved']);
    mine.editor.run('undo');
    expect(documentIn(mine.editor).name).toBe('Mine');
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(server.draft.document.name).toBe('Mine');
    other.editor.run('rename-flow', { name: 'Again theirs' });
    await other.autosave.flush();
    await other.autosave.settle({});
    expect([server.draft.document.name, saveOf(other.editor).kind]).toEqual(['Again theirs', 'saved']);
    other.editor.run('undo');
    expect(documentIn(other.editor).name).toBe('Mine');
  });

  test('[EDIT-2] by two people at different places: both edits stand, and each takes back its own alone', async () => {
    const server = createServer();
    const [mine, other] = [await visit(server, 'one'), await visit(server, 'two')];
    other.editor.run('set-param', { node: 'act', param: 'text', value: 'Theirs' });
    await other.autosave.flush();
    mine.editor.run('rename-node', { node: 'pause', name: 'Mine' });
    await mine.autosave.flush();
    await vi.advanceTimersByTimeAsync(1);
    expect(saveOf(mine.editor).kind).toBe('saved');
    const textOf = ({ nodes }: FlowDocument) => [nodes['act']?.params['text'], nodes['pause']?.name];
    expect(textOf(server.draft.document)).toEqual(['Theirs', 'Mine']);
    mine.editor.run('undo');
    expect(textOf(documentIn(mine.editor))).toEqual(['Theirs', undefined]);
    await other.autosave.catchUp({ revision: server.draft.revision, savedBy: 'Ann' });
    expect(textOf(documentIn(other.editor))).toEqual(['Theirs', 'Mine']);
    expect(saveOf(other.editor).kind).toBe('saved');
    other.editor.run('undo');
    expect(textOf(documentIn(other.editor))).toEqual(['hello', 'Mine']);
  });

  test('[EDIT-2] by a clash at one node: kept as a copy, both are there, and undo shows the one and the other', async () => {
    const server = createServer();
    const [mine, other] = [await visit(server, 'one'), await visit(server, 'two')];
    other.editor.run('set-param', { node: 'act', param: 'text', value: 'Theirs' });
    other.editor.run('rename-node', { node: 'end', name: 'Done' });
    await other.autosave.flush();
    mine.editor.run('set-param', { node: 'act', param: 'text', value: 'Mine' });
    await mine.autosave.flush();
    expect(saveOf(mine.editor).kind).toBe('conflict');
    await mine.autosave.settle({ 'node/act': 'both' });
    const texts = Object.values(server.draft.document.nodes).flatMap(({ kind, params }) =>
      kind === 'act' ? [params['text']] : [],
    );
    expect([texts.toSorted(), server.draft.document.nodes['end']?.name]).toEqual([['Mine', 'Theirs'], 'Done']);
    expect(saveOf(mine.editor).kind).toBe('saved');
    const shown = () => [
      documentIn(mine.editor).nodes['act']?.params['text'],
      documentIn(mine.editor).nodes['end']?.name,
    ];
    mine.editor.run('undo');
    expect(shown()).toEqual(['Theirs', 'Done']);
    mine.editor.run('undo');
    expect(shown()).toEqual(['Mine', 'Done']);
  });

  test('[EDIT-2] by a lost answer: a save that did arrive is not taken for somebody else’s', async () => {
    const server = createServer();
    const { editor, autosave } = await visit(server, 'one');
    editor.run('rename-flow', { name: 'Arrived' });
    server.draft = { document: documentIn(editor), revision: 2 };
    await autosave.flush();
    expect([saveOf(editor).kind, editor.store.getState().remote.revision]).toEqual(['saved', 2]);
  });

  test('[EDIT-2] by a crash long ago: edits on an older revision are offered, not put over what came since', async () => {
    const server = createServer();
    server.failures = [unreachable];
    const first = await visit(server, 'one');
    first.editor.run('rename-flow', { name: 'Old edit' });
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    vi.clearAllTimers();
    server.draft = { document: { ...server.draft.document, name: 'Newer' }, revision: 2 };
    const second = await visit(server, 'two');
    expect(documentIn(second.editor).name).toBe('Newer');
    const [leftover] = second.editor.store.getState().remote.leftovers;
    expect(leftover?.document.name).toBe('Old edit');
    second.autosave.restoreLeftover(leftover?.key ?? '');
    expect(documentIn(second.editor).name).toBe('Old edit');
    expect(second.editor.store.getState().remote.leftovers).toEqual([]);
  });

  test('[EDIT-2] by leaving the page: what is unsaved is saved on the way out', async () => {
    const server = createServer();
    const { editor, autosave } = await visit(server, 'one');
    editor.run('rename-flow', { name: 'On the way out' });
    await autosave.stop();
    expect(server.draft.document.name).toBe('On the way out');
    expect(localStorage.length).toBe(0);
  });
});

test('a browser that keeps nothing is noticed, so that the page can ask before it is left', async () => {
  const server = createServer();
  server.failures = [unreachable];
  const full = {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem: () => {},
  } as unknown as Storage;
  const { editor } = await visit(server, 'one', 'ann', full);
  editor.run('rename-flow', { name: 'Unkept' });
  await vi.advanceTimersByTimeAsync(QUIET_MS);
  expect(editor.store.getState().remote.isMirrored).toBe(false);
});
