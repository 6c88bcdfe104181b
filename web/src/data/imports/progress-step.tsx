import { api, type ImportJob } from '@sluice/shared/http-api';
import { Button, Modal, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import styles from './progress-step.module.css';
import { useRemainingMs } from './use-remaining.ts';

/** Third step: how far it is, how long it will take, and a way to stop. */
export function ProgressStep({ job, asOfMs }: { job: ImportJob; asOfMs: number }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const remainingMs = useRemainingMs(job.progress, asOfMs);
  const cancel = useChange(api.data.cancelImport, [api.data.getImport, api.data.listImports]);
  const imported = format.count(job.rowsImported);
  return (
    <div className={styles.progress}>
      <p className={styles.title}>{t('progress.title', { name: job.fileName })}</p>
      <Progress percent={Math.floor(job.progress * 1000) / 10} status="active" />
      <p aria-live="off">
        {t('progress.rows', {
          read: format.count(job.rowsRead),
          imported,
          rejected: format.count(job.rowsRejected),
        })}
        {remainingMs !== undefined && ` · ${t('progress.remaining', { duration: format.duration(remainingMs) })}`}
      </p>
      <p className={styles.hint}>{t('progress.background')}</p>
      {cancel.error && <ErrorPanel error={cancel.error} />}
      <Button onClick={() => setAsking(true)}>{t('progress.cancel')}</Button>
      <Modal
        open={isAsking}
        title={t('progress.cancelTitle')}
        okText={t('progress.cancel')}
        cancelText={t('progress.goOn')}
        okButtonProps={{ danger: true, loading: cancel.isPending }}
        onOk={() => cancel.mutate({ params: { importId: job.id } }, { onSettled: () => setAsking(false) })}
        onCancel={() => setAsking(false)}
      >
        {t('progress.cancelText', { imported })}
      </Modal>
    </div>
  );
}
