import { api, type ImportJob } from '@sluice/shared/http-api';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../../access/session.ts';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import { targetOf } from './target-draft.ts';

/** Takes an import back, once it is clear what that means. */
export function UndoImport({ job }: { job: ImportJob }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const now = useNow();
  const mayUndo = useHasRole('administrator', 'operator', 'developer');
  const [isAsking, setAsking] = useState(false);
  const undo = useChange(api.data.undoImport, [api.data.getImport, api.data.listImports]);
  const { undoUntil, mapping } = job;
  if (!mayUndo || undoUntil === null || mapping === null || Date.parse(undoUntil) < now) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('undo.open')}</Button>
      <Modal
        open={isAsking}
        title={t('undo.title')}
        okText={t('undo.confirm')}
        cancelText={t('undo.keep')}
        okButtonProps={{ danger: true, loading: undo.isPending }}
        onOk={() => undo.mutate({ params: { importId: job.id } }, { onSuccess: () => setAsking(false) })}
        onCancel={() => setAsking(false)}
      >
        <p>{t(`undo.text.${targetOf(mapping)}`, { rows: format.count(job.rowsImported) })}</p>
        {undo.error && <ErrorPanel error={undo.error} />}
      </Modal>
    </>
  );
}
