import type { ValueType } from '@sluice/shared/model';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './type-select.module.css';

const TYPES: readonly ValueType[] = ['string', 'number', 'boolean', 'date', 'list'];

interface TypeSelectProps {
  label: string;
  value: ValueType;
  isDisabled?: boolean;
  onChange: (type: ValueType) => void;
}

export function TypeSelect({ label, value, isDisabled = false, onChange }: TypeSelectProps) {
  const { t } = useTranslation('data');
  return (
    <Select<ValueType>
      aria-label={label}
      className={styles.select ?? ''}
      value={value}
      disabled={isDisabled}
      options={TYPES.map((type) => ({ value: type, label: t(`types.${type}`) }))}
      onChange={onChange}
    />
  );
}
