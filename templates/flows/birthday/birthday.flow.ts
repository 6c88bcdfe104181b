import { EVERYONE } from '@sluice/shared/condition';
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

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits } = words;
  const mail = createMail('birthday', words.footer, locale);
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'date-trigger',
        at: [0, 0],
        name: nodes.start,
        params: {
          attribute: 'birthday',
          repeat: 'yearly',
          offsetDays: -7,
          at: '09:00',
          audience: EVERYONE,
          reentry: 'unlimited',
        },
      },
      { id: 'gift', kind: 'email', at: [1, 0], name: nodes.gift, params: mail(words.gift, 'birthday') },
      {
        id: 'used',
        kind: 'wait-for-event',
        at: [2, 0],
        name: nodes.used,
        params: {
          events: [{ key: 'ordered', name: words.waits.ordered, on: { event: ORDER } }],
          need: 'any',
          since: 'now',
          timeoutMs: 7 * DAY_MS,
        },
      },
      { id: 'used-up', kind: 'exit', at: [3, 0], params: { reason: exits.used } },
      { id: 'wish', kind: 'email', at: [3, 1], name: nodes.wish, params: mail(words.wish, 'birthday') },
      { id: 'wished', kind: 'exit', at: [4, 1], params: { reason: exits.wished } },
    ],
    ['start.next>gift', 'gift.next>used', 'used.ordered>used-up', 'used.timeout>wish', 'wish.next>wished'],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 21 * DAY_MS },
  );
}

/** Once a year, by an attribute of each person. */
export const birthday = defineReadyFlow({
  id: 'birthday',
  version: '1.0.1',
  icon: 'gift',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    attribute: [at('start', '/attribute')],
    lead: [at('start', '/offsetDays')],
    time: [at('start', '/at')],
    gift: [at('gift', '/subject')],
    wish: [at('wish', '/subject')],
    rest: [at('used', '/timeoutMs')],
  },
  cases: (words) => {
    const attributes = { birthday: '1990-03-09' };
    return [
      playCase(words.exits.wished, { attributes }, [receives('gift'), receives('wish'), reaches('wished')]),
      playCase(words.exits.used, { attributes, later: [[ORDER, 3 * DAY_MS, { revenue: 30 }]] }, [
        receives('gift'),
        avoids('wish'),
        reaches('used-up'),
      ]),
    ];
  },
});
