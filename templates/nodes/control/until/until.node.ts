import type { Problem } from '@sluice/shared/graph';
import { FieldName } from '@sluice/shared/model';
import { checkZone, defineNode, type Summary, ZONE_HINTS, ZONE_PARAMS } from '@sluice/shared/node-contract';
import { HOUR_MS, isLocalDate, LocalDate, MOST_OFFSET, TimeOfDay, wallOfDate, Weekday } from '@sluice/shared/time';
import { type Static, Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const Params = Type.Object(
  {
    until: Type.Union([Type.Literal('time'), Type.Literal('weekday'), Type.Literal('date'), Type.Literal('attribute')]),
    weekdays: Type.Optional(Type.Array(Weekday, { minItems: 1, maxItems: 7 })),
    date: Type.Optional(LocalDate),
    attribute: Type.Optional(FieldName),
    /** Without one, the moment is the one that the attribute holds. */
    offset: Type.Optional(
      Type.Object(
        {
          amount: Type.Integer({ minimum: -MOST_OFFSET.hour, maximum: MOST_OFFSET.hour }),
          unit: Type.Union([Type.Literal('day'), Type.Literal('hour')]),
        },
        { additionalProperties: false },
      ),
    ),
    isYearly: Type.Optional(Type.Boolean()),
    /** Only an attribute may go without: its own time of day counts then. */
    at: Type.Optional(TimeOfDay),
    ...ZONE_PARAMS,
    ifPassed: Type.Optional(Type.Union([Type.Literal('go-on'), Type.Literal('leave')])),
  },
  { additionalProperties: false },
);
type Params = Static<typeof Params>;

/** After so long, a date is over in every zone of the world. */
const LATEST_MIDNIGHT_MS = 36 * HOUR_MS;
const MAY_HAVE_PASSED = ['date', 'attribute'] as const;

/** Holds a run until a moment of the calendar, by the clock of the person or of a fixed zone. */
export const until = defineNode({
  kind: 'until',
  version: 1,
  category: 'control',
  icon: 'until',
  params: Params,
  defaults: { until: 'time', at: '09:00', zone: 'profile' },
  hints: {
    until: { widget: 'select' },
    weekdays: { widget: 'weekdays', showWhen: { param: 'until', in: ['weekday'] } },
    date: { widget: 'date', showWhen: { param: 'until', in: ['date'] } },
    attribute: { widget: 'attribute', showWhen: { param: 'until', in: ['attribute'] } },
    offset: { widget: 'date-offset', showWhen: { param: 'until', in: ['attribute'] } },
    isYearly: { showWhen: { param: 'until', in: ['attribute'] } },
    at: { widget: 'time-of-day' },
    ...ZONE_HINTS,
    ifPassed: { widget: 'select', showWhen: { param: 'until', in: MAY_HAVE_PASSED } },
  },
  ports: ({ until, ifPassed }) => [
    { id: 'next', label: 'next' },
    ...(until !== 'time' && until !== 'weekday' && ifPassed === 'leave'
      ? ([{ id: 'passed', label: 'passed' }] as const)
      : []),
    ...(until === 'attribute' ? ([{ id: 'no-date', label: 'noDate' }] as const) : []),
  ],
  passBy: 'next',
  summary: ({ until, weekdays = [], date = '', attribute = '', offset, at }): Summary => {
    const time = at === undefined ? '' : ` ${at}`;
    if (until === 'time') return { key: 'time', values: { time } };
    if (until === 'weekday') return { key: 'weekday', values: { days: { type: 'weekdays', days: weekdays }, time } };
    if (until === 'date') return { key: 'date', values: { date, time } };
    const amount = offset?.amount ?? 0;
    if (offset === undefined || amount === 0) return { key: 'attribute', values: { attribute, time } };
    const ms = Math.abs(amount) * (offset.unit === 'day' ? 24 * HOUR_MS : HOUR_MS);
    return {
      key: amount < 0 ? 'before' : 'after',
      values: { span: { type: 'duration', ms }, attribute, time: offset.unit === 'day' ? time : '' },
    };
  },
  check: (params, { attributes, now }) => {
    const { until, weekdays, date, attribute, offset, at } = params;
    const problems: Problem[] = checkZone('until', params);
    const report = (code: string, param: string, severity: Problem['severity'] = 'error', values = {}) =>
      problems.push({ code: `until:${code}`, severity, param: `/${param}`, values });
    if (until !== 'attribute' && at === undefined) report('time-missing', 'at');
    if (until === 'weekday' && weekdays === undefined) report('weekdays-missing', 'weekdays');
    if (until === 'date' && date === undefined) report('date-missing', 'date');
    if (until === 'date' && date !== undefined && !isLocalDate(date)) report('date-unreal', 'date', 'error', { date });
    else if (until === 'date' && date !== undefined && now !== undefined && wallOfDate(date) + LATEST_MIDNIGHT_MS < now)
      report('date-past', 'date', 'warning', { date });
    if (until !== 'attribute') return problems;
    if (attribute === undefined) report('attribute-missing', 'attribute');
    else if (attributes.size > 0 && !attributes.has(attribute))
      report('attribute-unseen', 'attribute', 'warning', { attribute });
    if (offset !== undefined && Math.abs(offset.amount) > MOST_OFFSET[offset.unit])
      report('offset-too-large', 'offset', 'error', { limit: MOST_OFFSET[offset.unit] });
    return problems;
  },
  canWait: true,
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
