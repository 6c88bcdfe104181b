import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** From which full hour on, as routes take it; nothing: since the version was published. */
export interface Period {
  readonly from?: string;
}

export const EVER: Period = {};
const SPANS = { ever: undefined, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };
type Span = keyof typeof SPANS;
const NAMES = Object.keys(SPANS) as Span[];

/** Of which time the numbers on the canvas tell. */
export function PeriodSelect({ onChange }: { onChange: (period: Period) => void }) {
  const { t } = useTranslation('plans');
  const [span, setSpan] = useState<Span>('ever');
  return (
    <Select<Span>
      size="small"
      variant="borderless"
      aria-label={t('live.period')}
      value={span}
      popupMatchSelectWidth={false}
      options={NAMES.map((name) => ({ value: name, label: t(`live.periods.${name}`) }))}
      onChange={(next) => {
        setSpan(next);
        onChange(periodOf(SPANS[next], Date.now()));
      }}
    />
  );
}

/** Counts are kept by the hour, so a period begins with one. */
export function periodOf(spanMs: number | undefined, now: number): Period {
  if (spanMs === undefined) return EVER;
  return { from: new Date(Math.floor((now - spanMs) / HOUR_MS) * HOUR_MS).toISOString() };
}
