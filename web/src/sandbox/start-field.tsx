import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../access/session.ts';
import { DatePicker } from '../ui/date-picker.tsx';
import styles from './sandbox.module.css';

dayjs.extend(utc);
dayjs.extend(timezone);

/** When the virtual clock starts, as wall-clock time of the workspace. */
export function StartField({ value, onChange }: { value: string; onChange: (startAt: string) => void }) {
  const { t } = useTranslation('sandbox');
  const zone = useTimeZone();
  return (
    <div className={styles.row}>
      <DatePicker
        className={styles.grow ?? ''}
        aria-label={t('start.at')}
        allowClear={false}
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        value={dayjs(value).tz(zone)}
        // The picker hands back a wall-clock time in the browser's zone: read it again as one in the workspace's.
        onChange={(picked) =>
          picked && onChange(dayjs.tz(picked.format('YYYY-MM-DDTHH:mm:00'), zone).utc().toISOString())
        }
      />
      <span className={styles.word}>{zone}</span>
    </div>
  );
}
