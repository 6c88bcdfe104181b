import {
  AppstoreAddOutlined,
  ExpandOutlined,
  MinusOutlined,
  PlusOutlined,
  QuestionCircleOutlined,
  FileTextOutlined,
  GroupOutlined,
  SearchOutlined,
  SortAscendingOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { useViewport } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../editing/command-button.tsx';
import { useEditorState } from '../editing/editor-context.tsx';
import { UndoButtons } from '../editing/undo-buttons.tsx';
import styles from './canvas-tools.module.css';

/** The commands that are wanted at every moment, above the drawing. */
export function CanvasTools() {
  const { t } = useTranslation('canvas');
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const isOutline = useEditorState(({ session }) => session.view === 'outline');
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('toolbar')}>
      {!isReadOnly && (
        <>
          <UndoButtons />
          <CommandButton command="quick-add" icon={<AppstoreAddOutlined aria-hidden />} />
          <CommandButton command="add-note" icon={<FileTextOutlined aria-hidden />} />
          <CommandButton command="frame-nodes" icon={<GroupOutlined aria-hidden />} />
          <CommandButton command="tidy-up" icon={<SortAscendingOutlined rotate={90} />} />
        </>
      )}
      <CommandButton command="find" icon={<SearchOutlined aria-hidden />} />
      <CommandButton command="outline" icon={<UnorderedListOutlined aria-hidden />} isPressed={isOutline} />
      <CommandButton command="shortcut-list" icon={<QuestionCircleOutlined aria-hidden />} />
    </div>
  );
}

export function ZoomTools() {
  const { t } = useTranslation('canvas');
  const { zoom } = useViewport();
  return (
    <div className={`${styles.tools} ${styles.zoom}`} role="toolbar" aria-label={t('zoom')}>
      <CommandButton command="zoom-out" icon={<MinusOutlined aria-hidden />} />
      <span className={styles.percent}>{Math.round(zoom * 100)} %</span>
      <CommandButton command="zoom-in" icon={<PlusOutlined aria-hidden />} />
      <CommandButton command="fit" icon={<ExpandOutlined aria-hidden />} />
    </div>
  );
}
