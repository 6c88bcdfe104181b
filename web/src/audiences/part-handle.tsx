import { HolderOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditorFacts } from './editor-context.ts';
import { PartContext } from './part-actions.tsx';
import styles from './part-handle.module.css';
import { handleIdOf, useRearranging } from './use-rearranging.ts';

/** Takes a part to another place: dragged by a pointer, or step by step with the arrow keys. */
export function PartHandle({ name }: { name: string }) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const part = useContext(PartContext);
  const rearranging = useRearranging();
  if (isDisabled || !part || !rearranging) return null;
  const { path } = part;
  return (
    <Button
      type="text"
      size="small"
      className={styles.handle ?? ''}
      icon={<HolderOutlined aria-hidden />}
      aria-label={t('movePart', { name })}
      aria-keyshortcuts="ArrowUp ArrowDown"
      title={t('moveHelp')}
      data-handle={handleIdOf(path)}
      draggable
      onDragStart={(event) => {
        event.stopPropagation();
        event.dataTransfer.effectAllowed = 'move';
        // Firefox drags nothing that carries nothing; of this kind no field takes it.
        event.dataTransfer.setData('application/x-condition', name);
        const shown = event.currentTarget.closest('li');
        if (shown) event.dataTransfer.setDragImage(shown, 16, 16);
        // After the browser has taken its picture of the part, which is dimmed from then on.
        requestAnimationFrame(() => rearranging.begin(path));
      }}
      onDragEnd={rearranging.end}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        rearranging.step(path, event.key === 'ArrowUp' ? -1 : 1);
      }}
    />
  );
}
