import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlainCommandId } from '../editor/commands/registry.ts';
import { useEditor, useEditorState } from './editor-context.tsx';
import { useShortcutText } from './use-shortcut-text.ts';

interface CommandButtonProps {
  command: PlainCommandId;
  icon: ReactNode;
  /** A more telling name than the command's own: "Undo: move 3 nodes". */
  label?: string;
  isPressed?: boolean;
}

/** A tool that runs a command: named on hover with its shortcut, grey when the command has nothing to do. */
export function CommandButton({ command, icon, label, isPressed }: CommandButtonProps) {
  const { t } = useTranslation('editor');
  const editor = useEditor();
  const isEnabled = useEditorState(() => editor.isEnabled(command));
  const shortcut = useShortcutText(command);
  const name = label ?? t(`commands.${command}`);
  return (
    <Tooltip title={shortcut === '' ? name : `${name} (${shortcut})`}>
      <Button
        type="text"
        icon={icon}
        aria-label={name}
        aria-keyshortcuts={shortcut || undefined}
        aria-pressed={isPressed}
        disabled={!isEnabled}
        onClick={() => editor.run(command)}
      />
    </Tooltip>
  );
}
