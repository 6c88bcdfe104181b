import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import styles from './flow-header.module.css';

interface HeaderButtonProps {
  icon: ReactNode;
  name: string;
  onClick: () => void;
}

/** A secondary action of the header: its name gives way to the icon where the window is narrow. */
export function HeaderButton({ icon, name, onClick }: HeaderButtonProps) {
  return (
    <Tooltip title={name}>
      <Button className={styles.action ?? ''} icon={icon} aria-label={name} onClick={onClick}>
        <span className={styles.wideOnly}>{name}</span>
      </Button>
    </Tooltip>
  );
}
