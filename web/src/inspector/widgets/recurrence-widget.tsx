import {
  checkRecurrence,
  describeRecurrence,
  nextOccurrence,
  type Recurrence,
  type Repeat,
  spellDate,
  wallOf,
} from '@sluice/shared/time';
import { Input, InputNumber, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../../access/session.ts';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import type { WidgetProps } from '../widget.ts';
import { DateWidget } from './date-widgets.tsx';
import { DatetimeWidget } from './datetime-widget.tsx';
import { TimeOfDayWidget } from './time-of-day-widget.tsx';
import { TimeZoneWidget } from './time-zone-widget.tsx';
import { WeekdaysWidget } from './weekdays-widget.tsx';
import styles from './widgets.module.css';

const KINDS = ['daily', 'every-days', 'weekdays', 'monthly', 'cron'] as const;
const FIRST_AT = '09:00';
const SHOWN = 3;

/** When something happens again and again: how, in which zone, from when to when, and the next times it comes to. */
export function RecurrenceWidget(props: WidgetProps) {
  const { id, value, isDisabled, describedBy, onChange } = props;
  const { t } = useTranslation('inspector');
  const zone = useTimeZone();
  const now = useState(() => Date.now())[0];
  const recurrence = (value as Recurrence | undefined) ?? { repeat: { kind: 'daily', at: FIRST_AT }, timeZone: zone };
  // What is shown is what is kept: somebody who likes the first choice must not have to choose it.
  useEffect(() => {
    if (value === undefined && !isDisabled) onChange(recurrence);
  });
  const { repeat } = recurrence;
  const change = (part: Partial<{ [K in keyof Recurrence]: Recurrence[K] | undefined }>) =>
    onChange(Object.fromEntries(Object.entries({ ...recurrence, ...part }).filter(([, one]) => one !== undefined)));
  const field = (name: keyof Recurrence) => ({
    ...props,
    id: `${id}-${name}`,
    value: recurrence[name],
    isInvalid: false,
    describedBy: undefined,
    onChange: (next: unknown) => change({ [name]: next }),
  });
  return (
    <div className={styles.items} role="group" aria-describedby={describedBy}>
      <Select<Repeat['kind']>
        id={id}
        value={repeat.kind}
        disabled={isDisabled}
        options={KINDS.map((kind) => ({ value: kind, label: t(`recurrence.${kind}`) }))}
        onChange={(kind) =>
          change({ repeat: beginWith(kind, 'at' in repeat ? repeat.at : FIRST_AT, spellDate(wallOf(now, zone))) })
        }
      />
      <RepeatFields {...props} repeat={repeat} onRepeat={(next) => change({ repeat: next })} />
      <label className={styles.sum} htmlFor={`${id}-timeZone`}>
        {t('recurrence.zone')}
      </label>
      <TimeZoneWidget {...field('timeZone')} />
      <label className={styles.sum} htmlFor={`${id}-startAt`}>
        {t('recurrence.from')}
      </label>
      <DatetimeWidget {...field('startAt')} />
      <label className={styles.sum} htmlFor={`${id}-endAt`}>
        {t('recurrence.until')}
      </label>
      <DatetimeWidget {...field('endAt')} />
      <NextTimes recurrence={recurrence} now={now} />
    </div>
  );
}

function RepeatFields({
  repeat,
  onRepeat,
  ...props
}: WidgetProps & { repeat: Repeat; onRepeat: (repeat: Repeat) => void }) {
  const { t } = useTranslation('inspector');
  const { id, isDisabled } = props;
  const inner = { ...props, isInvalid: false, describedBy: undefined };
  const time = 'at' in repeat && (
    <>
      <label className={styles.sum} htmlFor={`${id}-at`}>
        {t('recurrence.at')}
      </label>
      <TimeOfDayWidget
        {...inner}
        id={`${id}-at`}
        value={repeat.at}
        onChange={(at) => onRepeat({ ...repeat, at: typeof at === 'string' ? at : FIRST_AT })}
      />
    </>
  );
  if (repeat.kind === 'cron')
    return (
      <Input
        aria-label={t('recurrence.cron')}
        value={repeat.expression}
        disabled={isDisabled}
        maxLength={100}
        placeholder="0 9 * * 1-5"
        onChange={(event) => onRepeat({ kind: 'cron', expression: event.target.value })}
      />
    );
  return (
    <>
      {repeat.kind === 'every-days' && (
        <>
          <InputNumber<number>
            aria-label={t('recurrence.every')}
            min={1}
            max={366}
            precision={0}
            value={repeat.every}
            suffix={t('units.day')}
            disabled={isDisabled}
            className={styles.wide ?? ''}
            onChange={(every) => onRepeat({ ...repeat, every: every ?? 1 })}
          />
          <label className={styles.sum} htmlFor={`${id}-day`}>
            {t('recurrence.firstDay')}
          </label>
          <DateWidget
            {...inner}
            id={`${id}-day`}
            value={repeat.from}
            onChange={(from) => typeof from === 'string' && onRepeat({ ...repeat, from })}
          />
        </>
      )}
      {repeat.kind === 'weekdays' && (
        <WeekdaysWidget
          {...inner}
          id={`${id}-days`}
          value={repeat.days}
          onChange={(days) => Array.isArray(days) && days.length > 0 && onRepeat({ ...repeat, days: days as number[] })}
        />
      )}
      {repeat.kind === 'monthly' && (
        <Select<number | 'last'>
          aria-label={t('recurrence.dayOfMonth')}
          value={repeat.day}
          disabled={isDisabled}
          options={[
            ...Array.from({ length: 31 }, (_, index) => ({
              value: index + 1,
              label: t('recurrence.day', { day: index + 1 }),
            })),
            { value: 'last' as const, label: t('recurrence.lastDay') },
          ]}
          onChange={(day) => onRepeat({ ...repeat, day })}
        />
      )}
      {time}
    </>
  );
}

/** The sentence that it amounts to, and the next times: what a cron expression means shows best there. */
function NextTimes({ recurrence, now }: { recurrence: Recurrence; now: number }) {
  const { t } = useTranslation('inspector');
  const language = useLanguage();
  const format = useFormat();
  if (checkRecurrence(recurrence).length > 0) return null;
  const times: number[] = [];
  for (
    let at = nextOccurrence(recurrence, now);
    at !== undefined && times.length < SHOWN;
    at = nextOccurrence(recurrence, at)
  )
    times.push(at);
  return (
    <span className={styles.sum}>
      {describeRecurrence(recurrence, language)}
      <br />
      {times.length > 0
        ? t('recurrence.next', { times: times.map((at) => format.exact(new Date(at).toISOString())).join(' · ') })
        : t('recurrence.never')}
    </span>
  );
}

function beginWith(kind: Repeat['kind'], at: string, today: string): Repeat {
  if (kind === 'cron') return { kind, expression: '0 9 * * *' };
  if (kind === 'every-days') return { kind, every: 2, from: today, at };
  if (kind === 'weekdays') return { kind, days: [1, 2, 3, 4, 5], at };
  return kind === 'monthly' ? { kind, day: 1, at } : { kind, at };
}
