import type { GraphNode, GraphNote } from '@sluice/shared/graph';
import type { NodeCatalog } from './catalog.ts';
import type { Diff } from './diff.ts';
import type { FlowDocument } from './flow-document.ts';
import type { EntryName, History } from './history.ts';
import type { Point } from './placement.ts';
import type { Session } from './session.ts';

export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** A wish of the editor to the drawing: it moves the camera and changes nothing else. */
export type ViewRequest =
  | { readonly kind: 'fit' | 'begin' | 'zoom-in' | 'zoom-out' | 'actual-size' }
  | { readonly kind: 'reveal'; readonly node: string }
  | { readonly kind: 'show'; readonly area: Area };

/** All a command may look at. */
export interface PlanContext {
  readonly document: FlowDocument;
  readonly session: Session;
  readonly history: History;
  readonly catalog: NodeCatalog;
  /** A fresh id that starts with `prefix` and matches GraphId. */
  createId(prefix: string): string;
}

/** A change of the document, on its way to become one entry of the history. */
export interface Edit {
  readonly diff: Diff;
  readonly name: EntryName;
  /** Edits with the same key, one after the other, are one entry. */
  readonly gesture?: string;
}

/** What a command wants done. */
export interface Plan {
  readonly edit?: Edit;
  readonly session?: Partial<Session>;
  readonly view?: ViewRequest;
  readonly travel?: 'undo' | 'redo';
  /** What follows is a new entry, whatever its gesture. */
  readonly endsGesture?: boolean;
}

/**
 * One thing a person can do in the editor. Menu, toolbar, shortcut, outline and tests all go through it, so that they
 * cannot come to differ. Pure: the same context and arguments give the same plan, apart from fresh ids.
 */
export interface Command<Args = void> {
  /** `Mod` is ctrl, or cmd on a Mac; alternatives in order, the first is the one shown. */
  readonly shortcuts?: readonly string[];
  /** Changes the document: not offered where the flow is read-only. */
  readonly isEdit: boolean;
  /** Whether it would do something now; said without arguments, as a menu asks it. */
  isEnabled?(context: PlanContext): boolean;
  /** Undefined when there is nothing to do. */
  plan(context: PlanContext, args: Args): Plan | undefined;
}

export function defineCommand<Args = void>(command: Command<Args>): Command<Args> {
  return command;
}

export const hasSelection = ({ session }: PlanContext): boolean =>
  session.selection.nodes.length + session.selection.edges.length + session.selection.notes.length > 0;

/** Something that can be taken along, moved or coloured; a connection alone cannot. */
export const hasSelectedParts = ({ session }: PlanContext): boolean =>
  session.selection.nodes.length + session.selection.notes.length > 0;

export const hasSelectedNodes = ({ session }: PlanContext): boolean => session.selection.nodes.length > 0;

export const hasNodes = ({ document }: PlanContext): boolean => Object.keys(document.nodes).length > 0;

export const selectedNodes = ({ document, session }: PlanContext): GraphNode[] =>
  session.selection.nodes.flatMap((id) => document.nodes[id] ?? []);

/** Notes and frames. */
export const selectedNotes = ({ document, session }: PlanContext): GraphNote[] =>
  session.selection.notes.flatMap((id) => document.notes[id] ?? []);
