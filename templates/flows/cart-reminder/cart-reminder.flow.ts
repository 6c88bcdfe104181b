import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { did, didNot, inLast, SINCE_ENTERING } from '../conditions.ts';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { playCase, reaches, receives, receivesNothing } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ADDED_TO_CART, ORDER } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits } = words;
  const mail = createMail('reminder', words.footer, locale);
  const stillOpen = { condition: didNot(ORDER, SINCE_ENTERING) };
  return drawGraph(
    [
      {
        id: 'audience',
        kind: 'schedule',
        at: [0, 0],
        name: nodes.audience,
        params: {
          when: 'now',
          audience: { op: 'all', of: [did(ADDED_TO_CART, inLast(DAY_MS)), didNot(ORDER, inLast(DAY_MS))] },
        },
      },
      { id: 'pause', kind: 'delay', at: [1, 0], params: { durationMs: 4 * HOUR_MS } },
      { id: 'open', kind: 'filter', at: [2, 0], name: nodes.stillOpen, params: stillOpen },
      { id: 'first-mail', kind: 'email', at: [3, 0], name: nodes.first, params: mail(words.first, 'cart') },
      { id: 'next-day', kind: 'delay', at: [4, 0], params: { durationMs: DAY_MS } },
      { id: 'open-next-day', kind: 'filter', at: [5, 0], name: nodes.stillOpenNextDay, params: stillOpen },
      { id: 'second-mail', kind: 'email', at: [6, 0], name: nodes.second, params: mail(words.second, 'cart') },
      { id: 'given', kind: 'exit', at: [7, 0], params: { reason: exits.given } },
      { id: 'ordered', kind: 'exit', at: [6, 1], params: { reason: exits.ordered } },
    ],
    [
      'audience.next>pause',
      'pause.next>open',
      'open.yes>first-mail',
      'open.no>ordered',
      'first-mail.next>next-day',
      'next-day.next>open-next-day',
      'open-next-day.yes>second-mail',
      'open-next-day.no>ordered',
      'second-mail.next>given',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 3 * DAY_MS },
  );
}

export const cartReminder = defineReadyFlow({
  id: 'cart-reminder',
  version: '1.0.0',
  icon: 'shopping-cart',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('audience', '/audience')],
    pause: [at('pause', '/durationMs')],
    nextDay: [at('next-day', '/durationMs')],
    first: [at('first-mail', '/subject')],
    second: [at('second-mail', '/subject')],
  },
  cases: (words) => [
    playCase(words.exits.given, { before: [[ADDED_TO_CART, HOUR_MS]] }, [
      receives('first-mail'),
      receives('second-mail'),
      reaches('given'),
    ]),
    playCase(words.exits.ordered, { before: [[ADDED_TO_CART, HOUR_MS]], later: [[ORDER, 2 * HOUR_MS]] }, [
      receivesNothing,
      reaches('ordered'),
    ]),
  ],
});
