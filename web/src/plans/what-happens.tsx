import { api } from '@sluice/shared/http-api';
import type { TriggerPlan } from '@sluice/shared/node-contract';
import { describeRecurrence } from '@sluice/shared/time';
import { useTranslation } from 'react-i18next';
import { useEditorState } from '../editing/editor-context.tsx';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import styles from './publish-drawer.module.css';
import { useTriggerPlans } from './trigger-plans.ts';

/** When and for whom the graph of the editor around it starts, and what is counted then. */
export function WhatHappens({ version, isFirst }: { version: number; isFirst: boolean }) {
  const { t } = useTranslation('plans');
  const measurement = useEditorState(({ document }) => document.measurement);
  const plans = useTriggerPlans();
  return (
    <section>
      <h3 className={styles.heading}>{t('publish.what')}</h3>
      <ul className={styles.facts}>
        {plans.map(({ node, plan }) => (
          <Trigger key={node} plan={plan} version={version} />
        ))}
        {!isFirst && plans.some(({ plan }) => plan.reentry.kind === 'once') && <li>{t('publish.once')}</li>}
        <li>
          {measurement?.conversionEvent
            ? t('publish.measured', { event: measurement.conversionEvent })
            : t('publish.notMeasured')}
        </li>
      </ul>
    </section>
  );
}

function Trigger({ plan, version }: { plan: TriggerPlan; version: number }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const language = useLanguage();
  const audience = useReply(api.data.countAudience, { body: { condition: plan.audience } });
  const { start } = plan;
  const startText =
    start.kind === 'publish'
      ? t('publish.atOnce', { version })
      : start.kind === 'at'
        ? t('publish.atTime', { version, time: format.exact(start.at) })
        : start.kind === 'recurring'
          ? t('publish.again', { version, recurrence: describeRecurrence(start.recurrence, language) })
          : t(`publish.on.${start.kind}`, { version });
  return (
    <>
      <li>{startText}</li>
      <li aria-busy={audience.isPending}>
        {audience.error && <ErrorPanel error={audience.error} onRetry={() => void audience.refetch()} />}
        {audience.isPending && t('publish.counting')}
        {audience.data && (
          <>
            {t('publish.audience', { sentence: audience.data.sentence[language] })}
            <strong className={styles.figure}>
              {t('publish.matching', {
                matching: format.count(audience.data.count),
                total: format.count(audience.data.total),
              })}
            </strong>
          </>
        )}
      </li>
    </>
  );
}
