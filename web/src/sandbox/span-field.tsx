import { InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DURATION_UNITS, type DurationUnit, msOf, unitOf } from '../inspector/duration-units.ts';
import styles from './sandbox.module.css';

/** A span of time as a number and its unit. */
export function SpanField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (ms: number) => void;
}) {
  const { t } = useTranslation('inspector');
  const [chosen, setChosen] = useState<DurationUnit | null>(null);
  const unit = chosen !== null && value % msOf(chosen) === 0 ? chosen : value === 0 ? 'hour' : unitOf(value);
  return (
    <span className={styles.span}>
      <InputNumber<number>
        className={styles.count ?? ''}
        aria-label={label}
        min={0}
        precision={0}
        value={value / msOf(unit)}
        onChange={(count) => {
          setChosen(unit);
          onChange((count ?? 0) * msOf(unit));
        }}
      />
      <Select<DurationUnit>
        aria-label={t('unit')}
        className={styles.unit ?? ''}
        value={unit}
        options={DURATION_UNITS.toReversed().map((one) => ({ value: one.unit, label: t(`units.${one.unit}`) }))}
        onChange={(next) => {
          setChosen(next);
          onChange((value / msOf(unit)) * msOf(next));
        }}
      />
    </span>
  );
}
