import type { api, ReplyOf } from '@sluice/shared/http-api';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyBlock } from '../ui/copy-block.tsx';
import { exampleCall, websiteSnippet } from './example-call.ts';
import styles from './new-key-dialog.module.css';

interface NewKeyDialogProps {
  created: ReplyOf<typeof api.access.createWriteKey>;
  onClose: () => void;
}

/** Shows a new key this once, with a call that can be pasted into a terminal. Only its button closes it. */
export function NewKeyDialog({ created, onClose }: NewKeyDialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      open
      width={640}
      title={t('writeKeys.shownTitle')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('writeKeys.done')}
        </Button>
      }
    >
      <div className={styles.body}>
        <p>{t('writeKeys.shownText')}</p>
        <CopyBlock label={t('writeKeys.key', { name: created.writeKey.name })} text={created.key} />
        <p>{t('writeKeys.website')}</p>
        <CopyBlock label={t('writeKeys.website')} text={websiteSnippet(window.location.origin, created.key)} />
        <p>{t('writeKeys.example')}</p>
        <CopyBlock label={t('writeKeys.example')} text={exampleCall(window.location.origin, created.key)} />
      </div>
    </Modal>
  );
}
