import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, playCase, reaches, receives } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ORDER } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const SEGMENT = 'rfm_segment';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits } = words;
  const mail = createMail('rescue', words.footer, locale);
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'schedule',
        at: [0, 0],
        name: nodes.start,
        params: {
          when: 'recurring',
          recurrence: { repeat: { kind: 'weekdays', days: [2], at: '10:00' }, timeZone: words.timeZone },
          audience: {
            op: 'attribute',
            name: SEGMENT,
            is: { operator: 'in', value: ['at-risk', 'about-to-sleep'] },
          },
          reentry: 'period',
          reentryMs: 60 * DAY_MS,
        },
      },
      {
        id: 'valuable',
        kind: 'filter',
        at: [1, 0],
        name: nodes.valuable,
        params: { condition: { op: 'attribute', name: SEGMENT, is: { operator: 'equals', value: 'at-risk' } } },
      },
      { id: 'personal', kind: 'email', at: [2, 0], name: nodes.personal, params: mail(words.personal, 'new') },
      {
        id: 'back',
        kind: 'wait-for-event',
        at: [3, 0],
        name: nodes.back,
        params: {
          events: [{ key: 'ordered', name: words.waits.ordered, on: { event: ORDER } }],
          need: 'any',
          since: 'entry',
          timeoutMs: 5 * DAY_MS,
        },
      },
      { id: 'returned', kind: 'exit', at: [4, 0], params: { reason: exits.back } },
      { id: 'voucher', kind: 'email', at: [4, 1], name: nodes.voucher, params: mail(words.voucher, 'voucher') },
      { id: 'given', kind: 'exit', at: [5, 1], params: { reason: exits.voucher } },
      { id: 'light', kind: 'email', at: [2, 1], name: nodes.light, params: mail(words.light, 'for-you') },
      { id: 'reminded', kind: 'exit', at: [3, 1], params: { reason: exits.light } },
    ],
    [
      'start.next>valuable',
      'valuable.yes>personal',
      'valuable.no>light',
      'personal.next>back',
      'back.ordered>returned',
      'back.timeout>voucher',
      'voucher.next>given',
      'light.next>reminded',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 30 * DAY_MS },
  );
}

/** Before they are lost, by what they are worth. */
export const rfmRescue = defineReadyFlow({
  id: 'rfm-rescue',
  version: '1.0.0',
  icon: 'dashboard',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('start', '/audience')],
    recurrence: [at('start', '/recurrence')],
    again: [at('start', '/reentryMs')],
    valuable: [at('valuable', '/condition')],
    patience: [at('back', '/timeoutMs')],
    personal: [at('personal', '/subject')],
    voucher: [at('voucher', '/subject')],
    light: [at('light', '/subject')],
  },
  cases: (words) => {
    const attributes = { [SEGMENT]: 'at-risk' };
    return [
      playCase(words.exits.voucher, { attributes }, [receives('personal'), receives('voucher'), avoids('light')]),
      playCase(words.exits.back, { attributes, later: [[ORDER, 3 * DAY_MS, { revenue: 70 }]] }, [
        receives('personal'),
        reaches('returned'),
        avoids('voucher'),
      ]),
      playCase(words.exits.light, { attributes: { [SEGMENT]: 'about-to-sleep' } }, [
        receives('light'),
        avoids('personal'),
      ]),
    ];
  },
});
