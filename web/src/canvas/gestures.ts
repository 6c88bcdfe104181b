import type { Connection, EdgeChange, FinalConnectionState, NodeChange } from '@xyflow/react';
import type { MouseEvent as ReactMouseEvent } from 'react';
import { refuseConnection } from '../editor/connection-rules.ts';
import type { Editor } from '../editor/editor.ts';
import type { CardNode, FlowEdge } from './drawn-graph.ts';

/**
 * What the mouse does to the drawing, as commands. Made once per editor: a function that is another at each drawing would
 * have React Flow draw every card again.
 */
export function createGestures(editor: Editor) {
  function select(part: 'nodes' | 'edges', changes: (NodeChange<CardNode> | EdgeChange<FlowEdge>)[]): void {
    const current = editor.store.getState().session.selection;
    const chosen = new Set(current[part]);
    let isChanged = false;
    for (const change of changes) {
      if (change.type !== 'select' || chosen.has(change.id) === change.selected) continue;
      isChanged = true;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    if (isChanged) editor.run('select', { selection: { ...current, [part]: [...chosen] } });
  }

  const connect = ({ source, sourceHandle, target }: Connection, instead?: string) =>
    editor.run('connect', {
      from: source,
      port: sourceHandle ?? '',
      to: target,
      ...(instead !== undefined && { instead }),
    });

  return {
    onNodesChange: (changes: NodeChange<CardNode>[]) => select('nodes', changes),
    onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => select('edges', changes),
    onNodeClick: (event: ReactMouseEvent, node: CardNode) => {
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey)
        editor.run('inspect', { node: node.id, keepsFocus: true });
    },
    onConnect: (connection: Connection) => connect(connection),
    onReconnect: (edge: FlowEdge, connection: Connection) => connect(connection, edge.id),

    /** A line let go over a card counts as meant for it; over free ground it asks what should stand there. */
    onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { fromNode, fromHandle, isValid } = state;
      if (isValid || !fromNode || fromHandle?.type !== 'source') return;
      const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!touch) return;
      const under = elementAt(touch.clientX, touch.clientY, '.react-flow__node');
      const port = fromHandle.id ?? '';
      if (under !== undefined) editor.run('connect', { from: fromNode.id, port, to: under });
      else editor.run('quick-add', { target: { at: 'port', node: fromNode.id, port } });
    },

    isValidConnection: ({ source, sourceHandle, target }: Connection | FlowEdge) => {
      const { document } = editor.store.getState();
      const refusal = refuseConnection(document, editor.catalog, source, sourceHandle ?? '', target);
      return refusal === undefined || refusal === 'already';
    },
  };
}

/** The id of the drawn element at a place on the screen. */
export function elementAt(x: number, y: number, selector: string): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>(selector)?.getAttribute('data-id');
    if (id !== null && id !== undefined) return id;
  }
  return undefined;
}
