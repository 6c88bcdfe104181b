import dayjs from 'dayjs';
import { DatePicker } from '../../ui/date-picker.tsx';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

const SPELLING = 'YYYY-MM-DD';

/** A day of the calendar, without a zone. */
export function DateWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  return (
    <DatePicker
      id={id}
      className={styles.wide ?? ''}
      format={SPELLING}
      value={typeof value === 'string' && value !== '' ? dayjs(value) : null}
      disabled={isDisabled}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      onChange={(picked) => onChange(picked?.format(SPELLING))}
    />
  );
}

/** Several days of the calendar, kept in their order. */
export function DatesWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const days = Array.isArray(value) ? value.map(String) : [];
  return (
    <DatePicker
      multiple
      id={id}
      className={styles.wide ?? ''}
      format={SPELLING}
      maxTagCount="responsive"
      value={days.map((day) => dayjs(day))}
      disabled={isDisabled}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      onChange={(picked) => {
        const chosen = (picked ?? []).map((day) => day.format(SPELLING)).toSorted();
        onChange(chosen.length === 0 ? undefined : chosen);
      }}
    />
  );
}
