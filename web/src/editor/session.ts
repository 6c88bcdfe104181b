import type { DisableRefusal } from '@sluice/shared/graph';
import type { ClipRefusal } from './clip.ts';
import type { ConnectionRefusal } from './connection-rules.ts';
import { type EntryName, NOTHING_SELECTED, type Selection } from './history.ts';
import type { Point } from './placement.ts';

/** Where the quick-add list will put what is picked. */
export type AddTarget =
  | { readonly at: 'port'; readonly node: string; readonly port: string }
  | { readonly at: 'edge'; readonly edge: string }
  | { readonly at: 'point'; readonly point?: Point };

export type Refusal = ConnectionRefusal | ClipRefusal | DisableRefusal | 'not-between';

/** Something to say to the person at the canvas, as a text key; gone with the next command. */
export interface Notice {
  readonly key: 'copied' | 'merged' | `refused.${Refusal}`;
  readonly values?: EntryName['values'];
}

/** The unsaved scope: what this person looks at. Never part of undo, except that undo brings the selection back. */
export interface Session {
  readonly selection: Selection;
  /** The node whose form is open. */
  readonly inspected: string | null;
  /** The field of the inspected node that a problem points at. */
  readonly inspectedParam: string | null;
  /** Rises whenever the form is asked to take the keyboard. */
  readonly focusRequests: number;
  readonly isReadOnly: boolean;
  readonly view: 'canvas' | 'outline' | 'form';
  readonly quickAdd: AddTarget | null;
  /** The note whose words are to be written: just put down, or opened by Enter. */
  readonly freshNote: string | null;
  readonly isShortcutListOpen: boolean;
  readonly isFindOpen: boolean;
  /** What was copied last, for pasting where the browser keeps its clipboard closed. */
  readonly clipboard: string | null;
  readonly notice: Notice | null;
}

export const FIRST_SESSION: Session = {
  selection: NOTHING_SELECTED,
  inspected: null,
  inspectedParam: null,
  focusRequests: 0,
  isReadOnly: false,
  view: 'canvas',
  quickAdd: null,
  freshNote: null,
  isShortcutListOpen: false,
  isFindOpen: false,
  clipboard: null,
  notice: null,
};
