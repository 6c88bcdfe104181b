import { type ReactNode, useState } from 'react';
import { type CanvasMarks, MarksProvider } from '../canvas/canvas-marks.ts';
import { FlowCanvas } from '../canvas/flow-canvas.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { createEditor } from '../editor/editor.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import styles from './marked-drawing.module.css';
import { nodeKinds } from './node-kinds.ts';
import { createId } from './use-draft-editor.ts';

interface MarkedDrawingProps {
  /** As it was at first: the drawing does not follow it. */
  document: FlowDocument;
  marks: CanvasMarks;
  /** Beside the drawing, and able to speak of its nodes. */
  children: ReactNode;
}

/** A drawing to look at, marked, with what there is to say about it beside it. Fills its parent. */
export function MarkedDrawing({ document, marks, children }: MarkedDrawingProps) {
  const [editor] = useState(() => createEditor({ document, catalog: nodeKinds, createId, isReadOnly: true }));
  return (
    <EditorProvider editor={editor}>
      <MarksProvider value={marks}>
        <div className={styles.sides}>
          <div className={styles.canvas}>
            <FlowCanvas />
          </div>
          {children}
        </div>
      </MarksProvider>
    </EditorProvider>
  );
}
