import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../../access/session.ts';
import { DatePicker } from '../../ui/date-picker.tsx';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

dayjs.extend(utc);
dayjs.extend(timezone);

/** An instant, picked as a wall-clock time in the workspace's zone and kept as ISO-8601 in UTC. */
export function DatetimeWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation('inspector');
  const zone = useTimeZone();
  return (
    <>
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
      <span className={styles.sum}>{t('zone', { zone })}</span>
    </>
  );
}
