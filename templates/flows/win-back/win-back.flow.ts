import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { did, didNot, EVER, inLast, SINCE_ENTERING } from '../conditions.ts';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, leaves, playCase, reaches, receives, receivesNothing } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ORDER } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { variants, nodes, exits } = words;
  const mail = createMail('win-back', words.footer, locale);
  return drawGraph(
    [
      {
        id: 'audience',
        kind: 'schedule',
        at: [0, 1],
        name: nodes.audience,
        params: {
          when: 'now',
          audience: { op: 'all', of: [did(ORDER, EVER), didNot(ORDER, inLast(90 * DAY_MS))] },
        },
      },
      {
        id: 'test',
        kind: 'ab-split',
        at: [1, 1],
        params: {
          variants: [
            { key: 'news', name: variants.news, weight: 45, isHoldOut: false },
            { key: 'voucher', name: variants.voucher, weight: 45, isHoldOut: false },
            { key: 'none', name: variants.none, weight: 10, isHoldOut: true },
          ],
        },
      },
      { id: 'news-mail', kind: 'email', at: [2, 0], name: variants.news, params: mail(words.news, 'new') },
      { id: 'voucher-mail', kind: 'email', at: [2, 1], name: variants.voucher, params: mail(words.voucher, 'voucher') },
      { id: 'held-out', kind: 'exit', at: [2, 2], params: { reason: exits.none } },
      { id: 'wait', kind: 'delay', at: [3, 1], params: { durationMs: 3 * DAY_MS } },
      {
        id: 'bought',
        kind: 'filter',
        at: [4, 1],
        name: nodes.bought,
        params: { condition: did(ORDER, SINCE_ENTERING) },
      },
      {
        id: 'mark',
        kind: 'update-attribute',
        at: [5, 0],
        params: {
          changes: [
            { attribute: 'lifecycle', action: 'set', value: 'won back' },
            { attribute: 'timesWonBack', action: 'increment', value: 1 },
          ],
        },
      },
      { id: 'won', kind: 'exit', at: [6, 0], params: { reason: exits.bought } },
      { id: 'reminder', kind: 'email', at: [5, 2], name: nodes.reminder, params: mail(words.reminder, 'best-sellers') },
      { id: 'reminded', kind: 'exit', at: [6, 2], params: { reason: exits.reminded } },
    ],
    [
      'audience.next>test',
      'test.news>news-mail',
      'test.voucher>voucher-mail',
      'test.none>held-out',
      'news-mail.next>wait',
      'voucher-mail.next>wait',
      'wait.next>bought',
      'bought.yes>mark',
      'mark.next>won',
      'bought.no>reminder',
      'reminder.next>reminded',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 14 * DAY_MS },
  );
}

export const winBack = defineReadyFlow({
  id: 'win-back',
  version: '1.0.0',
  icon: 'undo',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('audience', '/audience')],
    news: [at('news-mail', '/subject')],
    voucher: [at('voucher-mail', '/subject')],
    reminder: [at('reminder', '/subject')],
    wait: [at('wait', '/durationMs')],
  },
  cases: (words) => [
    playCase(words.nodes.reminder, { arms: { test: 'voucher' }, before: [[ORDER, 120 * DAY_MS, { revenue: 80 }]] }, [
      receives('voucher-mail'),
      leaves('bought', 'no'),
      receives('reminder'),
    ]),
    playCase(
      words.exits.bought,
      { arms: { test: 'news' }, before: [[ORDER, 120 * DAY_MS]], later: [[ORDER, DAY_MS, { revenue: 60 }]] },
      [receives('news-mail'), reaches('mark'), avoids('reminder')],
    ),
    playCase(words.exits.none, { arms: { test: 'none' }, before: [[ORDER, 120 * DAY_MS]] }, [
      receivesNothing,
      reaches('held-out'),
    ]),
  ],
});
