import type { ReactNode } from 'react';
import styles from './removable-row.module.css';
import { RemoveButton } from './remove-button.tsx';

interface RemovableRowProps {
  /** What the button is read out as: it names what goes. */
  removeLabel: string;
  onRemove: () => void;
  children: ReactNode;
}

/** The fields of one entry on one line, with the button that takes it out at their end. */
export function RemovableRow({ removeLabel, onRemove, children }: RemovableRowProps) {
  return (
    <div className={styles.row}>
      {children}
      <RemoveButton label={removeLabel} onClick={onRemove} />
    </div>
  );
}
