import { diffDocuments } from './diff.ts';
import type { DraftMirror, DraftStore, MirroredDraft, SaveOutcome } from './draft-store.ts';
import type { Editor } from './editor.ts';
import { type FlowDocument, isSameDocument } from './flow-document.ts';
import { type Choices, mergeDocuments } from './merge.ts';
import type { Remote, SaveState, StoredDraft } from './remote.ts';

/** Quiet time after an edit before it is saved. */
export const QUIET_MS = 800;
/** Longest time an edit waits while others keep coming. */
export const LONGEST_WAIT_MS = 5000;
const MIRROR_EVERY_MS = 250;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;

export interface Autosave {
  /** Saves now what is unsaved; also the way out of `refused` and of a long retry. */
  flush(): Promise<void>;
  /** Somebody may have saved since: their changes come in, and what is unsaved here meets them when it is saved. */
  catchUp(stored: { readonly revision: number; readonly savedBy: string }): Promise<void>;
  /** Out of a conflict, place by place. The other version is one undo away, and mine two. */
  settle(choices: Choices): Promise<void>;
  /** Writes what is unsaved to the mirror now, as the page may be gone the next moment. */
  keep(): void;
  restoreLeftover(key: string): void;
  discardLeftover(key: string): void;
  /** Mirrors what is unsaved, tries one last save and listens no more. */
  stop(): Promise<void>;
}

export interface AutosaveOptions {
  editor: Editor;
  opened: StoredDraft;
  drafts: DraftStore;
  mirror: DraftMirror;
  now(): number;
  /** A fresh id for a copy, as in `EditorOptions`. */
  createId(prefix: string): string;
}

/**
 * Keeps the server's draft up to date with the document and writes every unsaved state to the mirror, so that a reload,
 * a second tab, a sign-out or a failed save loses nothing (EDIT-2). States and moves: see `SaveState`.
 */
