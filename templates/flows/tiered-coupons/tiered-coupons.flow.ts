import type { Condition } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { did, inLast } from '../conditions.ts';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, playCase, reaches, receives, receivesNothing } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ORDER } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const spent = (value: number): Condition => ({
  op: 'attribute',
  name: 'totalSpent',
  is: { operator: 'atLeast', value },
});

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { variants, nodes, exits, tiers } = words;
  const mail = createMail('voucher', words.footer, locale);
  const tag = (tier: string) => ({ action: 'add' as const, tags: [`voucher-${tier}`], attribute: 'tags' });
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'schedule',
        at: [0, 1],
        name: nodes.start,
        params: {
          when: 'recurring',
          recurrence: { repeat: { kind: 'monthly', day: 1, at: '10:00' }, timeZone: words.timeZone },
          audience: did(ORDER, inLast(365 * DAY_MS)),
          reentry: 'unlimited',
        },
      },
      {
        id: 'test',
        kind: 'ab-split',
        at: [1, 1],
        params: {
          variants: [
            { key: 'voucher', name: variants.voucher, weight: 90, isHoldOut: false },
            { key: 'none', name: variants.none, weight: 10, isHoldOut: true },
          ],
        },
      },
      { id: 'held-out', kind: 'exit', at: [2, 3], params: { reason: exits.none } },
      {
        id: 'tier',
        kind: 'switch',
        at: [2, 1],
        name: nodes.tier,
        params: {
          cases: [
            { key: 'gold', name: tiers.gold, condition: spent(2000) },
            { key: 'silver', name: tiers.silver, condition: spent(500) },
          ],
        },
      },
      { id: 'gold', kind: 'email', at: [3, 0], name: nodes.gold, params: mail(words.gold, 'voucher') },
      { id: 'silver', kind: 'email', at: [3, 1], name: nodes.silver, params: mail(words.silver, 'voucher') },
      { id: 'bronze', kind: 'email', at: [3, 2], name: nodes.bronze, params: mail(words.bronze, 'voucher') },
      { id: 'tag-gold', kind: 'tag', at: [4, 0], params: tag('gold') },
      { id: 'tag-silver', kind: 'tag', at: [4, 1], params: tag('silver') },
      { id: 'tag-bronze', kind: 'tag', at: [4, 2], params: tag('bronze') },
      { id: 'sent', kind: 'exit', at: [5, 1], params: { reason: exits.sent } },
    ],
    [
      'start.next>test',
      'test.voucher>tier',
      'test.none>held-out',
      'tier.gold>gold',
      'tier.silver>silver',
      'tier.else>bronze',
      'gold.next>tag-gold',
      'silver.next>tag-silver',
      'bronze.next>tag-bronze',
      'tag-gold.next>sent',
      'tag-silver.next>sent',
      'tag-bronze.next>sent',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 30 * DAY_MS },
  );
}

/** As much as it takes, and no more. */
export const tieredCoupons = defineReadyFlow({
  id: 'tiered-coupons',
  version: '1.0.1',
  icon: 'tags',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('start', '/audience')],
    recurrence: [at('start', '/recurrence')],
    tiers: [at('tier', '/cases')],
    shares: [at('test', '/variants')],
    gold: [at('gold', '/subject')],
    silver: [at('silver', '/subject')],
    bronze: [at('bronze', '/subject')],
  },
  cases: (words) => {
    const before = [[ORDER, 40 * DAY_MS, { revenue: 90 }]] as const;
    const spends = (totalSpent: number) => ({ before, attributes: { totalSpent }, arms: { test: 'voucher' } });
    return [
      playCase(words.nodes.gold, spends(2600), [receives('gold'), reaches('tag-gold')]),
      playCase(words.nodes.silver, spends(700), [receives('silver'), avoids('gold')]),
      playCase(words.nodes.bronze, spends(40), [receives('bronze')]),
      playCase(words.exits.none, { ...spends(40), arms: { test: 'none' } }, [receivesNothing]),
    ];
  },
});
