import { CaretDownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from './editor-context.tsx';
import styles from './history-menu.module.css';
import { useEntryName } from './use-entry-name.ts';

const MOST = 20;

/** The last entries of the history by name, the latest first; choosing one takes back everything down to it. */
export function HistoryMenu() {
  const { t } = useTranslation('editor');
  const editor = useEditor();
  const nameOf = useEntryName();
  const past = useEditorState(({ history }) => history.past);
  const latest = past.slice(-MOST).toReversed();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        className: styles.menu ?? '',
        items: latest.map(({ name }, index) => ({ key: String(index), label: nameOf(name) })),
        onClick: ({ key }) => {
          for (let index = 0; index <= Number(key); index++) editor.run('undo');
        },
      }}
    >
      <Button
        type="text"
        className={styles.open ?? ''}
        icon={<CaretDownOutlined aria-hidden />}
        aria-label={t('undoTo')}
        title={t('undoTo')}
        disabled={latest.length === 0}
      />
    </Dropdown>
  );
}
