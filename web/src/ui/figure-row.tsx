import type { ReactNode } from 'react';
import styles from './figure-row.module.css';

export interface Figure {
  name: string;
  value: ReactNode;
  /** The comparison or share that gives the figure its meaning. */
  note?: ReactNode;
}

/** A few key figures side by side, each under its name. */
export function FigureRow({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={styles.row}>
      {figures.map(({ name, value, note }) => (
        <div key={name} className={styles.figure}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
          {note && <dd className={styles.note}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
