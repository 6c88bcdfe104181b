import styles from './bar.module.css';

/** A figure with its length beside it; the figure alone suffices. */
export function Bar({ text, share, tone = 'plain' }: { text: string; share: number; tone?: 'plain' | 'strong' }) {
  return (
    <span className={styles.bar}>
      <span className={styles.text}>{text}</span>
      <span className={styles.track} aria-hidden>
        <span
          className={styles.fill}
          data-tone={tone}
          style={{ inlineSize: `${Math.max(0, Math.min(1, share)) * 100}%` }}
        />
      </span>
    </span>
  );
}
