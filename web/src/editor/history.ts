import { applyDiff, type Diff, invertDiff, squashDiffs } from './diff.ts';
import type { FlowDocument } from './flow-document.ts';

export interface Selection {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  /** Notes and frames. */
  readonly notes: readonly string[];
}
export const NOTHING_SELECTED: Selection = { nodes: [], edges: [], notes: [] };

/** What is named and nothing else. */
export function selectionOf(parts: Partial<Selection>): Selection {
  return { ...NOTHING_SELECTED, ...parts };
}

/** What is done to parts of a flow, whatever parts those are. */
export type PartsAct = 'move' | 'delete' | 'cut' | 'paste' | 'duplicate' | 'arrange';

export type EntryKey =
  | PartsAct
  | 'add-node'
  | 'connect'
  | 'disconnect'
  | 'edit-node'
  | 'rename-node'
  | 'upgrade-node'
  | 'rename-flow'
  | 'set-measurement'
  | 'set-exposed'
  | 'upgrade'
  | 'edit-form'
  | 'import-flow'
  | 'disable-nodes'
  | 'enable-nodes'
  | 'colour'
  | 'add-note'
  | 'edit-note'
  | 'edit-frame'
  | 'resize-note'
  | 'frame-nodes'
  | 'tidy-up'
  | 'restore-unsaved'
  | 'take-theirs'
  | 'settle-clashes'
  | 'from-ready-flow'
  | 'restore-version';

/** What a person did, as a text key and its values; `kind` is shown as that kind's title, counts of parts as what they count. */
export interface EntryName {
  readonly key: EntryKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface Entry {
  readonly name: EntryName;
  readonly diff: Diff;
  readonly selectedBefore: Selection;
  readonly selectedAfter: Selection;
}

/**
 * Diffs with marks. A gesture (one drag, one visit to a field) is open from its first change until something else
 * happens or it is closed; its changes grow one entry. Time plays no part: a slow drag is still one entry.
 */
export interface History {
  readonly past: readonly Entry[];
  readonly future: readonly Entry[];
  readonly openGesture: string | null;
}
export const EMPTY_HISTORY: History = { past: [], future: [], openGesture: null };

/** Adds an entry, or lets the open gesture's entry grow when `gesture` is the open one. What was undone is forgotten. */
export function record(history: History, entry: Entry, gesture?: string): History {
  const last = history.past.at(-1);
  if (gesture === undefined || history.openGesture !== gesture || !last)
    return { past: [...history.past, entry], future: [], openGesture: gesture ?? null };
  const diff = squashDiffs(last.diff, entry.diff);
  const grown = { ...entry, diff, selectedBefore: last.selectedBefore };
  return { past: [...history.past.slice(0, -1), grown], future: [], openGesture: gesture };
}

/** Ends the open gesture; one that came back to where it began leaves no entry. */
export function closeGesture(history: History): History {
  if (history.openGesture === null) return history;
  const past = history.past.at(-1)?.diff.length === 0 ? history.past.slice(0, -1) : history.past;
  return { ...history, past, openGesture: null };
}

export interface Travel {
  history: History;
  document: FlowDocument;
  selection: Selection;
}

export function undo(history: History, document: FlowDocument): Travel | undefined {
  const { past, future } = closeGesture(history);
  const entry = past.at(-1);
  if (!entry) return undefined;
  return {
    history: { past: past.slice(0, -1), future: [entry, ...future], openGesture: null },
    document: applyDiff(document, invertDiff(entry.diff)),
    selection: entry.selectedBefore,
  };
}

export function redo(history: History, document: FlowDocument): Travel | undefined {
  const { past, future } = closeGesture(history);
  const [entry, ...rest] = future;
  if (!entry) return undefined;
  return {
    history: { past: [...past, entry], future: rest, openGesture: null },
    document: applyDiff(document, entry.diff),
    selection: entry.selectedAfter,
  };
}
