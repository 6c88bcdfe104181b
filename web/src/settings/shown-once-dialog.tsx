import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './shown-once-dialog.module.css';

interface ShownOnceDialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Shows a secret this once. Only its button closes it. */
export function ShownOnceDialog({ title, onClose, children }: ShownOnceDialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      open
      width={640}
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('writeKeys.done')}
        </Button>
      }
    >
      <div className={styles.body}>{children}</div>
    </Modal>
  );
}
