import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../access/session.ts';
import { DatePicker } from '../ui/date-picker.tsx';
import { EVER, type Period, periodOfDays } from './period-select.tsx';

const DATE = 'YYYY-MM-DD';

/** The days of which the numbers tell, both included, in the time zone of the workspace. */
export function DayRange({ onChange }: { onChange: (period: Period) => void }) {
  const { t } = useTranslation('plans');
  const timeZone = useTimeZone();
  return (
    <DatePicker.RangePicker
      autoFocus
      size="small"
      variant="borderless"
      aria-label={t('live.days')}
      placement="topRight"
      disabledDate={(day) => day.isAfter(dayjs(), 'day')}
      onChange={(days) => {
        const [first, last] = days ?? [];
        onChange(first && last ? periodOfDays(first.format(DATE), last.format(DATE), timeZone) : EVER);
      }}
    />
  );
}