export function startAutosave({ editor, opened, drafts, mirror, now, createId }: AutosaveOptions): Autosave {
  const { store } = editor;
  let saved = opened.document;
  let isStopped = false;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let mirrorTimer: ReturnType<typeof setTimeout> | undefined;
  let unsavedSince: number | undefined;
  let running: Promise<void> | undefined;
  let attempt = 0;

  const remote = () => store.getState().remote;
  const setRemote = (patch: Partial<Remote>) => store.setState({ remote: { ...remote(), ...patch } });
  const setSave = (save: SaveState) => setRemote({ save });
  const current = () => store.getState().document;

  setRemote({ revision: opened.revision, save: { kind: 'saved' } });
  const unsubscribe = store.subscribe((state, previous) => {
    if (state.document !== previous.document) noticeEdit();
  });
  void offerLeftovers();

  function noticeEdit(): void {
    mirrorTimer ??= setTimeout(writeMirror, MIRROR_EVERY_MS);
    const { kind } = remote().save;
    if (kind === 'conflict' || kind === 'retrying' || kind === 'saving') return;
    if (kind !== 'unsaved') setSave({ kind: 'unsaved' });
    unsavedSince ??= now();
    const patience = Math.max(0, unsavedSince + LONGEST_WAIT_MS - now());
    schedule(Math.min(QUIET_MS, patience));
  }

  function schedule(ms: number): void {
    clearTimeout(saveTimer);
    saveTimer = isStopped ? undefined : setTimeout(() => void flush(), ms);
  }

  function writeMirror(): void {
    clearTimeout(mirrorTimer);
    mirrorTimer = undefined;
    if (current() === saved) return;
    const isMirrored = mirror.write(current(), remote().revision);
    if (isMirrored !== remote().isMirrored) setRemote({ isMirrored });
  }

  /** One save at a time: a second request with the same base revision would be a conflict with oneself. */
  function flush(): Promise<void> {
    clearTimeout(saveTimer);
    running ??= saveOnce().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function saveOnce(): Promise<void> {
    if (remote().save.kind === 'conflict') return;
    const document = current();
    unsavedSince = undefined;
    if (isSameDocument(document, saved)) return settle(document, remote().revision, remote().savedAt);
    setSave({ kind: 'saving' });
    const outcome = await drafts.save(document, remote().revision);
    receive(document, outcome);
  }

  function receive(document: FlowDocument, outcome: SaveOutcome): void {
    if (outcome.kind === 'saved') return settle(document, outcome.revision, outcome.savedAt);
    if (outcome.kind === 'refused') {
      attempt = 0;
      writeMirror();
      return setSave(outcome);
    }
    if (outcome.kind === 'conflict') {
      const { theirs } = outcome;
      // The answer to an earlier save was lost on the way, or both made the same edit.
      if (isSameDocument(document, theirs.document)) return settle(document, theirs.revision, now());
      writeMirror();
      if (bringIn(theirs)) return schedule(0);
      return setSave({ kind: 'conflict', theirs, base: saved });
    }
    attempt += 1;
    const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
    setSave({ kind: 'retrying', attempt, retryAt: now() + delayMs, code: outcome.code });
    schedule(delayMs);
  }

  /** Whether the other version could be merged with what is here; from then on it is what edits begin from. */
  function bringIn(theirs: StoredDraft): boolean {
    const merge = mergeDocuments({ base: saved, mine: current(), theirs: theirs.document }, {}, createId);
    if (merge.clashes.length > 0) return false;
    const diff = diffDocuments(current(), merge.document);
    saved = theirs.document;
    const isUpToDate = isSameDocument(merge.document, saved);
    setRemote({ revision: theirs.revision, save: { kind: isUpToDate ? 'saved' : 'unsaved' } });
    editor.absorb(diff, { key: 'merged', values: { by: theirs.savedBy ?? '' } });
    if (isUpToDate) settle(current(), theirs.revision, now());
    return true;
  }

  function settle(document: FlowDocument, revision: number, savedAt: number | null): void {
    saved = document;
    attempt = 0;
    const isUpToDate = current() === document;
    if (isUpToDate) {
      clearTimeout(mirrorTimer);
      mirrorTimer = undefined;
      mirror.clear();
    }
    setRemote({ revision, savedAt, save: { kind: isUpToDate ? 'saved' : 'unsaved' } });
    if (!isUpToDate) schedule(QUIET_MS);
  }

  async function offerLeftovers(): Promise<void> {
    const found: MirroredDraft[] = [];
    for (const leftover of await mirror.listLeftovers())
      if (isSameDocument(leftover.document, opened.document)) mirror.discard(leftover.key);
      else found.push(leftover);
    if (isStopped || found.length === 0) return;
    setRemote({ leftovers: found });
    const [newest] = found;
    // Only edits that began from what the server still has are put back unasked, and only before anything else is done.
    const isUntouched = current() === opened.document;
    if (newest && newest.baseRevision === opened.revision && isUntouched) restoreLeftover(newest.key);
  }

  function restoreLeftover(key: string): void {
    const leftover = remote().leftovers.find((candidate) => candidate.key === key);
    if (!leftover) return;
    editor.run('replace-document', { document: leftover.document, name: { key: 'restore-unsaved' } });
    writeMirror();
    discardLeftover(key);
  }

  function discardLeftover(key: string): void {
    mirror.discard(key);
    setRemote({ leftovers: remote().leftovers.filter((leftover) => leftover.key !== key) });
  }

  return {
    flush,
    keep: writeMirror,
    async catchUp({ revision, savedBy }) {
      const { save } = remote();
      if (revision <= remote().revision || (save.kind !== 'saved' && save.kind !== 'unsaved')) return;
      // What is unsaved meets the other version when it is saved.
      if (save.kind === 'unsaved') return flush();
      const theirs = await drafts.read();
      const isStillBehind = theirs && theirs.revision > remote().revision && remote().save.kind === 'saved';
      if (!isStopped && isStillBehind) bringIn({ ...theirs, savedBy });
    },
    async settle(choices) {
      const { save } = remote();
      if (save.kind !== 'conflict') return;
      const { theirs, base } = save;
      const sides = { base, mine: current(), theirs: theirs.document };
      const { clashes, document: mine } = mergeDocuments(sides, {}, createId);
      const theirChoice = Object.fromEntries(clashes.map(({ key }) => [key, 'theirs'] as const));
      saved = theirs.document;
      setRemote({ revision: theirs.revision, save: { kind: 'unsaved' } });
      // First what nobody has to choose about, which is no edit of one's own; then the choice, which is.
      editor.absorb(diffDocuments(current(), mine), { key: 'merged', values: { by: theirs.savedBy ?? '' } });
      const other = mergeDocuments(sides, theirChoice, createId).document;
      editor.run('replace-document', { document: other, name: { key: 'take-theirs' } });
      const chosen = mergeDocuments(sides, choices, createId).document;
      editor.run('replace-document', { document: chosen, name: { key: 'settle-clashes' } });
      await flush();
    },
    restoreLeftover,
    discardLeftover,
    async stop() {
      isStopped = true;
      unsubscribe();
      clearTimeout(saveTimer);
      writeMirror();
      await running;
      if (current() !== saved) await flush();
      mirror.release();
    },
  };
}
