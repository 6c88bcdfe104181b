import { DAY_MS, HOUR_MS, instantOf, wallOfDate } from '@sluice/shared/time';
import { Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

// A calendar is for the few who choose days.
const DayRange = lazy(async () => ({ default: (await import('./day-range.tsx')).DayRange }));

/** From one full hour on up to another, as routes take it; nothing: since the version was published. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
}

export const EVER: Period = {};
const SPANS = { ever: undefined, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };
type Span = keyof typeof SPANS | 'days';
const NAMES = [...Object.keys(SPANS), 'days'] as Span[];

/** Of which time the numbers on the canvas tell. */
export function PeriodSelect({ onChange }: { onChange: (period: Period) => void }) {
  const { t } = useTranslation('plans');
  const [span, setSpan] = useState<Span>('ever');
  return (
    <>
      <Select<Span>
        size="small"
        variant="borderless"
        aria-label={t('live.period')}
        value={span}
        popupMatchSelectWidth={false}
        options={NAMES.map((name) => ({ value: name, label: t(`live.periods.${name}`) }))}
        onChange={(next) => {
          setSpan(next);
          if (next !== 'days') onChange(periodOf(SPANS[next], Date.now()));
        }}
      />
      {span === 'days' && (
        <Suspense fallback={null}>
          <DayRange onChange={onChange} />
        </Suspense>
      )}
    </>
  );
}

/** Counts are kept by the hour, so a period begins with one. */
export function periodOf(spanMs: number | undefined, now: number): Period {
  if (spanMs === undefined) return EVER;
  return { from: new Date(Math.floor((now - spanMs) / HOUR_MS) * HOUR_MS).toISOString() };
}

/** From the beginning of one day to the end of another, both as dates in the time zone; full hours, as counts are kept. */
export function periodOfDays(first: string, last: string, timeZone: string): Period {
  const hourOf = (wall: number) => new Date(Math.floor(instantOf(wall, timeZone) / HOUR_MS) * HOUR_MS).toISOString();
  return { from: hourOf(wallOfDate(first)), to: hourOf(wallOfDate(last) + DAY_MS) };
}
