import { shiftedSelection } from '../editor/commands/move.ts';
import type { Editor } from '../editor/editor.ts';
import type { Point } from '../editor/placement.ts';
import { type DragPreview, previewDrag } from './drag-preview.ts';

/** Everything that is selected, on its way: notes are drawn where they go as nodes are, and React hears of neither. */
export function previewSelection(surface: HTMLElement, editor: Editor): DragPreview {
  const { document, session } = editor.store.getState();
  const { nodes, notes } = session.selection;
  const preview = previewDrag(surface, document, editor.catalog, nodes);
  const papers = notes.flatMap((id) => surface.querySelector<HTMLElement>(`[data-note="${id}"]`) ?? []);
  return {
    moveBy({ x, y }) {
      preview.moveBy({ x, y });
      for (const { style } of papers) style.translate = `${x}px ${y}px`;
    },
    release() {
      preview.release();
      for (const { style } of papers) style.translate = '';
    },
  };
}

/** Leaves what is selected that far from where it stood, as one entry. */
export function dropSelection(editor: Editor, offset: Point): void {
  const { nodes, notes } = shiftedSelection(editor.store.getState(), offset);
  editor.run('move', { to: nodes, notes });
}
