import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { CommandButton } from './command-button.tsx';
import { useEditorState } from './editor-context.tsx';
import { HistoryMenu } from './history-menu.tsx';
import { useEntryName } from './use-entry-name.ts';

/** Undo and redo, each naming what it would take back or do again. */
export function UndoButtons() {
  const { t } = useTranslation('editor');
  const nameOf = useEntryName();
  const undone = useEditorState(({ history }) => history.past.at(-1)?.name);
  const redone = useEditorState(({ history }) => history.future[0]?.name);
  return (
    <>
      <CommandButton
        command="undo"
        icon={<UndoOutlined aria-hidden />}
        {...(undone && { label: t('undoNamed', { entry: nameOf(undone) }) })}
      />
      <HistoryMenu />
      <CommandButton
        command="redo"
        icon={<RedoOutlined aria-hidden />}
        {...(redone && { label: t('redoNamed', { entry: nameOf(redone) }) })}
      />
    </>
  );
}
