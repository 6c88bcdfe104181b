import { readyFlows } from '@sluice/templates/flows';
import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/locale-provider.tsx';
import styles from './flow-choice.module.css';

/** The choice that is no ready-made flow. */
export const EMPTY_CANVAS = '';

interface FlowChoiceProps {
  value: string;
  /** Whether an empty canvas is among the choices. */
  hasEmpty?: boolean;
  onChange: (id: string) => void;
}

/** What a flow starts from: nothing, or a ready-made flow. */
export function FlowChoice({ value, hasEmpty = true, onChange }: FlowChoiceProps) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  return (
    <Radio.Group
      className={styles.choices ?? ''}
      aria-label={t('create.from')}
      value={value}
      onChange={(event) => onChange(event.target.value as string)}
    >
      {hasEmpty && <Choice id={EMPTY_CANVAS} title={t('create.empty')} text={t('create.emptyText')} />}
      {readyFlows.map(({ id, texts, graph }) => (
        <Choice
          key={id}
          id={id}
          title={texts[language].name}
          text={`${texts[language].description} ${t('create.nodes', { count: graph[language].nodes.length })}`}
        />
      ))}
    </Radio.Group>
  );
}

function Choice({ id, title, text }: { id: string; title: string; text: string }) {
  return (
    <Radio value={id} className={styles.choice ?? ''}>
      <span className={styles.title}>{title}</span>
      <span className={styles.text}>{text}</span>
    </Radio>
  );
}
