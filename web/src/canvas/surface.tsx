import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  MarkerType,
  MiniMap,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { type DragEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { canInsert } from '../editor/commands/add-node.ts';
import { refuseConnection } from '../editor/connection-rules.ts';
import { GRID, NODE_WIDTH, type Point } from '../editor/placement.ts';
import type { AddTarget } from '../editor/session.ts';
import { KIND_FORMAT } from '../editing/dragged-kind.ts';
import { type CardNode, createDrawing, type FlowEdge as DrawnEdge } from './drawn-graph.ts';
import { EdgeLabelLayer } from './edge-label-layer.ts';
import { FlowEdge } from './flow-edge.tsx';
import { NodeCard } from './node-card.tsx';
import styles from './surface.module.css';
import { FIT, useCamera } from './use-camera.ts';
import { useRefit } from './use-refit.ts';

/** Below this zoom the one line of a card cannot be read: its name takes the room. */
const FAR_ZOOM = 0.55;
const MINIMAP_SIZE = { width: 160, height: 104 };
const NODE_TYPES = { card: NodeCard };
const EDGE_TYPES = { flow: FlowEdge };
const EDGE_DEFAULTS = {
  markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: 'var(--color-text-secondary)' },
};

/** The drawing itself: shows the document and turns what the mouse does into commands. */
export function Surface({ children }: { children: ReactNode }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const words = useNodeWords();
  const flow = useReactFlow<CardNode, DrawnEdge>();
  const surface = useRef<HTMLDivElement>(null);
  const [labelLayer, setLabelLayer] = useState<Element | null>(null);
  const drags = useRef(0);
  const [dropEdge, setDropEdge] = useState<string | null>(null);
  const document_ = useEditorState((state) => state.document);
  const selection = useEditorState(({ session }) => session.selection);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const drawing = useMemo(() => createDrawing(editor.catalog), [editor]);
  const nodes = useMemo(() => drawing.nodesOf(document_, selection, words), [drawing, document_, selection, words]);
  const edges = useMemo(() => drawing.edgesOf(document_, selection, words), [drawing, document_, selection, words]);
  const isFar = useStore(({ transform }) => transform[2] < FAR_ZOOM);
  const noteMove = useRefit();
  useCamera(surface);

  function changeNodes(changes: NodeChange<CardNode>[]): void {
    const to: Record<string, Point> = {};
    for (const change of changes) if (change.type === 'position' && change.position) to[change.id] = change.position;
    if (Object.keys(to).length > 0) editor.run('move', { to, gesture: `drag/${drags.current}` });
    select('nodes', changes);
  }

  function select(part: 'nodes' | 'edges', changes: (NodeChange<CardNode> | EdgeChange<DrawnEdge>)[]): void {
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

  /** A line let go over a card counts as meant for it; over free ground it asks what should stand there. */
  function endConnection(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
    const { fromNode, fromHandle, isValid } = state;
    if (isValid || !fromNode || fromHandle?.type !== 'source') return;
    const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (!touch) return;
    const under = elementsAt(touch.clientX, touch.clientY, '.react-flow__node');
    const port = fromHandle.id ?? '';
    if (under !== undefined) editor.run('connect', { from: fromNode.id, port, to: under });
    else editor.run('quick-add', { target: { at: 'port', node: fromNode.id, port } });
  }

  function dragOver(event: DragEvent): void {
    if (isReadOnly || !event.dataTransfer.types.includes(KIND_FORMAT)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setDropEdge(elementsAt(event.clientX, event.clientY, '.react-flow__edge') ?? null);
  }

  function drop(event: DragEvent): void {
    const kind = event.dataTransfer.getData(KIND_FORMAT);
    setDropEdge(null);
    if (kind === '') return;
    event.preventDefault();
    const edge = elementsAt(event.clientX, event.clientY, '.react-flow__edge');
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const point = { x: at.x - NODE_WIDTH / 2, y: at.y - GRID };
    const isBetween = edge !== undefined && canInsert(editor.catalog, kind);
    const target: AddTarget = isBetween ? { at: 'edge', edge } : { at: 'point', point };
    editor.run('add-node', { kind, target });
  }

  const shownEdges =
    dropEdge === null ? edges : edges.map((edge) => (edge.id === dropEdge ? { ...edge, selected: true } : edge));

  return (
    <div
      ref={surface}
      className={styles.surface}
      data-far={isFar}
      onDragOver={dragOver}
      onDragLeave={() => setDropEdge(null)}
      onDrop={drop}
      onFocus={(event) => {
        const id = event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
        // Only a focus that the keyboard moved selects: a click does so itself, and may be meant to add to the selection.
        if (id !== undefined && event.target.matches('.react-flow__node:focus-visible'))
          editor.run('select', { selection: { nodes: [id], edges: [] } });
      }}
    >
      <EdgeLabelLayer value={labelLayer}>
        <ReactFlow<CardNode, DrawnEdge>
          nodes={nodes}
          edges={shownEdges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          defaultEdgeOptions={EDGE_DEFAULTS}
          onInit={() => setLabelLayer(surface.current?.querySelector('.react-flow__edgelabel-renderer') ?? null)}
          onNodesChange={changeNodes}
          onEdgesChange={(changes) => select('edges', changes)}
          onNodeDragStart={() => {
            drags.current += 1;
          }}
          onNodeDragStop={() => editor.run('end-gesture')}
          onSelectionDragStart={() => {
            drags.current += 1;
          }}
          onSelectionDragStop={() => editor.run('end-gesture')}
          onNodeClick={(event, node) => {
            if (!event.shiftKey && !event.ctrlKey && !event.metaKey)
              editor.run('inspect', { node: node.id, keepsFocus: true });
          }}
          onConnect={(connection) => connect(connection)}
          onConnectEnd={endConnection}
          onReconnect={(edge, connection) => connect(connection, edge.id)}
          isValidConnection={({ source, sourceHandle, target }) => {
            const refusal = refuseConnection(
              editor.store.getState().document,
              editor.catalog,
              source,
              sourceHandle ?? '',
              target,
            );
            return refusal === undefined || refusal === 'already';
          }}
          nodesDraggable={!isReadOnly}
          nodesConnectable={!isReadOnly}
          edgesReconnectable={!isReadOnly}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
          selectionOnDrag
          selectionMode={SelectionMode.Partial}
          panOnDrag={[1, 2]}
          panOnScroll
          snapToGrid
          snapGrid={[GRID, GRID]}
          connectionLineType={ConnectionLineType.SmoothStep}
          connectionRadius={30}
          onMoveStart={noteMove}
          minZoom={0.1}
          maxZoom={2}
          fitView
          fitViewOptions={FIT}
          onlyRenderVisibleElements={nodes.length > 150}
          attributionPosition="bottom-center"
          aria-label={t('label')}
        >
          <Background variant={BackgroundVariant.Dots} gap={GRID} size={1} />
          {nodes.length > 0 && (
            <MiniMap
              pannable
              zoomable
              ariaLabel={t('minimap')}
              className={styles.minimap ?? ''}
              style={MINIMAP_SIZE}
              nodeBorderRadius={6}
            />
          )}
          {children}
        </ReactFlow>
      </EdgeLabelLayer>
    </div>
  );
}

/** The id of the drawn element at a place on the screen. */
function elementsAt(x: number, y: number, selector: string): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>(selector)?.getAttribute('data-id');
    if (id !== null && id !== undefined) return id;
  }
  return undefined;
}
