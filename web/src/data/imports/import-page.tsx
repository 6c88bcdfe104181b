import { api, type ImportJob } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { ImportSteps } from './import-steps.tsx';
import { MappingStep } from './mapping-step.tsx';
import { ProgressStep } from './progress-step.tsx';
import { ResultStep } from './result-step.tsx';

const POLL_MS = 700;
const STEPS = { uploaded: 1, running: 2, done: 3, failed: 3, cancelled: 3, undoing: 3, undone: 3 } as const;

/** One import, at whatever step it stands: mapping, running, result. */
export function ImportPage() {
  const { t } = useTranslation('data');
  const { importId = '' } = useParams();
  const input = { params: { importId } };
  const current = useReply(api.data.getImport, input);
  const isRunning = current.data?.status === 'running' || current.data?.status === 'undoing';
  const job = useReply(api.data.getImport, input, { refetchInterval: isRunning ? POLL_MS : false });
  if (job.isPending) return <Loading />;
  if (!job.data) {
    return (
      <Page title={t('upload.title')}>
        <ErrorPanel error={job.error} onRetry={() => void job.refetch()} />
      </Page>
    );
  }
  const status = job.data.status;
  return (
    <Page title={job.data.fileName}>
      <ImportSteps
        current={STEPS[status]}
        {...(status === 'failed'
          ? { status: 'error' as const }
          : status === 'done'
            ? { status: 'finish' as const }
            : {})}
      />
      <Step job={job.data} asOfMs={job.dataUpdatedAt} />
    </Page>
  );
}

function Step({ job, asOfMs }: { job: ImportJob; asOfMs: number }) {
  if (job.status === 'uploaded' && job.preview) return <MappingStep job={job} preview={job.preview} />;
  if (job.status === 'running') return <ProgressStep job={job} asOfMs={asOfMs} />;
  return <ResultStep job={job} />;
}
