import { api } from '@sluice/shared/http-api';
import { demandsOf, grantOf, type TemplateManifest } from '@sluice/shared/node-template';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Section } from '../ui/section.tsx';
import { NoteDialog } from './note-dialog.tsx';
import styles from './node-templates.module.css';
import { useTemplateWords } from './use-template-words.ts';

const STALE = [api.nodeTemplates.readTemplate, api.nodeTemplates.listTemplates, api.nodeTemplates.listInstalled];

/** Decides on a version that waits for its review: what it may do of what it asks for, or that it is not to be used. */
export function ReviewPanel({ manifest }: { manifest: TemplateManifest }) {
  const { t } = useTranslation('nodeTemplates');
  const language = useLanguage();
  const words = useTemplateWords();
  const demands = demandsOf(manifest.capabilities).map((demand) => ({ demand, key: JSON.stringify(demand) }));
  const [granted, setGranted] = useState<readonly string[]>(() => demands.map(({ key }) => key));
  const [isRefusing, setRefusing] = useState(false);
  const review = useChange(api.nodeTemplates.reviewTemplate, STALE);
  const { name, version } = manifest;
  const grant = () =>
    review.mutate({
      params: { name, version },
      body: {
        decision: 'grant',
        grant: grantOf(manifest.capabilities, (demand) => granted.includes(JSON.stringify(demand))),
      },
    });
  return (
    <Section title={t('review.title')} hint={t('review.text')}>
      <div className={styles.review}>
        {demands.length === 0 ? (
          <p>{t('asksNothing')}</p>
        ) : (
          <Checkbox.Group
            className={styles.demands ?? ''}
            value={[...granted]}
            onChange={setGranted}
            options={demands.map(({ demand, key }) => ({
              value: key,
              label: words.demand(demand, manifest.texts[language]),
            }))}
          />
        )}
        {review.error && <ErrorPanel error={review.error} />}
        <div className={styles.buttons}>
          <Button type="primary" loading={review.isPending} onClick={grant}>
            {t('review.grant', { version })}
          </Button>
          <Button danger onClick={() => setRefusing(true)}>
            {t('review.refuse')}
          </Button>
        </div>
      </div>
      {isRefusing && (
        <NoteDialog
          title={t('review.refuseTitle', { version })}
          label={t('review.reason')}
          missing={t('review.reasonMissing')}
          confirm={t('review.refuse')}
          isDangerous
          change={review}
          onConfirm={(note, done) =>
            review.mutate({ params: { name, version }, body: { decision: 'refuse', note } }, { onSuccess: done })
          }
          onClose={() => setRefusing(false)}
        />
      )}
    </Section>
  );
}
