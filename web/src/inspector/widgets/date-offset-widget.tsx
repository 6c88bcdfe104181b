import type { DateOffset } from '@sluice/shared/time';
import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

type Direction = 'same' | 'before' | 'after';
const DIRECTIONS: readonly Direction[] = ['same', 'before', 'after'];
const UNITS: readonly DateOffset['unit'][] = ['day', 'hour'];
const FIRST: DateOffset = { amount: 1, unit: 'day' };

function directionOf(offset: DateOffset | undefined): Direction {
  if (offset === undefined || offset.amount === 0) return 'same';
  return offset.amount < 0 ? 'before' : 'after';
}

/** So long before or after a date; nothing is kept for the date itself. */
export function DateOffsetWidget({ id, texts, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation('inspector');
  const offset = value as DateOffset | undefined;
  const direction = directionOf(offset);
  const { amount, unit } = offset ?? FIRST;
  const sign = direction === 'before' ? -1 : 1;

  function turn(next: Direction): void {
    const size = Math.abs(amount) || FIRST.amount;
    onChange(next === 'same' ? undefined : { amount: next === 'before' ? -size : size, unit });
  }

  return (
    <div className={styles.row}>
      <Select<Direction>
        id={id}
        className={styles.grow ?? ''}
        aria-label={t('offset.direction')}
        value={direction}
        disabled={isDisabled}
        aria-describedby={describedBy}
        options={DIRECTIONS.map((one) => ({ value: one, label: t(`offset.${one}`) }))}
        onChange={turn}
      />
      {direction !== 'same' && (
        <>
          <InputNumber<number>
            className={styles.grow ?? ''}
            aria-label={texts.fields?.['amount']?.label ?? ''}
            min={1}
            precision={0}
            value={Math.abs(amount)}
            disabled={isDisabled}
            aria-invalid={isInvalid}
            {...(isInvalid && { status: 'error' as const })}
            onChange={(count) => onChange({ amount: sign * (count ?? FIRST.amount), unit })}
          />
          <Select<DateOffset['unit']>
            className={styles.narrow ?? ''}
            aria-label={texts.fields?.['unit']?.label ?? ''}
            value={unit}
            disabled={isDisabled}
            options={UNITS.map((one) => ({ value: one, label: texts.fields?.['unit']?.options?.[one] ?? one }))}
            onChange={(next) => onChange({ amount, unit: next })}
          />
        </>
      )}
    </div>
  );
}
