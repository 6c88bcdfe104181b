import { isRelativeDate, type RelativeDate } from '@sluice/shared/condition';
import { InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DatePicker } from '../ui/date-picker.tsx';
import type { Operand } from './comparison-draft.ts';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';

const MODES = ['relative', 'day', 'moment'] as const;
type Mode = (typeof MODES)[number];
const UNITS = ['hour', 'day', 'week', 'month'] as const;
const FORMATS = { day: 'YYYY-MM-DD', moment: 'YYYY-MM-DDTHH:mm' } as const;

interface DateFieldProps {
  label: string;
  value: Operand | undefined;
  onChange: (value: Operand | undefined) => void;
}

function modeOf(value: Operand | undefined): Mode | undefined {
  if (value === undefined || value === null) return undefined;
  if (isRelativeDate(value)) return 'relative';
  return typeof value === 'string' && value.includes('T') ? 'moment' : 'day';
}

/**
 * A date: T+N, a day, or a day with a time. Days and times are written without an offset, which the condition language
 * reads in the zone of the workspace, so nothing is converted here.
 */
export function DateField({ label, value, onChange }: DateFieldProps) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const [chosen, setChosen] = useState<Mode>('relative');
  const mode = modeOf(value) ?? chosen;
  const switchTo = (next: Mode) => {
    setChosen(next);
    onChange(next === 'relative' ? { relative: 0, unit: 'day' } : undefined);
  };
  return (
    <span className={styles.date}>
      <Select<Mode>
        className={styles.unit ?? ''}
        aria-label={t('dateMode', { label })}
        value={mode}
        disabled={isDisabled}
        options={MODES.map((value) => ({ value, label: t(`dateModes.${value}`) }))}
        onChange={switchTo}
      />
      {mode === 'relative' ? (
        <RelativeFields label={label} value={value} onChange={onChange} />
      ) : (
        <DatePicker
          aria-label={label}
          disabled={isDisabled}
          showTime={mode === 'moment' ? { format: 'HH:mm' } : false}
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={(date) => onChange(date ? date.format(FORMATS[mode]) : undefined)}
        />
      )}
    </span>
  );
}

function RelativeFields({ label, value, onChange }: DateFieldProps) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const relative: RelativeDate | undefined = isRelativeDate(value) ? value : undefined;
  const unit = relative?.unit ?? 'day';
  return (
    <>
      <InputNumber<number>
        className={styles.number ?? ''}
        prefix={t('today')}
        aria-label={t('offset', { label })}
        precision={0}
        min={-36_500}
        max={36_500}
        value={relative?.relative ?? null}
        disabled={isDisabled}
        formatter={(offset) => (offset !== undefined && Number(offset) > 0 ? `+${offset}` : String(offset ?? ''))}
        parser={(text) => Number((text ?? '').replace('+', ''))}
        onChange={(offset) => onChange(offset === null ? undefined : { relative: offset, unit })}
      />
      <Select<RelativeDate['unit']>
        className={styles.unit ?? ''}
        aria-label={t('unit', { label })}
        value={unit}
        disabled={isDisabled}
        options={UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
        onChange={(next) => onChange({ relative: relative?.relative ?? 0, unit: next })}
      />
    </>
  );
}
