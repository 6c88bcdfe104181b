import { InboxOutlined } from '@ant-design/icons';
import { api, type ImportJob } from '@sluice/shared/http-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Progress, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { uploadFile } from '../../http/upload.ts';
import { keyOf } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Page } from '../../ui/page.tsx';
import { ImportSteps } from './import-steps.tsx';
import styles from './upload-page.module.css';

/** First step: choose a file. The answer is an import whose page goes on with the mapping. */
export function UploadPage() {
  const { t } = useTranslation(['data', 'ui']);
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const abort = useRef<AbortController | null>(null);
  const upload = useMutation({
    mutationFn: (file: File): Promise<ImportJob> => {
      abort.current = new AbortController();
      setShare(0);
      return uploadFile(api.data.uploadImport, file, { onProgress: setShare, signal: abort.current.signal });
    },
    onSuccess: (job) => {
      client.setQueryData(keyOf(api.data.getImport, { params: { importId: job.id } }), job);
      void client.invalidateQueries({ queryKey: keyOf(api.data.listImports) });
      void navigate({ pathname: `/data/imports/${job.id}`, search: params.toString() }, { replace: true });
    },
  });
  const isCancelled = upload.error?.name === 'AbortError';
  return (
    <Page title={t(params.get('to') === 'members' ? 'upload.membersTitle' : 'upload.title')}>
      <ImportSteps current={0} />
      {upload.error && !isCancelled && <ErrorPanel error={upload.error} />}
      {upload.isPending ? (
        <div className={styles.sending} role="status">
          <p>{t(share < 1 ? 'upload.sending' : 'upload.reading', { name: upload.variables.name })}</p>
          <Progress percent={Math.round(share * 100)} status="active" />
          <Button onClick={() => abort.current?.abort()}>{t('upload.cancel')}</Button>
        </div>
      ) : (
        <Upload.Dragger
          accept=".csv,.tsv,.txt,.xlsx,.ndjson,.jsonl,text/csv,text/tab-separated-values"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            upload.mutate(file);
            return false;
          }}
        >
          <p className={styles.icon}>
            <InboxOutlined aria-hidden />
          </p>
          <p className={styles.drop}>{t('upload.drop')}</p>
          <p className={styles.help}>{t('upload.help')}</p>
        </Upload.Dragger>
      )}
    </Page>
  );
}
