import { ViewportPortal } from '@xyflow/react';
import { memo, type RefObject } from 'react';
import { useEditorState } from '../editing/editor-context.tsx';
import { NoteCard } from './note-card.tsx';

/** The notes and frames, beneath the cards; frames first, so that a note in one can be taken. */
export const NoteLayer = memo(function NoteLayer({ surface }: { surface: RefObject<HTMLElement | null> }) {
  const notes = useEditorState(({ document }) => document.notes);
  const ordered = Object.values(notes).toSorted((a, b) => (a.form < b.form ? -1 : 1));
  return (
    <ViewportPortal>
      {ordered.map((note) => (
        <NoteCard key={note.id} note={note} surface={surface} />
      ))}
    </ViewportPortal>
  );
});
