import { CloseOutlined, DownOutlined, SearchOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { findNodes } from '../editor/find-nodes.ts';
import styles from './find-box.module.css';

/** Finds nodes by their names and settings and leads from one to the next. */
export function FindBox() {
  const isOpen = useEditorState(({ session }) => session.isFindOpen);
  return isOpen && <Find />;
}

function Find() {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const words = useNodeWords();
  const document = useEditorState((state) => state.document);
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const wordsOf = (id: string) => {
    const node = document.nodes[id];
    return node ? [words.titleOf(node), words.kindTitleOf(node.kind), words.summaryOf(node)] : [];
  };
  const found = findNodes(document, wordsOf, text);

  function show(ids: readonly string[], at: number): void {
    const place = ids.length === 0 ? 0 : (at + ids.length) % ids.length;
    setIndex(place);
    const node = ids[place];
    if (node !== undefined) editor.run('reveal', { node });
  }

  function hear(event: KeyboardEvent): void {
    if (event.key === 'Enter') show(found, index + (event.shiftKey ? -1 : 1));
    else if (event.key === 'Escape') editor.run('close-find');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <search className={styles.box} aria-label={t('find.label')} data-keeps-focus onKeyDown={hear}>
      <Input
        autoFocus
        variant="borderless"
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('find.placeholder')}
        aria-label={t('find.label')}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          show(findNodes(document, wordsOf, target.value), 0);
        }}
      />
      <span className={styles.place} role="status">
        {text.trim() !== '' &&
          (found.length === 0
            ? t('find.none')
            : t('find.place', { index: Math.min(index, found.length - 1) + 1, count: found.length }))}
      </span>
      <Button
        type="text"
        size="small"
        icon={<UpOutlined aria-hidden />}
        aria-label={t('find.previous')}
        disabled={found.length === 0}
        onClick={() => show(found, index - 1)}
      />
      <Button
        type="text"
        size="small"
        icon={<DownOutlined aria-hidden />}
        aria-label={t('find.next')}
        disabled={found.length === 0}
        onClick={() => show(found, index + 1)}
      />
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t('find.close')}
        onClick={() => editor.run('close-find')}
      />
    </search>
  );
}
