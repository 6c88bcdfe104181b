import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  MarkerType,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { type DragEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { canInsert } from '../editor/commands/add-node.ts';
import { GRID, NODE_WIDTH } from '../editor/placement.ts';
import type { AddTarget } from '../editor/session.ts';
import { KIND_FORMAT } from '../editing/dragged-kind.ts';
import { CanvasMenu } from './canvas-menu.tsx';
import { DISTANT_ZOOM, DistantProvider, FAR_ZOOM, SMALL_ZOOM } from './distance.ts';
import { DistantEdges } from './distant-edges.tsx';
import { type CardNode, createDrawing, type FlowEdge as DrawnEdge } from './drawn-graph.ts';
import { EdgeLabelLayer } from './edge-label-layer.ts';
import { MIN_ZOOM } from './first-view.ts';
import { FlowEdge } from './flow-edge.tsx';
import { createGestures, elementAt } from './gestures.ts';
import { MinimapNotes } from './minimap-notes.tsx';
import { NodeCard } from './node-card.tsx';
import { NoteLayer } from './note-layer.tsx';
import styles from './surface.module.css';
import { useBox } from './use-box.ts';
import { useCamera } from './use-camera.ts';
import { useCanvasMenu } from './use-canvas-menu.ts';
import { useFirstView } from './use-first-view.ts';
import { useNodeDrag } from './use-node-drag.ts';
import { useRefit } from './use-refit.ts';

const MINIMAP_SIZE = { width: 160, height: 104 };
/** From so many on, only what can be seen is on the page. */
const MANY_NODES = 150;
/** While editing a drag selects; the middle and the right button move the view. */
const EDIT_PAN = [1, 2];
const NO_NODES: CardNode[] = [];
const NO_EDGES: DrawnEdge[] = [];
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
  const [dropEdge, setDropEdge] = useState<string | null>(null);
  const document_ = useEditorState((state) => state.document);
  const selection = useEditorState(({ session }) => session.selection);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const view = useFirstView(surface);
  const isFar = useStore(({ transform }) => transform[2] < FAR_ZOOM);
  const isSmall = useStore(({ transform }) => transform[2] < SMALL_ZOOM);
  const isDistant = useStore(({ transform }) => transform[2] < DISTANT_ZOOM);
  const gestures = useMemo(() => createGestures(editor), [editor]);
  const box = useBox();
  const drawing = useMemo(() => createDrawing(editor.catalog), [editor]);
  const nodes = useMemo(
    () => (view ? drawing.nodesOf(document_, selection, words, isDistant) : NO_NODES),
    [view, drawing, document_, selection, words, isDistant],
  );
  const edges = useMemo(
    () => (isDistant || !view ? NO_EDGES : drawing.edgesOf(document_, selection, words)),
    [view, drawing, document_, selection, words, isDistant],
  );
  const colourOf = useCallback(
    ({ data }: CardNode) =>
      `var(--category-${editor.catalog.find(data.node.kind)?.category ?? 'unknown'}, var(--color-border-strong))`,
    [editor],
  );
  const startDrag = useNodeDrag(surface);
  const noteMove = useRefit();
  const { menu, close, onContextMenu, onPaneContextMenu } = useCanvasMenu(surface);
  useCamera(surface);

  function dragOver(event: DragEvent): void {
    if (isReadOnly || !event.dataTransfer.types.includes(KIND_FORMAT)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setDropEdge(elementAt(event.clientX, event.clientY, '.react-flow__edge') ?? null);
  }

  function drop(event: DragEvent): void {
    const kind = event.dataTransfer.getData(KIND_FORMAT);
    setDropEdge(null);
    if (kind === '') return;
    event.preventDefault();
    const edge = elementAt(event.clientX, event.clientY, '.react-flow__edge');
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
      data-small={isSmall}
      onPointerDown={startDrag}
      onContextMenu={onContextMenu}
      onDragOver={dragOver}
      onDragLeave={() => setDropEdge(null)}
      onDrop={drop}
      onFocus={(event) => {
        const id = event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
        // Only a focus that the keyboard moved selects: a click does so itself, and may be meant to add to the selection.
        if (id !== undefined && event.target.matches('.react-flow__node:focus-visible:not([data-revealed])'))
          editor.run('select', { selection: { nodes: [id], edges: [] } });
      }}
    >
      {view && (
        <DistantProvider value={isDistant}>
          <EdgeLabelLayer value={labelLayer}>
            <ReactFlow<CardNode, DrawnEdge>
              nodes={nodes}
              edges={shownEdges}
              nodeTypes={NODE_TYPES}
              edgeTypes={EDGE_TYPES}
              defaultEdgeOptions={EDGE_DEFAULTS}
              onInit={() => setLabelLayer(surface.current?.querySelector('.react-flow__edgelabel-renderer') ?? null)}
              {...gestures}
              {...box}
              nodesDraggable={false}
              nodesConnectable={!isReadOnly}
              edgesReconnectable={!isReadOnly}
              edgesFocusable={false}
              disableKeyboardA11y
              deleteKeyCode={null}
              selectionKeyCode={null}
              multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
              selectionOnDrag={!isReadOnly}
              selectionMode={SelectionMode.Partial}
              // Where nothing can be moved, a drag moves the view: with one finger, too.
              panOnDrag={isReadOnly || EDIT_PAN}
              panOnScroll
              connectionLineType={ConnectionLineType.SmoothStep}
              connectionRadius={30}
              onMoveStart={noteMove}
              onPaneContextMenu={onPaneContextMenu}
              minZoom={MIN_ZOOM}
              maxZoom={2}
              defaultViewport={view}
              onlyRenderVisibleElements={nodes.length > MANY_NODES}
              attributionPosition="bottom-center"
              aria-label={t('label')}
            >
              <Background variant={BackgroundVariant.Dots} gap={GRID} size={1} />
              {nodes.length > 0 && (
                <>
                  <MiniMap
                    pannable
                    zoomable
                    ariaLabel={t('minimap')}
                    className={styles.minimap ?? ''}
                    nodeColor={colourOf}
                    style={MINIMAP_SIZE}
                    nodeBorderRadius={6}
                  />
                  <MinimapNotes surface={surface} />
                </>
              )}
              <NoteLayer surface={surface} />
              {isDistant && <DistantEdges document={document_} />}
              {children}
            </ReactFlow>
          </EdgeLabelLayer>
        </DistantProvider>
      )}
      {menu && <CanvasMenu menu={menu} onClose={close} />}
    </div>
  );
}
