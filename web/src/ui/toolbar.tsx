import type { ReactNode } from 'react';
import styles from './toolbar.module.css';

/** The line of search, filters and column choice above a table. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={styles.toolbar}>{children}</div>;
}
