import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import { useTimeZone } from '../../access/session.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

dayjs.extend(utc);
dayjs.extend(timezone);

/** An instant, picked as a wall-clock time in the workspace's zone and kept as ISO-8601 in UTC. */
export function DatetimeWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const zone = useTimeZone();
  return (
    <DatePicker
      id={id}
      className={styles.wide ?? ''}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      value={typeof value === 'string' ? dayjs(value).tz(zone) : null}
      disabled={isDisabled}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      // The picker hands back a wall-clock time in the browser's zone: read it again as one in the workspace's.
      onChange={(picked) =>
        onChange(picked ? dayjs.tz(picked.format('YYYY-MM-DDTHH:mm:00'), zone).utc().toISOString() : undefined)
      }
    />
  );
}
