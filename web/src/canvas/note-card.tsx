import { ArrowsAltOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons';
import type { GraphNote } from '@sluice/shared/graph';
import {
  type KeyboardEvent,
  type MouseEvent as ReactMouseEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { ColourChoice } from '../editing/colour-choice.tsx';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import type { PlainCommandId } from '../editor/commands/registry.ts';
import { GRID, type Point } from '../editor/placement.ts';
import styles from './note-card.module.css';
import { useNoteDrag } from './use-note-drag.ts';

const STEPS = {
  ArrowLeft: 'nudge-left',
  ArrowRight: 'nudge-right',
  ArrowUp: 'nudge-up',
  ArrowDown: 'nudge-down',
} as const satisfies Record<string, PlainCommandId>;
const GROWTH: Readonly<Record<keyof typeof STEPS, Point>> = {
  ArrowLeft: { x: -GRID, y: 0 },
  ArrowRight: { x: GRID, y: 0 },
  ArrowUp: { x: 0, y: -GRID },
  ArrowDown: { x: 0, y: GRID },
};
const STILL: Point = { x: 0, y: 0 };
/** Presses on these are not about the note as a whole. */
const CONTROLS = 'button:not([data-grip])';

/** A note with its words, or a frame with its title; selected, moved and resized with the mouse or with the arrow keys. */
export function NoteCard({ note, surface }: { note: GraphNote; surface: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const isSelected = useEditorState(({ session }) => session.selection.notes.includes(note.id));
  const isFresh = useEditorState(({ session }) => session.freshNote === note.id);
  const [growth, setGrowth] = useState(STILL);
  const grip = useRef<HTMLButtonElement>(null);
  const words = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const write = () => words.current?.focus({ preventScroll: true });
  const hold = () => grip.current?.focus({ preventScroll: true });
  useEffect(() => {
    if (isFresh) words.current?.focus({ preventScroll: true });
  }, [isFresh]);
  const drag = useNoteDrag(note, surface, { grow: setGrowth, write, hold });
  const isFrame = note.form === 'frame';
  const name = isFrame ? t('notes.frame', { title: note.text }) : t('notes.note');
  const onArrow = (act: (key: keyof typeof STEPS) => void) => (event: KeyboardEvent) => {
    if (!isArrow(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    act(event.key);
  };

  /** Until the words are opened, a press on them is one on the note: the browser would put the keyboard there. */
  const isOnNote = ({ target }: ReactMouseEvent) =>
    !isReadOnly && target instanceof Element && !target.closest(CONTROLS) && target !== document.activeElement;

  /** Whatever of it the keyboard is on, it is this note that keys are about. */
  function select(): void {
    if (!editor.store.getState().session.selection.notes.includes(note.id))
      editor.run('select-note', { note: note.id });
  }

  function leaveWords(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    hold();
  }

  return (
    <section
      className={`${styles.note} nodrag nowheel ${isReadOnly ? '' : 'nopan'}`}
      data-note={note.id}
      data-selected={isSelected}
      data-form={note.form}
      data-colour={note.colour ?? (isFrame ? 'grey' : 'amber')}
      aria-label={name}
      style={{
        left: note.position.x,
        top: note.position.y,
        width: note.size.width + growth.x,
        height: note.size.height + growth.y,
      }}
      onPointerDown={(event) => isOnNote(event) && drag.onPress(event)}
      onMouseDown={(event) => isOnNote(event) && event.preventDefault()}
      onFocus={select}
    >
      <header className={styles.bar}>
        {!isReadOnly && (
          <button
            type="button"
            className={styles.tool}
            data-grip
            aria-label={t('notes.move')}
            title={t('notes.move')}
            ref={grip}
            aria-pressed={isSelected}
            onKeyDown={onArrow((key) => editor.run(STEPS[key]))}
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
            onKeyDown={leaveWords}
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
          onKeyDown={leaveWords}
          onBlur={() => editor.run('end-gesture')}
        />
      )}
      {!isReadOnly && (
        <button
          type="button"
          className={`${styles.tool} ${styles.corner}`}
          aria-label={t('notes.resize')}
          title={t('notes.resize')}
          onPointerDown={drag.onPressCorner}
          onKeyDown={onArrow((key) => editor.run('resize-note', { note: note.id, grow: GROWTH[key] }))}
        >
          <ArrowsAltOutlined rotate={90} aria-hidden />
        </button>
      )}
    </section>
  );
}

function isArrow(key: string): key is keyof typeof STEPS {
  return key in STEPS;
}
