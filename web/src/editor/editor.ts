import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NodeCatalog } from './catalog.ts';
import type { Command, Plan, PlanContext, ViewRequest } from './command.ts';
import { type ArgsOf, COMMANDS, type CommandId } from './commands/registry.ts';
import { applyDiff, type Diff, squashDiffs } from './diff.ts';
import type { FlowDocument } from './flow-document.ts';
import { closeGesture, EMPTY_HISTORY, type History, record, redo, type Selection, undo } from './history.ts';
import { rebaseHistory } from './rebase.ts';
import { FIRST_REMOTE, type Remote } from './remote.ts';
import { FIRST_SESSION, type Notice, type Session } from './session.ts';

/** The three scopes and the history of the first: `document` is saved and undoable, `session` is neither. */
export interface EditorState {
  readonly document: FlowDocument;
  readonly history: History;
  readonly session: Session;
  readonly remote: Remote;
}

export interface Editor {
  readonly store: StoreApi<EditorState>;
  readonly catalog: NodeCatalog;
  /** Plans and applies one command; whether anything came of it. */
  run<Id extends CommandId>(id: Id, ...args: undefined extends ArgsOf<Id> ? [ArgsOf<Id>?] : [ArgsOf<Id>]): boolean;
  /** Takes in what somebody else changed. It is no entry of the history: undo takes back one's own edits, before and after. */
  absorb(diff: Diff, notice: Notice): void;
  /** Whether a menu should offer the command now. */
  isEnabled(id: CommandId): boolean;
  /** Hears what the drawing is asked to show; returns the way to stop listening. */
  onView(listener: (request: ViewRequest) => void): () => void;
}

export interface EditorOptions {
  document: FlowDocument;
  catalog: NodeCatalog;
  createId(prefix: string): string;
  isReadOnly?: boolean;
}

export function createEditor(options: EditorOptions): Editor {
  const { catalog, createId } = options;
  const store = createStore<EditorState>(() => ({
    document: options.document,
    history: EMPTY_HISTORY,
    session: { ...FIRST_SESSION, isReadOnly: options.isReadOnly ?? false },
    remote: FIRST_REMOTE,
  }));
  const views = new Set<(request: ViewRequest) => void>();
  const contextOf = ({ document, session, history }: EditorState): PlanContext => ({
    document,
    session,
    history,
    catalog,
    createId,
  });
  const isAllowed = (command: Command<never>, state: EditorState) => !command.isEdit || !state.session.isReadOnly;

  return {
    store,
    catalog,
    run(id, ...args) {
      const command = COMMANDS[id] as Command<unknown>;
      const state = store.getState();
      if (!isAllowed(command, state)) return false;
      const plan = command.plan(contextOf(state), args[0]);
      if (!plan) return false;
      const next = applyPlan(state, plan);
      store.setState(next);
      if (plan.view) for (const show of views) show(plan.view);
      return true;
    },
    absorb(diff, notice) {
      if (diff.length === 0) return;
      store.setState((state) => {
        const document = applyDiff(state.document, diff);
        const history = rebaseHistory(closeGesture(state.history), diff);
        return { ...state, document, history, session: withoutGone({ ...state.session, notice }, document) };
      });
    },
    isEnabled(id) {
      const command: Command<never> = COMMANDS[id];
      const state = store.getState();
      return isAllowed(command, state) && (command.isEnabled?.(contextOf(state)) ?? true);
    },
    onView(listener) {
      views.add(listener);
      return () => views.delete(listener);
    },
  };
}

/** The state after a plan. Looking around leaves an open gesture open; only a change or an explicit end closes it. */
function applyPlan(state: EditorState, plan: Plan): EditorState {
  if (plan.travel) return travelTo(state, plan.travel);
  const wished = { ...state.session, notice: null, ...plan.session };
  const { edit } = plan;
  const diff = squashDiffs(edit?.diff ?? []);
  if (!edit || diff.length === 0) {
    const history = plan.endsGesture ? closeGesture(state.history) : state.history;
    return { ...state, session: withoutGone(wished, state.document), history };
  }
  const isGrowing = edit.gesture !== undefined && edit.gesture === state.history.openGesture;
  const history = isGrowing ? state.history : closeGesture(state.history);
  const document = applyDiff(state.document, diff);
  const session = withoutGone(wished, document);
  const entry = {
    name: edit.name,
    diff,
    selectedBefore: state.session.selection,
    selectedAfter: session.selection,
  };
  return { ...state, document, session, history: record(history, entry, edit.gesture) };
}

function travelTo(state: EditorState, direction: 'undo' | 'redo'): EditorState {
  const travel = (direction === 'undo' ? undo : redo)(state.history, state.document);
  if (!travel) return { ...state, history: closeGesture(state.history) };
  const session = { ...state.session, notice: null, selection: travel.selection };
  return {
    ...state,
    document: travel.document,
    history: travel.history,
    session: withoutGone(session, travel.document),
  };
}

/** Nothing that is no longer there stays selected or open. */
function withoutGone(session: Session, document: FlowDocument): Session {
  const selection: Selection = {
    nodes: session.selection.nodes.filter((id) => document.nodes[id]),
    edges: session.selection.edges.filter((id) => document.edges[id]),
    notes: session.selection.notes.filter((id) => document.notes[id]),
  };
  const isInspectedGone = session.inspected !== null && !document.nodes[session.inspected];
  return { ...session, selection, ...(isInspectedGone && { inspected: null, inspectedParam: null }) };
}
