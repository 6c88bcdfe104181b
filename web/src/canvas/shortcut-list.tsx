import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { shortcutTextsOf } from '../editing/use-shortcut-text.ts';
import { ALIGNMENTS, type PlainCommandId } from '../editor/commands/registry.ts';
import styles from './shortcut-list.module.css';

const GROUPS = {
  history: ['undo', 'redo', 'cut', 'copy', 'paste', 'duplicate', 'delete'],
  add: ['quick-add', 'add-note', 'frame-nodes', 'toggle-disabled', 'inspect', 'dismiss'],
  select: [
    'walk-forward',
    'walk-back',
    'walk-up',
    'walk-down',
    'select-all',
    'select-onward',
    'select-back',
    'nudge-left',
    'nudge-right',
    'nudge-up',
    'nudge-down',
  ],
  arrange: ['tidy-up', ...ALIGNMENTS],
  view: ['find', 'zoom-in', 'zoom-out', 'actual-size', 'fit', 'begin', 'outline', 'shortcut-list'],
} as const satisfies Record<string, readonly PlainCommandId[]>;
type Group = keyof typeof GROUPS;
const GROUP_NAMES = Object.keys(GROUPS) as Group[];
const MOUSE = ['menu', 'box', 'many', 'pan', 'wheel'] as const;

/** Every key of the canvas; opened by "?". */
export function ShortcutList() {
  const isOpen = useEditorState(({ session }) => session.isShortcutListOpen);
  return isOpen && <Shortcuts />;
}

function Shortcuts() {
  const { t } = useTranslation(['canvas', 'editor']);
  const editor = useEditor();
  return (
    <Modal
      open
      centered
      width="min(1120px, 94vw)"
      title={t('canvas:shortcuts.title')}
      footer={null}
      onCancel={() => editor.run('dismiss')}
    >
      <div className={styles.groups}>
        {GROUP_NAMES.map((group) => (
          <section key={group}>
            <h3 className={styles.heading}>{t(`editor:groups.${group}`)}</h3>
            <dl className={styles.list}>
              {GROUPS[group].map((command) => (
                <div key={command} className={styles.row}>
                  <dt>{t(`editor:commands.${command}`)}</dt>
                  <dd>
                    {shortcutTextsOf(command).map((shortcut) => (
                      <kbd key={shortcut} className={styles.key}>
                        {shortcut}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3 className={styles.heading}>{t('canvas:shortcuts.mouse')}</h3>
          <ul className={styles.list}>
            {MOUSE.map((key) => (
              <li key={key} className={styles.row}>
                {t(`canvas:shortcuts.${key}`)}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Modal>
  );
}
