import { Button, Modal, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeField, type CodeHandle } from './code-field.tsx';
import { ProfileSelect, useExamplePerson } from './example-person.tsx';
import { InsertAttribute } from './insert-attribute.tsx';
import styles from './mail-editor.module.css';
import { MailPreview } from './mail-preview.tsx';

interface MailEditorProps {
  subject: string;
  mjml: string;
  isReadOnly: boolean;
  onChange: (mjml: string) => void;
  onClose: () => void;
}

/** MJML on the left, the e-mail it makes on the right, for an example or for a real person. */
export function MailEditor({ subject, mjml, isReadOnly, onChange, onClose }: MailEditorProps) {
  const { t } = useTranslation('inspector');
  const code = useRef<CodeHandle>(null);
  const [isPhone, setPhone] = useState(false);
  const [profileId, setProfileId] = useState(useExamplePerson()?.id);
  return (
    <Modal
      open
      centered
      width="min(1600px, 96vw)"
      title={t('mail.title')}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('mail.done')}
        </Button>
      }
    >
      <div className={styles.bar}>
        {!isReadOnly && <InsertAttribute onInsert={(liquid) => code.current?.insert(liquid)} />}
        <span className={styles.space} />
        <ProfileSelect
          className={styles.profile}
          label={t('mail.profile')}
          placeholder={t('mail.example')}
          value={profileId}
          onChange={setProfileId}
        />
        <Segmented<boolean>
          aria-label={t('mail.preview')}
          value={isPhone}
          options={[
            { value: false, label: t('mail.desktop') },
            { value: true, label: t('mail.phone') },
          ]}
          onChange={setPhone}
        />
      </div>
      <div className={styles.sides}>
        <CodeField
          ref={code}
          language="mjml"
          label={t('mail.title')}
          text={mjml}
          isReadOnly={isReadOnly}
          onChange={onChange}
        />
        <MailPreview subject={subject} mjml={mjml} profileId={profileId} isPhone={isPhone} />
      </div>
    </Modal>
  );
}
