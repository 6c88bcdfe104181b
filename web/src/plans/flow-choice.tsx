import { api } from '@sluice/shared/http-api';
import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import styles from './flow-choice.module.css';

/** The choices that are no template. */
export const EMPTY_CANVAS = '';
export const EMPTY_FORM = '/form';

interface FlowChoiceProps {
  value: string;
  /** Whether the empty ways to begin are among the choices. */
  hasEmpty?: boolean;
  onChange: (id: string) => void;
}

/** What a flow starts from: nothing, or a template. */
export function FlowChoice({ value, hasEmpty = true, onChange }: FlowChoiceProps) {
  const { t } = useTranslation('plans');
  const locale = useLanguage();
  const templates = useReply(api.flowTemplates.listTemplates, { query: { locale } });
  const offered = (templates.data?.items ?? []).filter(({ isArchived }) => !isArchived);
  return (
    <>
      {templates.error && <ErrorPanel error={templates.error} onRetry={() => void templates.refetch()} />}
      <Radio.Group
        className={styles.choices ?? ''}
        aria-label={t('create.from')}
        value={value}
        onChange={(event) => onChange(event.target.value as string)}
      >
        {hasEmpty && <Choice id={EMPTY_CANVAS} title={t('create.empty')} text={t('create.emptyText')} />}
        {hasEmpty && <Choice id={EMPTY_FORM} title={t('create.form')} text={t('create.formText')} />}
        {offered.map(({ id, texts, nodes }) => (
          <Choice
            key={id}
            id={id}
            title={texts[locale].name}
            text={texts[locale].description}
            about={t('create.nodes', { count: nodes })}
          />
        ))}
      </Radio.Group>
    </>
  );
}

function Choice({ id, title, text, about }: { id: string; title: string; text: string; about?: string }) {
  return (
    <Radio value={id} className={styles.choice ?? ''}>
      <span className={styles.title}>{title}</span>
      <span className={styles.text} title={text}>
        {text}
      </span>
      {about && <span className={styles.about}>{about}</span>}
    </Radio>
  );
}
