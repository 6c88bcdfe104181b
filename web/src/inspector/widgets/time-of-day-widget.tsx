import { Input } from 'antd';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** A time of day; the browser's own field, which keeps hours and minutes apart and can be filled by keyboard. */
export function TimeOfDayWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  return (
    <Input
      id={id}
      type="time"
      className={styles.wide ?? ''}
      value={typeof value === 'string' ? value : ''}
      disabled={isDisabled}
      aria-describedby={describedBy}
      aria-invalid={isInvalid}
      {...(isInvalid && { status: 'error' as const })}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value.slice(0, 5))}
    />
  );
}
