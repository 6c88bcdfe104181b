import { useEffect } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { isTyping } from './use-shortcuts.ts';

/** Copies, cuts and pastes nodes through the system's clipboard, as text. */
export function useClipboard(): void {
  const editor = useEditor();
  useEffect(() => {
    const isForUs = (event: ClipboardEvent) =>
      !event.defaultPrevented && !isTyping(event.target) && document.getSelection()?.isCollapsed !== false;
    const take = (event: ClipboardEvent, command: 'copy' | 'cut') => {
      if (!isForUs(event) || !editor.run(command)) return;
      event.clipboardData?.setData('text/plain', editor.store.getState().session.clipboard ?? '');
      event.preventDefault();
    };
    const copy = (event: ClipboardEvent) => take(event, 'copy');
    const cut = (event: ClipboardEvent) => take(event, 'cut');
    const paste = (event: ClipboardEvent) => {
      if (!isForUs(event)) return;
      editor.run('paste', { text: event.clipboardData?.getData('text/plain') ?? '' });
      event.preventDefault();
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', cut);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', cut);
      document.removeEventListener('paste', paste);
    };
  }, [editor]);
}
