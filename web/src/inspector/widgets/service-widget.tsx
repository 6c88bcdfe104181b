import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useServices } from '../use-services.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** One of the registered services; one that is gone shows as its id. */
export function ServiceWidget({ id, value, texts, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation('inspector');
  const services = useServices();
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  return (
    <Select<string | null>
      id={id}
      className={styles.wide ?? ''}
      value={chosen}
      disabled={isDisabled}
      loading={services === undefined}
      placeholder={texts.placeholder}
      aria-describedby={describedBy}
      notFoundContent={t('service.none')}
      showSearch={{ optionFilterProp: 'label' }}
      {...(isInvalid && { status: 'error' as const })}
      options={(services ?? []).map((service) => ({ value: service.id, label: service.name }))}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
