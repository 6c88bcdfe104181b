import type { api, ReplyOf } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { CopyBlock } from '../ui/copy-block.tsx';
import { exampleCall, websiteSnippet } from './example-call.ts';
import { ShownOnceDialog } from './shown-once-dialog.tsx';

interface NewKeyDialogProps {
  created: ReplyOf<typeof api.access.createWriteKey>;
  onClose: () => void;
}

/** Shows a new key this once, with a call that can be pasted into a terminal. */
export function NewKeyDialog({ created, onClose }: NewKeyDialogProps) {
  const { t } = useTranslation('settings');
  return (
    <ShownOnceDialog title={t('writeKeys.shownTitle')} onClose={onClose}>
      <p>{t('writeKeys.shownText')}</p>
      <CopyBlock label={t('writeKeys.key', { name: created.writeKey.name })} text={created.key} />
      <p>{t('writeKeys.website')}</p>
      <CopyBlock label={t('writeKeys.website')} text={websiteSnippet(window.location.origin, created.key)} />
      <p>{t('writeKeys.example')}</p>
      <CopyBlock label={t('writeKeys.example')} text={exampleCall(window.location.origin, created.key)} />
    </ShownOnceDialog>
  );
}
