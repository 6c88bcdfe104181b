import { EVERYONE } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, leaves, playCase, reaches, receives, receivesNothing } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { CHECKOUT, ORDER } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const KEY = 'order_id';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits } = words;
  const mail = createMail('checkout', words.footer, locale);
  const untilPaid = (timeoutMs: number) => ({
    events: [{ key: 'paid', name: words.waits.paid, on: { event: ORDER, same: { property: KEY, of: KEY } } }],
    need: 'any' as const,
    since: 'entry' as const,
    timeoutMs,
  });
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'event-trigger',
        at: [0, 0],
        name: nodes.start,
        params: { event: CHECKOUT, key: KEY, audience: EVERYONE, reentry: 'key' },
      },
      { id: 'paid', kind: 'wait-for-event', at: [1, 0], name: nodes.paid, params: untilPaid(HOUR_MS) },
      { id: 'first', kind: 'email', at: [2, 1], name: nodes.first, params: mail(words.first, 'checkout') },
      { id: 'paid-later', kind: 'wait-for-event', at: [3, 1], name: nodes.paidLater, params: untilPaid(12 * HOUR_MS) },
      { id: 'morning', kind: 'until', at: [4, 1], params: { until: 'time', at: '10:00', zone: 'profile' } },
      { id: 'paid-at-last', kind: 'wait-for-event', at: [5, 1], name: nodes.paid, params: untilPaid(MINUTE_MS) },
      { id: 'last', kind: 'email', at: [6, 1], name: nodes.last, params: mail(words.last, 'checkout') },
      { id: 'done', kind: 'exit', at: [7, 0], params: { reason: exits.paid } },
      { id: 'given', kind: 'exit', at: [7, 1], params: { reason: exits.given } },
    ],
    [
      'start.next>paid',
      'paid.paid>done',
      'paid.timeout>first',
      'first.next>paid-later',
      'paid-later.paid>done',
      'paid-later.timeout>morning',
      'morning.next>paid-at-last',
      'paid-at-last.paid>done',
      'paid-at-last.timeout>last',
      'last.next>given',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 3 * DAY_MS },
  );
}

/** One run per order, not per person. */
export const checkoutFollowUp = defineReadyFlow({
  id: 'checkout-follow-up',
  version: '1.0.1',
  icon: 'thunderbolt',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    event: [at('start', '/event')],
    key: [
      at('start', '/key'),
      ...['paid', 'paid-later', 'paid-at-last'].flatMap((node) => [
        at(node, '/events/0/on/same/property'),
        at(node, '/events/0/on/same/of'),
      ]),
    ],
    patience: [at('paid', '/timeoutMs')],
    first: [at('first', '/subject')],
    last: [at('last', '/subject')],
    lastTime: [at('morning', '/at')],
  },
  cases: (words) => {
    const event = { name: CHECKOUT, properties: { order_id: 'A-1' } };
    return [
      playCase(words.exits.given, { event, later: [[ORDER, 30 * MINUTE_MS, { order_id: 'B-2' }]] }, [
        leaves('paid', 'timeout'),
        receives('first'),
        receives('last'),
        reaches('given'),
      ]),
      playCase(words.exits.paid, { event, later: [[ORDER, 20 * MINUTE_MS, { order_id: 'A-1', revenue: 40 }]] }, [
        receivesNothing,
        reaches('done'),
      ]),
      playCase(words.nodes.paidLater, { event, later: [[ORDER, 20 * HOUR_MS, { order_id: 'A-1' }]] }, [
        receives('first'),
        avoids('last'),
        reaches('done'),
      ]),
    ];
  },
});
