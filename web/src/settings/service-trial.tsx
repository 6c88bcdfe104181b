import { api, type Service } from '@sluice/shared/http-api';
import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { CopyBlock } from '../ui/copy-block.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Section } from '../ui/section.tsx';
import styles from './service-form.module.css';

/** Calls the stored service once and shows what went out and what came back, word for word. */
export function ServiceTrial({ service }: { service: Service }) {
  const { t } = useTranslation('settings');
  const id = useId();
  const [profileId, setProfileId] = useState('');
  const trial = useChange(api.calls.testService);
  const { data } = trial;
  const body = profileId.trim() === '' ? {} : { profileId: profileId.trim() };
  return (
    <div className={styles.trial}>
      <Section title={t('services.trial')} hint={t('services.trialHint')}>
        <label htmlFor={id}>{t('services.trialProfile')}</label>
        <div className={styles.row}>
          <Input
            id={id}
            className={styles.grow ?? ''}
            maxLength={64}
            value={profileId}
            onChange={(event) => setProfileId(event.target.value)}
          />
          <Button loading={trial.isPending} onClick={() => trial.mutate({ params: { id: service.id }, body })}>
            {t('services.trialCall')}
          </Button>
        </div>
        {trial.error && <ErrorPanel error={trial.error} />}
        {data && (
          <>
            <Alert
              showIcon
              type={data.failure ? 'error' : 'success'}
              title={
                data.failure
                  ? t(`services.failures.${data.failure.code}`, { status: data.failure.status ?? '' })
                  : t('services.trialDone', { status: data.status ?? '', ms: data.ms })
              }
              description={data.failure?.detail}
            />
            {data.request && (
              <CopyBlock
                label={t('services.trialRequest')}
                text={`${data.request.method} ${data.request.url}\n${data.request.body ?? ''}`.trim()}
              />
            )}
            {data.answer !== '' && <CopyBlock label={t('services.trialAnswer')} text={data.answer} />}
          </>
        )}
      </Section>
    </div>
  );
}
