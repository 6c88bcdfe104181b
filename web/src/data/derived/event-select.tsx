import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import styles from '../dictionary/dictionary-page.module.css';

interface EventSelectProps {
  value: string;
  onChange: (event: string) => void;
}

export function EventSelect({ value, onChange }: EventSelectProps) {
  const { t } = useTranslation('governance');
  const { events } = useDictionary();
  return (
    <Select
      className={styles.wide ?? ''}
      showSearch
      aria-label={t('derived.event')}
      placeholder={t('derived.event')}
      value={value || null}
      popupMatchSelectWidth={false}
      options={[...events.keys()].map((name) => ({ value: name, label: name }))}
      onChange={onChange}
    />
  );
}

interface PropertySelectProps extends EventSelectProps {
  event: string;
  label: string;
  isNumeric: boolean;
  /** What no property at all stands for, where that is possible. */
  none?: string;
}

export function PropertySelect({ event, label, isNumeric, none, value, onChange }: PropertySelectProps) {
  const { events } = useDictionary();
  const properties = Object.entries(events.get(event)?.properties ?? {})
    .filter(([, type]) => !isNumeric || type === 'number')
    .map(([name]) => ({ value: name, label: name }));
  return (
    <Select
      className={styles.wide ?? ''}
      showSearch
      aria-label={label}
      placeholder={label}
      value={value || (none === undefined ? null : '')}
      popupMatchSelectWidth={false}
      options={none === undefined ? properties : [{ value: '', label: none }, ...properties]}
      onChange={onChange}
    />
  );
}
