import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Editor, EditorState } from '../editor/editor.ts';
import { NodeWordsContext, useWordsOf } from './use-node-words.ts';

const EditorContext = createContext<Editor | null>(null);

/** The editor of everything below, and how its nodes are called: found once for the hundreds of parts that show a name. */
export function EditorProvider({ editor, children }: { editor: Editor; children: ReactNode }) {
  const words = useWordsOf(editor.catalog);
  return (
    <EditorContext value={editor}>
      <NodeWordsContext value={words}>{children}</NodeWordsContext>
    </EditorContext>
  );
}

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('useEditor needs an EditorProvider above it');
  return editor;
}

/** A part of the editor's state; the component is drawn again only when that part changes. */
export function useEditorState<Part>(select: (state: EditorState) => Part): Part {
  return useStore(useEditor().store, select);
}
