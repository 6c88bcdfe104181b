import { api, type ImportJob } from '@sluice/shared/http-api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../http/call.ts';
import { csvOf, saveFile } from '../../ui/csv.ts';
import { useRejectionText } from './use-rejection-text.ts';

/** Gathers all rejected rows page by page and saves them as CSV; the reasons are in the language on screen. */
export function useRejectionsDownload(job: ImportJob) {
  const { t } = useTranslation('data');
  const textOf = useRejectionText();
  const [gathered, setGathered] = useState(0);
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  const gather = async () => {
    const head = [t('result.line'), t('result.reason'), t('result.column'), t('result.value'), t('result.raw')];
    const rows: (string | number | null)[][] = [head];
    let after: string | null = null;
    do {
      const query: { limit: number; after?: string } = { limit: 200, ...(after ? { after } : {}) };
      const page = await call(api.data.listRejections, { params: { importId: job.id }, query });
      for (const row of page.items) rows.push([row.line, textOf(row), row.column, row.value, row.raw]);
      setGathered(rows.length - 1);
      after = page.next;
    } while (after);
    saveFile(`${job.fileName.replace(/\.[^.]+$/, '')}-rejected.csv`, csvOf(rows));
  };

  const start = () => {
    setError(null);
    setGathered(0);
    setRunning(true);
    gather()
      .catch((error: unknown) => setError(error instanceof Error ? error : new Error(String(error))))
      .finally(() => setRunning(false));
  };
  return { start, isRunning, gathered, error };
}
