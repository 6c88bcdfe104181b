import { InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DURATION_UNITS, type DurationUnit, msOf, unitOf } from '../duration-units.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** A span as a number and a unit; the unit stays as chosen while the number changes. */
export function DurationWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation('inspector');
  const durationMs = typeof value === 'number' ? value : null;
  const [chosen, setChosen] = useState<DurationUnit | null>(null);
  const fitting = durationMs === null ? 'hour' : unitOf(durationMs);
  const isWhole = chosen !== null && durationMs !== null && durationMs % msOf(chosen) === 0;
  const unit = isWhole || durationMs === null ? (chosen ?? fitting) : fitting;
  return (
    <div className={styles.row}>
      <InputNumber<number>
        id={id}
        className={styles.grow ?? ''}
        min={0}
        precision={0}
        value={durationMs === null ? null : durationMs / msOf(unit)}
        disabled={isDisabled}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        {...(isInvalid && { status: 'error' as const })}
        onChange={(count) => {
          setChosen(unit);
          onChange(count === null ? undefined : count * msOf(unit));
        }}
      />
      <Select<DurationUnit>
        aria-label={t('unit')}
        className={styles.narrow ?? ''}
        value={unit}
        disabled={isDisabled}
        options={DURATION_UNITS.toReversed().map((one) => ({ value: one.unit, label: t(`units.${one.unit}`) }))}
        onChange={(next) => {
          setChosen(next);
          if (durationMs !== null) onChange((durationMs / msOf(unit)) * msOf(next));
        }}
      />
    </div>
  );
}
