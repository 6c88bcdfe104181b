import type { ImportJob } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format/use-format.ts';
import { StatusTag, type StatusTone } from '../../ui/status-tag.tsx';

const TONES: Record<ImportJob['status'], StatusTone> = {
  uploaded: 'waiting',
  running: 'active',
  done: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  undoing: 'active',
  undone: 'quiet',
};

export function ImportStatus({ job }: { job: ImportJob }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  // It came to its end, and yet nothing of the file is there.
  if (job.status === 'done' && job.rowsImported === 0 && job.rowsRejected > 0)
    return <StatusTag tone="waiting" text={t('imports.allRejected')} />;
  const share = job.status === 'running' ? ` ${format.share(job.progress, 1)}` : '';
  return <StatusTag tone={TONES[job.status]} text={`${t(`imports.status.${job.status}`)}${share}`} />;
}
