import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { did, didNot, EVER } from '../conditions.ts';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, playCase, reaches, receives, receivesNothing } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ORDER, VIEWED } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { variants, nodes, exits } = words;
  const mail = createMail('first-order', words.footer, locale);
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'schedule',
        at: [0, 1],
        name: nodes.start,
        params: {
          when: 'recurring',
          recurrence: { repeat: { kind: 'daily', at: '10:00' }, timeZone: words.timeZone },
          audience: {
            op: 'all',
            of: [
              { op: 'attribute', name: 'signedUpAt', is: { operator: 'before', value: { relative: -7, unit: 'day' } } },
              did(VIEWED, EVER),
              didNot(ORDER, EVER),
            ],
          },
          reentry: 'once',
        },
      },
      {
        id: 'test',
        kind: 'ab-split',
        at: [1, 1],
        params: {
          variants: [
            { key: 'proof', name: variants.proof, weight: 45, isHoldOut: false },
            { key: 'voucher', name: variants.voucher, weight: 45, isHoldOut: false },
            { key: 'none', name: variants.none, weight: 10, isHoldOut: true },
          ],
        },
      },
      { id: 'proof', kind: 'email', at: [2, 0], name: variants.proof, params: mail(words.proof, 'seen') },
      { id: 'voucher', kind: 'email', at: [2, 1], name: variants.voucher, params: mail(words.voucher, 'first') },
      { id: 'held-out', kind: 'exit', at: [2, 2], params: { reason: exits.none } },
      {
        id: 'order',
        kind: 'wait-for-event',
        at: [3, 1],
        name: nodes.order,
        params: {
          events: [{ key: 'ordered', name: words.waits.ordered, on: { event: ORDER } }],
          need: 'any',
          since: 'entry',
          timeoutMs: 5 * DAY_MS,
        },
      },
      { id: 'ordered', kind: 'exit', at: [4, 0], params: { reason: exits.ordered } },
      { id: 'reminder', kind: 'email', at: [4, 1], name: nodes.reminder, params: mail(words.reminder, 'seen') },
      { id: 'pushed', kind: 'exit', at: [5, 1], params: { reason: exits.pushed } },
    ],
    [
      'start.next>test',
      'test.proof>proof',
      'test.voucher>voucher',
      'test.none>held-out',
      'proof.next>order',
      'voucher.next>order',
      'order.ordered>ordered',
      'order.timeout>reminder',
      'reminder.next>pushed',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 14 * DAY_MS },
  );
}

/** From looking around to the first order, with proof of what the push earns. */
export const firstOrder = defineReadyFlow({
  id: 'first-order',
  version: '1.0.1',
  icon: 'flag',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('start', '/audience')],
    recurrence: [at('start', '/recurrence')],
    shares: [at('test', '/variants')],
    proof: [at('proof', '/subject')],
    voucher: [at('voucher', '/subject')],
    reminder: [at('reminder', '/subject')],
    patience: [at('order', '/timeoutMs')],
  },
  cases: (words) => {
    const attributes = { signedUpAt: '2026-02-01T00:00:00.000Z' };
    const before = [[VIEWED, 3 * DAY_MS, { product_id: 'p1' }]] as const;
    return [
      playCase(words.exits.pushed, { attributes, before, arms: { test: 'proof' } }, [
        receives('proof'),
        receives('reminder'),
      ]),
      playCase(words.exits.ordered, { attributes, before, arms: { test: 'voucher' }, later: [[ORDER, 3 * DAY_MS]] }, [
        receives('voucher'),
        reaches('ordered'),
        avoids('reminder'),
      ]),
      playCase(words.exits.none, { attributes, before, arms: { test: 'none' } }, [receivesNothing]),
    ];
  },
});
