import { useEffect } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import type { PlainCommandId } from '../editor/commands/registry.ts';
import { commandFor } from '../editor/shortcut.ts';

/** These come as clipboard events, which alone may read and write the system's clipboard without asking. */
const BY_CLIPBOARD_EVENT: readonly PlainCommandId[] = ['copy', 'cut', 'paste'];

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="combobox"], [role="textbox"]'))
  );
}

/** Something else has the keyboard: a dialog, a menu, or a control for which the plain keys mean something. */
export function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('button:not([data-grip]), a, summary, [role="tab"], [role="radio"]') !== null
  );
}

/** Runs the command of a pressed shortcut wherever on the page the keyboard is, unless a field or a dialog has it. */
export function useShortcuts(): void {
  const editor = useEditor();
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isTyping(event.target) || isElsewhere(event.target)) return;
      const command = commandFor(event);
      if (!command || BY_CLIPBOARD_EVENT.includes(command)) return;
      const isPlain = !event.ctrlKey && !event.metaKey;
      if (isPlain && isControl(event.target) && !['/', '?', 'Escape'].includes(event.key)) return;
      // Also when the command has nothing to do: the browser's own meaning (bookmark, select the page) would surprise.
      event.preventDefault();
      if (editor.isEnabled(command)) editor.run(command);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [editor]);
}
