import type { ImportJob, RejectionCode } from '@sluice/shared/http-api';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Figure, FigureRow } from '../../ui/figure-row.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { NO_FIGURE } from '../../ui/format/format-number.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { ApiError } from '../../http/api-error.ts';
import { RejectionsTable } from './rejections-table.tsx';
import styles from './result-step.module.css';
import { UndoImport } from './undo-import.tsx';
import { UndoResult } from './undo-result.tsx';

/** Last step: what came in, what did not and why; and a way back. */
export function ResultStep({ job }: { job: ImportJob }) {
  const { t } = useTranslation('data');
  const figures = useFigures(job);
  const errorText = useErrorText();
  const failure = job.failure && errorText(new ApiError({ code: job.failure, message: job.failure, status: 422 }));
  const audience = job.mapping?.members?.audience;
  const isUndone = job.status === 'undone' || job.status === 'undoing';
  return (
    <>
      {failure && <Alert type="error" showIcon title={t('result.failed', { failure })} />}
      {job.status === 'cancelled' && <Alert type="info" showIcon title={t('result.cancelled')} />}
      {isUndone && <UndoResult job={job} />}
      <FigureRow figures={figures} />
      <div className={styles.actions}>
        {job.rowsImported > 0 && !isUndone && (
          <LinkButton type="primary" to={audience === undefined ? '/data/profiles' : `/audiences/${audience}`}>
            {t(audience === undefined ? 'result.profiles' : 'result.audience')}
          </LinkButton>
        )}
        <LinkButton to="/data/imports/new">{t('result.another')}</LinkButton>
        <UndoImport job={job} />
      </div>
      {job.rowsRejected > 0 && <RejectionsTable job={job} />}
      {job.rowsRejected === 0 && job.status === 'done' && <p>{t('result.none')}</p>}
    </>
  );
}

function useFigures(job: ImportJob): Figure[] {
  const { t } = useTranslation('data');
  const format = useFormat();
  const share = (rows: number) => format.share(rows, job.rowsRead);
  const finished = { name: t('result.finished'), value: job.finishedAt ? <Moment at={job.finishedAt} /> : NO_FIGURE };
  const read = { name: t('result.read'), value: format.count(job.rowsRead) };
  const rejected = (name: string, rows: number): Figure => ({ name, value: format.count(rows), note: share(rows) });
  if (!job.mapping?.members)
    return [
      { name: t('result.imported'), value: format.count(job.rowsImported) },
      rejected(t('result.rejected'), job.rowsRejected),
      read,
      finished,
    ];
  const by = (code: RejectionCode) => job.rejectedBy[code] ?? 0;
  const others = job.rowsRejected - by('id-unknown') - by('id-duplicate');
  return [
    { name: t('members.matched'), value: format.count(job.rowsImported), note: share(job.rowsImported) },
    rejected(t('members.unknown'), by('id-unknown')),
    rejected(t('members.duplicate'), by('id-duplicate')),
    ...(others > 0 ? [rejected(t('members.otherwise'), others)] : []),
    read,
    finished,
  ];
}
