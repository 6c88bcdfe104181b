import { EditOutlined, EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../ui/loading.tsx';
import { useExamplePerson } from '../example-person.tsx';
import { MailPreview } from '../mail-preview.tsx';
import type { WidgetProps } from '../widget.ts';
import styles from './mjml-widget.module.css';

// CodeMirror is large and most visits never open it.
const MailEditor = lazy(async () => ({ default: (await import('../mail-editor.tsx')).MailEditor }));

/** The body of an e-mail: a small picture in the form, and a large editor with a live preview beside it. */
export function MjmlWidget({ id, value, params, isDisabled, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation('inspector');
  const [isOpen, setOpen] = useState(false);
  const mjml = typeof value === 'string' ? value : '';
  const subject = typeof params['subject'] === 'string' ? params['subject'] : '';
  return (
    <div className={styles.body}>
      <MailPreview isSmall subject={subject} mjml={mjml} profileId={useExamplePerson()?.id} />
      <Button
        id={id}
        aria-label={isDisabled ? t('mail.read') : t('mail.edit')}
        icon={isDisabled ? <EyeOutlined aria-hidden /> : <EditOutlined aria-hidden />}
        aria-describedby={describedBy}
        onClick={() => setOpen(true)}
      >
        {isDisabled ? t('mail.read') : t('mail.edit')}
      </Button>
      {isOpen && (
        <Suspense fallback={<Loading />}>
          <MailEditor
            subject={subject}
            mjml={mjml}
            isReadOnly={isDisabled}
            onChange={onChange}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
