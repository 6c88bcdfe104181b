import type { FlowDocument } from './flow-document.ts';
import type { StoredDraft } from './remote.ts';

/**
 * What became of a save. `conflict`: someone saved since the named revision; `refused`: asking again changes nothing;
 * `unreachable`: it may work later.
 */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly revision: number; readonly savedAt: number }
  | { readonly kind: 'conflict'; readonly theirs: StoredDraft }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unreachable'; readonly code: string };

/** Where drafts are kept for everyone: the server. Never throws for an outcome that is named above. */
export interface DraftStore {
  /** The draft as it is stored now; undefined when it cannot be had at the moment. */
  read(): Promise<StoredDraft | undefined>;
  save(document: FlowDocument, baseRevision: number): Promise<SaveOutcome>;
}

export interface MirroredDraft {
  readonly key: string;
  readonly document: FlowDocument;
  readonly baseRevision: number;
  /** Unix milliseconds. */
  readonly at: number;
}

/** Where unsaved edits are kept in this browser until the server has them (EDIT-2). */
export interface DraftMirror {
  /** Synchronous, as the page may be gone the next moment; false when the browser keeps nothing. */
  write(document: FlowDocument, baseRevision: number): boolean;
  clear(): void;
  /** What earlier visits left behind, newest first; never what another open tab still holds. */
  listLeftovers(): Promise<MirroredDraft[]>;
  discard(key: string): void;
  /** Lets go of this tab's place, so that a later visit may take up what lies in it. */
  release(): void;
}
