import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { DatePicker } from '../../ui/date-picker.tsx';
import styles from './identity-field.module.css';

interface PeriodFieldProps {
  /** Instants; `to` is the first that is outside. */
  from: string | undefined;
  to: string | undefined;
  onChange: (period: { from?: string; to?: string } | undefined) => void;
}

/** Days between which an event can have happened; one outside has a wrong clock. */
export function PeriodField({ from, to, onChange }: PeriodFieldProps) {
  const { t } = useTranslation('data');
  return (
    <label className={styles.field}>
      <span>{t('event.period')}</span>
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        value={[from ? dayjs(from) : null, to ? dayjs(to).subtract(1, 'day') : null]}
        onChange={(days) => {
          const [first, last] = days ?? [];
          const period = {
            ...(first && { from: first.startOf('day').toISOString() }),
            ...(last && { to: last.startOf('day').add(1, 'day').toISOString() }),
          };
          onChange(first || last ? period : undefined);
        }}
      />
      <span className={styles.help}>{t('event.periodHelp')}</span>
    </label>
  );
}
