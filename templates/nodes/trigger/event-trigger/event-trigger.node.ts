import { EVERYONE } from '@sluice/shared/condition';
import { ConditionParam, defineNode, EventFilters, EventName, OwnPropertyName } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { checkEntry, ENTRY_DEFAULTS, ENTRY_HINTS, entryRules, KEYED_ENTRY_PARAMS } from '../entry-params.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts a run for whoever does something, as soon as the event arrives. */
export const eventTrigger = defineNode({
  kind: 'event-trigger',
  version: 1,
  category: 'trigger',
  icon: 'thunderbolt',
  params: Type.Object(
    {
      event: EventName,
      where: Type.Optional(EventFilters),
      key: Type.Optional(OwnPropertyName),
      audience: ConditionParam,
      ...KEYED_ENTRY_PARAMS,
    },
    { additionalProperties: false },
  ),
  defaults: { event: '', audience: EVERYONE, reentry: 'unlimited', ...ENTRY_DEFAULTS },
  hints: {
    audience: { widget: 'condition' },
    ...ENTRY_HINTS,
  },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ event, where = [] }) => {
    if (event.trim() === '') return { key: 'unset' };
    return { key: where.length > 0 ? 'filtered' : 'event', values: { event: event.trim(), count: where.length } };
  },
  check: ({ event, key, ...entry }, { events }) => {
    const problems = checkEntry('event-trigger', entry);
    const name = event.trim();
    if (name === '') problems.push({ code: 'event-trigger:event-missing', severity: 'error', param: '/event' });
    else if (events.size > 0 && !events.has(name))
      problems.push({
        code: 'event-trigger:event-unseen',
        severity: 'warning',
        param: '/event',
        values: { event: name },
      });
    if (entry.reentry === 'key' && key === undefined)
      problems.push({ code: 'event-trigger:key-missing', severity: 'error', param: '/key' });
    return problems;
  },
  trigger: ({ event, where = [], key, audience, ...entry }) => ({
    start: {
      kind: 'event',
      event: event.trim(),
      ...(where.length > 0 && { where }),
      ...(key !== undefined && { key }),
    },
    audience,
    ...entryRules(entry),
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
