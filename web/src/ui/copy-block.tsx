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
      <pre className={styles.text} aria-label={label}>
        {text}
      </pre>
      <Button
        type="text"
        size="small"
        icon={isCopied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
        onClick={() => void copy()}
      >
        {t(isCopied ? 'copied' : 'copy')}
      </Button>
    </div>
  );
}
