import type { FlowDocument } from './flow-document.ts';

/**
 * What is known of the server's copy. Moves: saved → unsaved → saving → saved; saving → retrying → saving;
 * saving → refused (the server will not take it, or nobody is signed in) → unsaved at the next edit;
 * saving → conflict → saving (settled place by place). Where the other version touches
 * other places than mine, there is no conflict: both are merged and saved.
 */
export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'retrying'; readonly attempt: number; readonly retryAt: number; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string }
  | {
      readonly kind: 'conflict';
      readonly theirs: StoredDraft;
      /** What both versions come from. */
      readonly base: FlowDocument;
    };

export interface StoredDraft {
  readonly document: FlowDocument;
  readonly revision: number;
  readonly savedBy?: string;
  /** ISO-8601. */
  readonly savedAt?: string;
}

/** Unsaved edits of an earlier visit that could not be put back by themselves. */
export interface Leftover {
  readonly key: string;
  readonly document: FlowDocument;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface Remote {
  readonly save: SaveState;
  /** The revision the edits started from. */
  readonly revision: number;
  /** Unix milliseconds of the last save known. */
  readonly savedAt: number | null;
  /** Whether unsaved edits also lie in this browser, so that closing the page loses nothing. */
  readonly isMirrored: boolean;
  readonly leftovers: readonly Leftover[];
}

export const FIRST_REMOTE: Remote = {
  save: { kind: 'saved' },
  revision: 0,
  savedAt: null,
  isMirrored: true,
  leftovers: [],
};
