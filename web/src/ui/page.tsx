import type { ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  title: ReactNode;
  /** A tag or a sentence beside the title. */
  status?: ReactNode;
  /** What this page is for, in one line, when the title does not say it. */
  hint?: ReactNode;
  /** At most one primary button among them. */
  actions?: ReactNode;
  /** The surface takes what is left of the window and scrolls inside; otherwise the page scrolls. */
  isFilled?: boolean;
  children: ReactNode;
}

/** Title, status, one primary action, then the working surface: the frame of every page but the canvas. */
export function Page({ title, status, hint, actions, isFilled = false, children }: PageProps) {
  return (
    <div className={styles.page} data-filled={isFilled}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1 className={styles.title}>{title}</h1>
          {status}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
        {hint && <p className={styles.hint}>{hint}</p>}
      </header>
      {children}
    </div>
  );
}
