import { EVERYONE } from '@sluice/shared/condition';
import type { Problem } from '@sluice/shared/graph';
import { ConditionParam, defineNode, type Summary, type TriggerStart } from '@sluice/shared/node-contract';
import { checkRecurrence, nextOccurrence, parseInstant, Recurrence } from '@sluice/shared/time';
import { Type } from 'typebox';
import { checkEntry, ENTRY_DEFAULTS, ENTRY_HINTS, ENTRY_PARAMS, entryRules } from '../entry-params.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts a run for everyone in the audience: on publishing, at an instant, or again and again. */
export const schedule = defineNode({
  kind: 'schedule',
  version: 1,
  category: 'trigger',
  icon: 'calendar',
  params: Type.Object(
    {
      when: Type.Union([Type.Literal('now'), Type.Literal('at'), Type.Literal('recurring')]),
      at: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
      recurrence: Type.Optional(Recurrence),
      audience: ConditionParam,
      ...ENTRY_PARAMS,
    },
    { additionalProperties: false },
  ),
  defaults: { when: 'now', audience: EVERYONE, reentry: 'once', ...ENTRY_DEFAULTS },
  hints: {
    when: { widget: 'select' },
    at: { widget: 'datetime', showWhen: { param: 'when', in: ['at'] } },
    recurrence: { widget: 'recurrence', showWhen: { param: 'when', in: ['recurring'] } },
    audience: { widget: 'condition' },
    ...ENTRY_HINTS,
  },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ when, at, recurrence, audience }): Summary => {
    const who = { audience: { type: 'condition', condition: audience } } as const;
    if (when === 'at' && at !== undefined) return { key: 'at', values: { at: { type: 'instant', at }, ...who } };
    if (when === 'recurring' && recurrence !== undefined)
      return { key: 'recurring', values: { recurrence: { type: 'recurrence', recurrence }, ...who } };
    return { key: when === 'now' ? 'now' : 'unset', values: who };
  },
  check: ({ when, at, recurrence, ...entry }, { now }) => {
    const problems = checkEntry('schedule', entry);
    if (when === 'at') problems.push(...checkInstant(at, now));
    if (when === 'recurring') problems.push(...checkSeries(recurrence, now));
    return problems;
  },
  trigger: ({ when, at, recurrence, audience, ...entry }) => ({
    start: startOf(when, at, recurrence),
    audience,
    ...entryRules(entry),
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});

function checkInstant(at: string | undefined, now: number | undefined): Problem[] {
  if (at === undefined) return [{ code: 'schedule:at-missing', severity: 'error', param: '/at' }];
  const startAt = parseInstant(at);
  const isPast = now !== undefined && startAt !== undefined && startAt <= now;
  return isPast ? [{ code: 'schedule:at-past', severity: 'warning', param: '/at' }] : [];
}

function checkSeries(recurrence: Recurrence | undefined, now: number | undefined): Problem[] {
  if (recurrence === undefined)
    return [{ code: 'schedule:recurrence-missing', severity: 'error', param: '/recurrence' }];
  const faults = checkRecurrence(recurrence).map(
    ({ fault, pointer }): Problem => ({
      code: `schedule:${fault}`,
      severity: 'error',
      param: `/recurrence${pointer}`,
    }),
  );
  if (faults.length > 0 || now === undefined || nextOccurrence(recurrence, now) !== undefined) return faults;
  return [{ code: 'schedule:never-again', severity: 'error', param: '/recurrence/endAt' }];
}

function startOf(when: string, at: string | undefined, recurrence: Recurrence | undefined): TriggerStart {
  if (when === 'now') return { kind: 'publish' };
  // Starting at once instead would message people early; `check` keeps such a graph from being published.
  if (when === 'recurring') {
    if (recurrence === undefined) throw new Error('schedule: "recurring" is chosen but the recurrence is missing');
    return { kind: 'recurring', recurrence };
  }
  if (at === undefined) throw new Error('schedule: "at" is chosen but the instant is missing');
  return { kind: 'at', at };
}
