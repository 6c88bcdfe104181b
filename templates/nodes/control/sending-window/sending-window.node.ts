import type { Problem } from '@sluice/shared/graph';
import { checkZone, defineNode, ZONE_HINTS, ZONE_PARAMS } from '@sluice/shared/node-contract';
import { ClosedDates, isLocalDate, nextOpening, WeeklyWindow } from '@sluice/shared/time';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const ANY_MOMENT = 0;

/** Lets runs through at good hours only and holds the others until the next opening. */
export const sendingWindow = defineNode({
  kind: 'sending-window',
  version: 1,
  category: 'control',
  icon: 'sun',
  params: Type.Object(
    {
      mode: Type.Union([Type.Literal('open'), Type.Literal('quiet')]),
      windows: Type.Array(WeeklyWindow, { minItems: 1, maxItems: 20 }),
      closedOn: Type.Optional(ClosedDates),
      ...ZONE_PARAMS,
    },
    { additionalProperties: false },
  ),
  defaults: {
    mode: 'open',
    windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '21:00' }],
    zone: 'profile',
  },
  hints: { mode: { widget: 'select' }, closedOn: { widget: 'dates' }, ...ZONE_HINTS },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ mode, windows }) => ({
    key: mode,
    values: {
      windows: {
        type: 'list',
        of: windows.map(({ days, from, to }) => ({
          key: 'window',
          values: { days: { type: 'weekdays', days }, from, to },
        })),
      },
    },
  }),
  check: (params) => {
    const problems: Problem[] = checkZone('sending-window', params);
    // Closed dates end one day; what is closed without them is closed for ever.
    const hours = { windows: params.windows, isQuiet: params.mode === 'quiet' };
    if (nextOpening(hours, 'UTC', ANY_MOMENT) === undefined)
      problems.push({ code: 'sending-window:never-open', severity: 'error', param: '/windows' });
    for (const date of params.closedOn ?? [])
      if (!isLocalDate(date))
        problems.push({
          code: 'sending-window:date-unreal',
          severity: 'error',
          param: '/closedOn',
          values: { date },
        });
    return problems;
  },
  canWait: true,
  holdsFor: 'hours',
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
