import { CheckOutlined } from '@ant-design/icons';
import { api, type FlowSummary } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Section } from '../ui/section.tsx';
import styles from './first-steps.module.css';

interface StepProps {
  title: string;
  text: string;
  /** Absent while an earlier step is still to do. */
  action?: { to: string; label: string; isNext: boolean };
  isDone: boolean;
}

/** The start for whoever comes first; each step shows what it found once it is done. */
export function FirstSteps({ latestFlow }: { latestFlow: FlowSummary | undefined }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const profiles = useReply(api.data.listProfiles, { query: { limit: 1 } });
  const hasProfiles = (profiles.data?.items.length ?? 0) > 0;
  const total = profiles.data?.total;
  const dataDone =
    total === undefined ? t('start.dataDoneUncounted') : t('start.dataDone', { total: format.count(total) });
  return (
    <Section title={t('start.title')}>
      <ol className={styles.steps}>
        <Step
          title={t('start.data')}
          text={hasProfiles ? dataDone : t('start.dataText')}
          isDone={hasProfiles}
          action={{ to: '/data/imports/new', label: t('start.dataAction'), isNext: !hasProfiles }}
        />
        <Step
          title={t('start.flow')}
          text={latestFlow ? t('start.flowDone', { name: latestFlow.name }) : t('start.flowText')}
          isDone={latestFlow !== undefined}
          action={{ to: '/flows', label: t('start.flowAction'), isNext: hasProfiles && !latestFlow }}
        />
        <Step
          title={t('start.publish')}
          text={t('start.publishText')}
          isDone={false}
          {...(latestFlow && {
            action: {
              to: `/flows/${latestFlow.id}`,
              label: t('start.publishAction', { name: latestFlow.name }),
              isNext: hasProfiles,
            },
          })}
        />
      </ol>
    </Section>
  );
}

function Step({ title, text, action, isDone }: StepProps) {
  const { t } = useTranslation('home');
  return (
    <li className={styles.step} data-done={isDone}>
      <span className={styles.mark}>{isDone && <CheckOutlined aria-label={t('start.done')} />}</span>
      <div className={styles.words}>
        <h3 className={styles.title}>{title}</h3>
        <p className={styles.text}>{text}</p>
        {action && (
          <LinkButton to={action.to} type={action.isNext ? 'primary' : 'default'} className={styles.action ?? ''}>
            <span className={styles.label}>{action.label}</span>
          </LinkButton>
        )}
      </div>
    </li>
  );
}
