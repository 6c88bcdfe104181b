import type { ImportJob } from '@sluice/shared/http-api';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { FigureRow } from '../../ui/figure-row.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { NO_FIGURE } from '../../ui/format/format-number.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { ApiError } from '../../http/api-error.ts';
import { RejectionsTable } from './rejections-table.tsx';
import styles from './result-step.module.css';

/** Last step: what came in, what did not and why. */
export function ResultStep({ job }: { job: ImportJob }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const errorText = useErrorText();
  const failure = job.failure && errorText(new ApiError({ code: job.failure, message: job.failure, status: 422 }));
  return (
    <>
      {failure && <Alert type="error" showIcon title={t('result.failed', { failure })} />}
      {job.status === 'cancelled' && <Alert type="info" showIcon title={t('result.cancelled')} />}
      <FigureRow
        figures={[
          { name: t('result.imported'), value: format.count(job.rowsImported) },
          {
            name: t('result.rejected'),
            value: format.count(job.rowsRejected),
            note: format.share(job.rowsRejected, job.rowsRead),
          },
          { name: t('result.read'), value: format.count(job.rowsRead) },
          { name: t('result.finished'), value: job.finishedAt ? <Moment at={job.finishedAt} /> : NO_FIGURE },
        ]}
      />
      <div className={styles.actions}>
        {job.rowsImported > 0 && (
          <LinkButton type="primary" to="/data/profiles">
            {t('result.profiles')}
          </LinkButton>
        )}
        <LinkButton to="/data/imports/new">{t('result.another')}</LinkButton>
      </div>
      {job.rowsRejected > 0 && <RejectionsTable job={job} />}
      {job.rowsRejected === 0 && job.status === 'done' && <p>{t('result.none')}</p>}
    </>
  );
}
