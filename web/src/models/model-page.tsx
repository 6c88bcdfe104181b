import { api, type Model } from '@sluice/shared/http-api';
import { Alert, Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { KeepScores } from './keep-scores.tsx';
import { ModelAudience } from './model-audience.tsx';
import styles from './model-page.module.css';
import { ModelReportView } from './model-report.tsx';
import { ModelState } from './model-state.tsx';
import { RemoveModel } from './remove-model.tsx';
import { RetrainField } from './retrain-field.tsx';

const POLL_MS = 1500;

/** One model: what it is to find, how good it is, and what becomes of its scores. */
export function ModelPage() {
  const { t } = useTranslation('models');
  const { modelId = '' } = useParams();
  const model = useReply(api.models.getModel, { params: { modelId } }, { refetchInterval: POLL_MS });
  if (model.isPending) return <Loading />;
  if (!model.data)
    return (
      <Page title={t('list.title')}>
        <ErrorPanel error={model.error} onRetry={() => void model.refetch()} />
      </Page>
    );
  return <OpenedModel model={model.data} />;
}

function OpenedModel({ model }: { model: Model }) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const format = useFormat();
  const { name, kind, labelSentence, amongSentence, training, trainedAt, scoring, report } = model;
  const isRunning = training.status === 'running';
  return (
    <Page title={name} status={<ModelState training={training} />} actions={<Actions model={model} />}>
      <dl className={styles.about}>
        <dt>{t(kind === 'response' ? 'page.goal' : 'form.seed')}</dt>
        <dd>{labelSentence[language]}</dd>
        <dt>{t('page.among')}</dt>
        <dd>{amongSentence?.[language] ?? t('page.everyone')}</dd>
        <dt>{t('retrain.label')}</dt>
        <dd>
          <RetrainField model={model} />
        </dd>
        {trainedAt && report && (
          <>
            <dt>{t('figures.trained')}</dt>
            <dd>
              <Moment at={trainedAt} />, {t('figures.trainedNote', { duration: format.duration(report.trainedInMs) })}
            </dd>
          </>
        )}
      </dl>
      {isRunning && <Running model={model} of="training" />}
      {scoring?.status === 'running' && <Running model={model} of="scoring" />}
      {scoring?.status === 'done' && <Scored scoring={scoring} />}
      {training.status === 'failed' && training.problem && (
        <Alert type="error" showIcon role="alert" title={training.problem[language]} />
      )}
      {report ? (
        <>
          {training.status !== 'done' && <p className={styles.hint}>{t('page.older')}</p>}
          <ModelReportView model={model} report={report} />
        </>
      ) : (
        isRunning && <p className={styles.hint}>{t('page.waiting')}</p>
      )}
    </Page>
  );
}

function Actions({ model }: { model: Model }) {
  const { t } = useTranslation('models');
  const [open, setOpen] = useState<'audience' | 'keep' | 'remove'>();
  const training = useChange(api.models.trainModel, [api.models.getModel]);
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  if (!mayEdit) return null;
  const { id: modelId, report } = model;
  const isBusy = model.training.status === 'running' || model.scoring?.status === 'running';
  const close = () => setOpen(undefined);
  return (
    <>
      {training.error && <ErrorPanel error={training.error} />}
      <Button onClick={() => setOpen('remove')}>{t('page.remove')}</Button>
      <Button
        disabled={isBusy}
        loading={training.isPending}
        onClick={() => training.mutate({ params: { modelId }, body: {} })}
      >
        {t('page.train')}
      </Button>
      {report && (
        <>
          <Button disabled={isBusy} onClick={() => setOpen('keep')}>
            {t('page.keep')}
          </Button>
          <Button type="primary" onClick={() => setOpen('audience')}>
            {t('page.audience')}
          </Button>
        </>
      )}
      {open === 'audience' && report && <ModelAudience model={model} report={report} onClose={close} />}
      {open === 'keep' && <KeepScores model={model} onClose={close} />}
      {open === 'remove' && <RemoveModel model={model} onClose={close} />}
    </>
  );
}

function Running({ model, of }: { model: Model; of: 'training' | 'scoring' }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const cancel = useChange(api.models.cancelTraining, [api.models.getModel]);
  const job = model[of];
  if (!job) return null;
  const profiles = format.count(job.profiles);
  return (
    <div className={styles.progress}>
      <Progress percent={Math.floor(job.progress * 1000) / 10} status="active" />
      <p aria-live="off">
        {'attribute' in job
          ? t('page.scoring', { profiles, attribute: job.attribute })
          : t('page.reading', { profiles })}
      </p>
      {cancel.error && <ErrorPanel error={cancel.error} />}
      {mayEdit && (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({ params: { modelId: model.id } })}>
          {t('page.stop')}
        </Button>
      )}
    </div>
  );
}

function Scored({ scoring }: { scoring: NonNullable<Model['scoring']> }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const { attribute, profiles } = scoring;
  return <p className={styles.hint}>{t('page.scored', { attribute, profiles: format.count(profiles) })}</p>;
}
