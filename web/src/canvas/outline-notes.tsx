import { DeleteOutlined } from '@ant-design/icons';
import type { GraphNote } from '@sluice/shared/graph';
import { Button, Input, type InputRef } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { distinctTitles } from '../editing/distinct-titles.ts';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { nodesInside } from '../editor/placement.ts';
import { stayNear } from './outline-focus.ts';
import styles from './outline-view.module.css';

/** The notes and frames of the flow as text: read, written and deleted like its nodes (EDIT-4). */
export function OutlineNotes() {
  const { t } = useTranslation('canvas');
  const notes = useEditorState(({ document }) => document.notes);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const ordered = Object.values(notes).toSorted((a, b) => a.position.x - b.position.x || a.position.y - b.position.y);
  if (ordered.length === 0) return null;
  return (
    <section aria-label={t('outline.notes')}>
      <h3 className={styles.subtitle}>{t('outline.notes')}</h3>
      <ul className={styles.lines}>
        {ordered.map((note) => (
          <li key={note.id} className={styles.line}>
            {isReadOnly ? <ReadNote note={note} /> : <WrittenNote note={note} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ReadNote({ note }: { note: GraphNote }) {
  return (
    <div className={styles.note} data-note-form={note.form}>
      <p className={styles.noteText}>{note.text}</p>
      <Around note={note} />
    </div>
  );
}

function WrittenNote({ note }: { note: GraphNote }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const isFresh = useEditorState(({ session }) => session.freshNote === note.id);
  const title = useRef<InputRef>(null);
  const words = useRef<TextAreaRef>(null);
  useEffect(() => {
    if (isFresh) (title.current ?? words.current)?.focus();
  }, [isFresh]);
  const field = {
    value: note.text,
    variant: 'borderless' as const,
    onChange: ({ target }: { target: { value: string } }) =>
      editor.run('edit-note', { note: note.id, text: target.value }),
    onFocus: () => editor.run('select-note', { note: note.id }),
    onBlur: () => editor.run('end-gesture'),
  };
  return (
    <div className={styles.note} data-note-form={note.form}>
      <div className={styles.noteHead}>
        {note.form === 'frame' ? (
          <Input ref={title} {...field} aria-label={t('notes.title')} placeholder={t('notes.title')} maxLength={200} />
        ) : (
          <Input.TextArea
            ref={words}
            {...field}
            aria-label={t('notes.text')}
            placeholder={t('notes.write')}
            maxLength={2000}
            autoSize
          />
        )}
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={note.form === 'frame' ? t('outline.deleteFrame', { title: note.text }) : t('outline.deleteNote')}
          onClick={(event) => {
            stayNear(event.currentTarget);
            editor.run('delete-note', { note: note.id });
          }}
        />
      </div>
      <Around note={note} />
    </div>
  );
}

/** The nodes that lie in a frame. */
function Around({ note }: { note: GraphNote }) {
  const { t } = useTranslation('canvas');
  const { catalog } = useEditor();
  const words = useNodeWords();
  const document = useEditorState((state) => state.document);
  if (note.form !== 'frame') return null;
  const titleOf = distinctTitles(Object.values(document.nodes), words);
  const titles = nodesInside(document, catalog, note).map(({ id }) => titleOf.get(id) ?? id);
  return (
    <p className={styles.around}>
      {titles.length === 0
        ? t('outline.aroundNothing')
        : t('outline.around', { nodes: titles.join(t('outline.comma')) })}
    </p>
  );
}
