import { EVERYONE } from '@sluice/shared/condition';
import { FieldName } from '@sluice/shared/model';
import { ConditionParam, defineNode } from '@sluice/shared/node-contract';
import { isTimeZone, TimeOfDay, TimeZoneName } from '@sluice/shared/time';
import { Type } from 'typebox';
import { checkEntry, ENTRY_DEFAULTS, ENTRY_HINTS, ENTRY_PARAMS, entryRules } from '../entry-params.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts a run for everyone whose date comes: a birthday, a renewal, some days before or after it. */
export const dateTrigger = defineNode({
  kind: 'date-trigger',
  version: 1,
  category: 'trigger',
  icon: 'gift',
  params: Type.Object(
    {
      attribute: FieldName,
      repeat: Type.Union([Type.Literal('yearly'), Type.Literal('once')]),
      offsetDays: Type.Integer({ minimum: -366, maximum: 366 }),
      at: TimeOfDay,
      timeZone: Type.Optional(TimeZoneName),
      audience: ConditionParam,
      ...ENTRY_PARAMS,
    },
    { additionalProperties: false },
  ),
  defaults: {
    attribute: 'birthday',
    repeat: 'yearly',
    offsetDays: 0,
    at: '09:00',
    audience: EVERYONE,
    reentry: 'unlimited',
    ...ENTRY_DEFAULTS,
  },
  hints: {
    attribute: { widget: 'attribute' },
    repeat: { widget: 'select' },
    at: { widget: 'time-of-day' },
    timeZone: { widget: 'time-zone', isAdvanced: true },
    audience: { widget: 'condition' },
    ...ENTRY_HINTS,
  },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ attribute, offsetDays, at, repeat }) => {
    const side = offsetDays === 0 ? 'on' : offsetDays < 0 ? 'before' : 'after';
    return { key: `${repeat}-${side}`, values: { attribute, days: Math.abs(offsetDays), at } };
  },
  check: ({ attribute, timeZone, ...entry }, { attributes }) => {
    const problems = checkEntry('date-trigger', entry);
    const values = { attribute };
    const type = attributes.get(attribute);
    if (type !== undefined && type !== 'date')
      problems.push({ code: 'date-trigger:not-a-date', severity: 'error', param: '/attribute', values });
    else if (type === undefined && attributes.size > 0)
      problems.push({ code: 'date-trigger:attribute-unseen', severity: 'warning', param: '/attribute', values });
    if (timeZone !== undefined && !isTimeZone(timeZone))
      problems.push({ code: 'date-trigger:zone-unknown', severity: 'error', param: '/timeZone' });
    return problems;
  },
  trigger: ({ attribute, offsetDays, at, repeat, timeZone, audience, ...entry }) => ({
    start: { kind: 'date', attribute, offsetDays, at, repeat, ...(timeZone !== undefined && { timeZone }) },
    audience,
    ...entryRules(entry),
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
