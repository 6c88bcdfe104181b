import { ArrowsAltOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons';
import type { GraphNote } from '@sluice/shared/graph';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ColourChoice } from '../editing/colour-choice.tsx';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { GRID, type Point } from '../editor/placement.ts';
import styles from './note-card.module.css';
import { type Shift, useNoteDrag } from './use-note-drag.ts';

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -GRID, y: 0 },
  ArrowRight: { x: GRID, y: 0 },
  ArrowUp: { x: 0, y: -GRID },
  ArrowDown: { x: 0, y: GRID },
};
const STILL: Shift = { by: { x: 0, y: 0 }, grow: { x: 0, y: 0 } };

/** A note with its words, or a frame with its title; moved and resized with the mouse or with the arrow keys. */
export function NoteCard({ note, surface }: { note: GraphNote; surface: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const [shift, setShift] = useState(STILL);
  const words = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const isFresh = useEditorState(({ session }) => session.freshNote === note.id);
  useEffect(() => {
    if (isFresh) words.current?.focus({ preventScroll: true });
  }, [isFresh]);
  const drag = useNoteDrag(note, surface, setShift);
  const isFrame = note.form === 'frame';
  const name = isFrame ? t('notes.frame', { title: note.text }) : t('notes.note');
  const place = (change: Partial<Shift>) => editor.run('place-note', { note: note.id, ...STILL, ...change });
  const hear = (change: (step: Point) => Partial<Shift>) => (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    place(change(step));
  };
  return (
    <section
      className={`${styles.note} nodrag nopan nowheel`}
      data-form={note.form}
      data-colour={note.colour ?? (isFrame ? 'grey' : 'amber')}
      aria-label={name}
      style={{
        left: note.position.x + shift.by.x,
        top: note.position.y + shift.by.y,
        width: note.size.width + shift.grow.x,
        height: note.size.height + shift.grow.y,
      }}
    >
      <header className={styles.bar}>
        {!isReadOnly && (
          <button
            type="button"
            className={styles.tool}
            data-grip
            aria-label={t('notes.move')}
            title={t('notes.move')}
            onPointerDown={(event) => drag(event, 'by')}
            onKeyDown={hear((by) => ({ by }))}
          >
            <HolderOutlined aria-hidden />
          </button>
        )}
        {isFrame && (
          <input
            ref={words}
            className={styles.title}
            aria-label={t('notes.title')}
            placeholder={isReadOnly ? '' : t('notes.title')}
            maxLength={200}
            readOnly={isReadOnly}
            value={note.text}
            onChange={({ target }) => editor.run('edit-note', { note: note.id, text: target.value })}
            onBlur={() => editor.run('end-gesture')}
          />
        )}
        {!isReadOnly && (
          <div className={styles.tools}>
            <ColourChoice
              label={t('notes.colour')}
              value={note.colour}
              onChange={(colour) => editor.run('edit-note', { note: note.id, colour: colour ?? null })}
            />
            <button
              type="button"
              className={styles.tool}
              aria-label={t('notes.delete')}
              title={t('notes.delete')}
              onClick={() => editor.run('delete-note', { note: note.id })}
            >
              <DeleteOutlined aria-hidden />
            </button>
          </div>
        )}
      </header>
      {!isFrame && (
        <textarea
          ref={words}
          className={styles.text}
          aria-label={t('notes.text')}
          placeholder={isReadOnly ? '' : t('notes.write')}
          maxLength={2000}
          readOnly={isReadOnly}
          value={note.text}
          onChange={({ target }) => editor.run('edit-note', { note: note.id, text: target.value })}
          onBlur={() => editor.run('end-gesture')}
        />
      )}
      {!isReadOnly && (
        <button
          type="button"
          className={`${styles.tool} ${styles.corner}`}
          aria-label={t('notes.resize')}
          title={t('notes.resize')}
          onPointerDown={(event) => drag(event, 'grow')}
          onKeyDown={hear((grow) => ({ grow }))}
        >
          <ArrowsAltOutlined rotate={90} aria-hidden />
        </button>
      )}
    </section>
  );
}
