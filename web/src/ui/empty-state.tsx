import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  text?: ReactNode;
  /** The next step. */
  action?: ReactNode;
  /** There is nothing else on the page, which needs a heading all the same. */
  isWholePage?: boolean;
}

export function EmptyState({ icon, title, text, action, isWholePage = false }: EmptyStateProps) {
  const Title = isWholePage ? 'h1' : 'p';
  return (
    <div className={styles.empty}>
      {icon && (
        <span className={styles.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Title className={styles.title}>{title}</Title>
      {text && <p className={styles.text}>{text}</p>}
      {action}
    </div>
  );
}
