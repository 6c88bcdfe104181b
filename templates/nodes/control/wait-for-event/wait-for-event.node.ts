import type { Problem } from '@sluice/shared/graph';
import {
  checkEventChosen,
  defineNode,
  KeyedEventParam,
  MAX_SPAN_MS,
  type PortSpec,
  VariantKey,
} from '@sluice/shared/node-contract';
import { DAY_MS, SECOND_MS } from '@sluice/shared/time';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** The port of those for whom the time was over. */
export const TIMEOUT = 'timeout';
/** The port of those to whom everything has happened. */
export const ALL = 'all';
const RESERVED = new Set([TIMEOUT, ALL]);

/** Holds a run until something happens to its profile, at most for a time; each event has its own way out. */
export const waitForEvent = defineNode({
  kind: 'wait-for-event',
  version: 1,
  category: 'control',
  icon: 'hourglass',
  params: Type.Object(
    {
      events: Type.Array(
        Type.Object(
          { key: VariantKey, name: Type.String({ minLength: 1, maxLength: 60 }), on: KeyedEventParam },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 8 },
      ),
      need: Type.Union([Type.Literal('any'), Type.Literal('all')]),
      since: Type.Union([Type.Literal('now'), Type.Literal('entry')]),
      timeoutMs: Type.Integer({ minimum: SECOND_MS, maximum: MAX_SPAN_MS }),
    },
    { additionalProperties: false },
  ),
  defaults: {
    events: [{ key: 'a', name: 'A', on: { event: '' } }],
    need: 'any',
    since: 'now',
    timeoutMs: DAY_MS,
  },
  hints: { events: { widget: 'variants' }, timeoutMs: { widget: 'duration' }, since: { isAdvanced: true } },
  ports: ({ events, need }): PortSpec[] => [
    ...(need === 'all' ? [{ id: ALL, label: ALL }] : events.map(({ key, name }) => ({ id: key, text: name }))),
    { id: TIMEOUT, label: TIMEOUT },
  ],
  passBy: TIMEOUT,
  summary: ({ events, need, timeoutMs }) => ({
    key: need,
    values: {
      events: {
        type: 'list',
        of: events.map(({ name, on }) => ({ key: 'event', values: { event: on.event.trim() || name } })),
      },
      timeout: { type: 'duration', ms: timeoutMs },
    },
  }),
  check: ({ events }) =>
    events.flatMap(({ key, on }, index): Problem[] => {
      const isTwice = events.findIndex((other) => other.key === key) !== index;
      const code = RESERVED.has(key) ? 'key-reserved' : isTwice ? 'key-twice' : undefined;
      return [
        ...checkEventChosen(on.event, 'wait-for-event', `/events/${index}/on`),
        ...(code === undefined
          ? []
          : [
              {
                code: `wait-for-event:${code}`,
                severity: 'error' as const,
                param: `/events/${index}/key`,
                values: { key },
              },
            ]),
      ];
    }),
  canWait: true,
  awaits: ({ events }) => events.map(({ on }) => ({ ...on, event: on.event.trim() })),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
