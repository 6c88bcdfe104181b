import { EVERYONE } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, leaves, playCase, reaches, receives } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ORDER, SIGNED_UP, VIEWED } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits, waits } = words;
  const mail = createMail('welcome', words.footer, locale);
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'event-trigger',
        at: [0, 0],
        name: nodes.start,
        params: { event: SIGNED_UP, audience: EVERYONE, reentry: 'once' },
      },
      { id: 'greeting', kind: 'email', at: [1, 0], name: nodes.greeting, params: mail(words.greeting, 'taste') },
      { id: 'morning', kind: 'until', at: [2, 0], params: { until: 'time', at: '09:30', zone: 'profile' } },
      { id: 'tip', kind: 'email', at: [3, 0], name: nodes.tip, params: mail(words.tip, 'list') },
      {
        id: 'looked',
        kind: 'wait-for-event',
        at: [4, 0],
        name: nodes.looked,
        params: {
          events: [
            { key: 'viewed', name: waits.viewed, on: { event: VIEWED } },
            { key: 'ordered', name: waits.ordered, on: { event: ORDER } },
          ],
          need: 'any',
          since: 'entry',
          timeoutMs: 3 * DAY_MS,
        },
      },
      { id: 'nudge', kind: 'email', at: [5, 1], name: nodes.nudge, params: mail(words.nudge, 'first-five') },
      { id: 'active', kind: 'exit', at: [5, 0], params: { reason: exits.active } },
      { id: 'done', kind: 'exit', at: [6, 1], params: { reason: exits.done } },
    ],
    [
      'start.next>greeting',
      'greeting.next>morning',
      'morning.next>tip',
      'tip.next>looked',
      'looked.viewed>active',
      'looked.ordered>active',
      'looked.timeout>nudge',
      'nudge.next>done',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 14 * DAY_MS },
  );
}

/** The first days of a new user. */
export const welcome = defineReadyFlow({
  id: 'welcome',
  version: '1.0.0',
  icon: 'team',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    event: [at('start', '/event')],
    greeting: [at('greeting', '/subject')],
    tip: [at('tip', '/subject')],
    tipTime: [at('morning', '/at')],
    patience: [at('looked', '/timeoutMs')],
    nudge: [at('nudge', '/subject')],
  },
  cases: (words) => [
    playCase(words.exits.done, { event: { name: SIGNED_UP, properties: {} } }, [
      receives('greeting'),
      receives('tip'),
      leaves('looked', 'timeout'),
      receives('nudge'),
    ]),
    playCase(
      words.exits.active,
      { event: { name: SIGNED_UP, properties: {} }, later: [[VIEWED, 2 * DAY_MS, { product_id: 'p1' }]] },
      [receives('tip'), reaches('active'), avoids('nudge')],
    ),
  ],
});
