import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './copy-block.module.css';

/** Text to take along: monospaced, selectable, with a copy button. */
export function CopyBlock({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation('ui');
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    // Without a secure context there is no clipboard; the text stays selectable.
    await navigator.clipboard?.writeText(text);
    setCopied(navigator.clipboard !== undefined);
  };
  return (
    <div className={styles.block}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text scrolls by keyboard */}
      <pre className={styles.text} aria-label={label} tabIndex={0}>
        {text}
      </pre>
      <Button
        type="text"
        size="small"
        icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
        onClick={() => void copy()}
      >
        {t(isCopied ? 'copied' : 'copy')}
      </Button>
    </div>
  );
}
