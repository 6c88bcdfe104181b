import styles from './brand-mark.module.css';

/** Two streams in a channel: the sign of the product. */
export function BrandMark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
      <rect className={styles.ground} width="32" height="32" rx="7" />
      <path className={styles.stream} d="M7 12c4-4 7-4 11 0s6 4 8 1M7 20c4-4 7-4 11 0s6 4 8 1" />
    </svg>
  );
}
