import { EditOutlined, EyeOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../ui/loading.tsx';
import type { WidgetProps } from '../widget.ts';
import styles from './code-widget.module.css';

// CodeMirror is large and most visits never open it.
const CodeField = lazy(async () => ({ default: (await import('../code-field.tsx')).CodeField }));

/** JavaScript: as it stands in the form, and in a large editor when it is opened. */
export function CodeWidget({ id, texts, value, isDisabled, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation('inspector');
  const [isOpen, setOpen] = useState(false);
  const source = typeof value === 'string' ? value : '';
  const label = isDisabled ? t('code.read') : t('code.edit');
  const close = () => setOpen(false);
  return (
    <div className={styles.body}>
      {source !== '' && <pre className={styles.excerpt}>{source}</pre>}
      <Button
        id={id}
        aria-label={label}
        icon={isDisabled ? <EyeOutlined aria-hidden /> : <EditOutlined aria-hidden />}
        aria-describedby={describedBy}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      {isOpen && (
        <Modal
          open
          centered
          width="min(1000px, 96vw)"
          title={texts.label}
          onCancel={close}
          footer={
            <Button type="primary" onClick={close}>
              {t('code.done')}
            </Button>
          }
        >
          {texts.help && <p className={styles.help}>{texts.help}</p>}
          <div className={styles.editor}>
            <Suspense fallback={<Loading />}>
              <CodeField
                language="javascript"
                label={texts.label}
                text={source}
                isReadOnly={isDisabled}
                onChange={onChange}
              />
            </Suspense>
          </div>
        </Modal>
      )}
    </div>
  );
}
