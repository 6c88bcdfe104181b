import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { did, inLast, SINCE_ENTERING } from '../conditions.ts';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { playCase, reaches, receives, receivesNothing } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ORDER, VIEWED } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits } = words;
  const mail = createMail('price-drop', words.footer, locale);
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'call-trigger',
        at: [0, 0],
        name: nodes.start,
        params: { audience: did(VIEWED, inLast(30 * DAY_MS)), reentry: 'period', reentryMs: DAY_MS },
      },
      {
        id: 'hours',
        kind: 'sending-window',
        at: [1, 0],
        params: {
          mode: 'open',
          windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '21:00' }],
          zone: 'profile',
        },
      },
      {
        id: 'bought',
        kind: 'filter',
        at: [2, 0],
        name: nodes.bought,
        params: { condition: did(ORDER, SINCE_ENTERING) },
      },
      { id: 'pace', kind: 'throttle', at: [3, 0], params: { perMinute: 600 } },
      { id: 'mail', kind: 'email', at: [4, 0], name: nodes.mail, params: mail(words.mail, 'watched') },
      { id: 'told', kind: 'exit', at: [5, 0], params: { reason: exits.told } },
      { id: 'had-it', kind: 'exit', at: [3, 1], params: { reason: exits.bought } },
    ],
    [
      'start.next>hours',
      'hours.next>bought',
      'bought.yes>had-it',
      'bought.no>pace',
      'pace.next>mail',
      'mail.next>told',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 3 * DAY_MS },
  );
}

/** Started by the shop, held back at night. */
export const priceDrop = defineReadyFlow({
  id: 'price-drop',
  version: '1.0.0',
  icon: 'tag',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('start', '/audience')],
    again: [at('start', '/reentryMs')],
    hours: [at('hours', '/windows')],
    perMinute: [at('pace', '/perMinute')],
    subject: [at('mail', '/subject')],
  },
  cases: (words) => {
    const before = [[VIEWED, 2 * DAY_MS, { product_id: 'p1' }]] as const;
    const event = { properties: { product_id: 'p1' } };
    // 22:00 in Shanghai.
    const startAt = '2026-03-02T14:00:00.000Z';
    const attributes = { timeZone: 'Asia/Shanghai' };
    return [
      playCase(words.exits.told, { before, event }, [receives('mail'), reaches('told')]),
      playCase(words.exits.bought, { attributes, before, event, startAt, later: [[ORDER, HOUR_MS]] }, [
        receivesNothing,
        reaches('had-it'),
      ]),
    ];
  },
});
