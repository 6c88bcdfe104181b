import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowDocument } from '../editor/flow-document.ts';
import styles from './compare-dialog.module.css';
import { ComparisonView } from './comparison-view.tsx';

export interface Side {
  readonly title: string;
  readonly document: FlowDocument;
}

interface CompareDialogProps {
  from: Side;
  to: Side;
  /** Instead of "what became of `from`". */
  title?: string;
  /** Above the list of differences. */
  children?: ReactNode;
  /** What is done about them; without it there is nothing but looking. */
  apply?: { text: string; isDisabled?: boolean; onApply: () => void };
  onClose: () => void;
}

/** Two versions of a flow as one drawing that shows what was added, changed and removed, with the list beside it. */
export function CompareDialog({ from, to, title, children, apply, onClose }: CompareDialogProps) {
  const { t } = useTranslation('plans');
  return (
    <Modal
      open
      centered
      width="min(1600px, 96vw)"
      title={title ?? t('compare.title', { from: from.title, to: to.title })}
      {...(apply
        ? { okText: apply.text, okButtonProps: { disabled: apply.isDisabled ?? false }, onOk: apply.onApply }
        : { footer: null })}
      onCancel={onClose}
    >
      <div className={styles.surface}>
        <ComparisonView from={from.document} to={to.document}>
          {children}
        </ComparisonView>
      </div>
    </Modal>
  );
}
