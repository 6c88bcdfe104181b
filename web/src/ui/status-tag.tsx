import styles from './status-tag.module.css';

/** active: it moves by itself; waiting: a person must do something; bad: failure only. */
export type StatusTone = 'active' | 'good' | 'waiting' | 'bad' | 'quiet';

/** A state as a dot and a word; the word alone suffices without colour. */
export function StatusTag({ tone, text }: { tone: StatusTone; text: string }) {
  return (
    <span className={styles.status} data-tone={tone} title={text}>
      {text}
    </span>
  );
}
