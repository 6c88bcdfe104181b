import type { Graph } from '@sluice/shared/graph';
import type { Mock } from '@sluice/shared/http-api';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { did, didNot, inLast } from '../conditions.ts';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, playCase, reaches, receives, receivesNothing } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ORDER, VIEWED } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const PRODUCT = 'recommendedProduct';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { variants, nodes, exits } = words;
  const mail = createMail('tonight', words.footer, locale);
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'schedule',
        at: [0, 1],
        name: nodes.start,
        params: {
          when: 'now',
          audience: {
            op: 'all',
            of: [
              { op: 'attribute', name: 'gender', is: { operator: 'equals', value: 'male' } },
              { op: 'attribute', name: 'employment', is: { operator: 'equals', value: 'employed' } },
              did(VIEWED, inLast(7 * DAY_MS)),
              didNot(ORDER, inLast(7 * DAY_MS)),
            ],
          },
          reentry: 'once',
        },
      },
      { id: 'tonight', kind: 'until', at: [1, 1], params: { until: 'time', at: '20:00', zone: 'profile' } },
      {
        id: 'risk',
        kind: 'service',
        at: [2, 1],
        name: nodes.risk,
        params: {
          // Which one it is must be said by whoever uses the template.
          service: '',
          cases: [{ key: 'pass', name: words.cases.pass, is: { operator: 'equals', value: 'pass' } }],
          withinMs: 10_000,
        },
      },
      { id: 'risky', kind: 'exit', at: [3, 2], params: { reason: exits.risky } },
      {
        id: 'groups',
        kind: 'ab-split',
        at: [3, 1],
        params: {
          variants: [
            { key: 'recommended', name: variants.recommended, weight: 50, isHoldOut: false },
            { key: 'picked', name: variants.picked, weight: 50, isHoldOut: false },
          ],
        },
      },
      {
        id: 'recommender',
        kind: 'service',
        at: [4, 0],
        name: nodes.recommender,
        params: { service: '', cases: [], keep: [{ field: 'product', attribute: PRODUCT }], withinMs: 10_000 },
      },
      {
        id: 'recommended',
        kind: 'email',
        at: [5, 0],
        name: nodes.recommended,
        params: mail(words.recommended, 'recommended'),
      },
      { id: 'picked', kind: 'email', at: [5, 1], name: nodes.picked, params: mail(words.picked, 'favourite') },
      { id: 'sent', kind: 'exit', at: [6, 1], params: { reason: exits.sent } },
    ],
    [
      'start.next>tonight',
      'tonight.next>risk',
      'risk.pass>groups',
      'risk.other>risky',
      'risk.fallback>risky',
      'groups.recommended>recommender',
      'groups.picked>picked',
      'recommender.other>recommended',
      'recommender.fallback>picked',
      'recommended.next>sent',
      'picked.next>sent',
    ],
    { conversionEvent: ORDER, valueProperty: 'revenue', currency: words.currency, windowMs: 7 * DAY_MS },
  );
}

/** Without an answer nobody passes, and without a recommendation the picked product goes out. */
export const riskAndRecommendation = defineReadyFlow({
  id: 'risk-and-recommendation',
  version: '1.0.1',
  icon: 'service',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('start', '/audience')],
    time: [at('tonight', '/at')],
    risk: [at('risk', '/service')],
    recommender: [at('recommender', '/service')],
    shares: [at('groups', '/variants')],
    recommended: [at('recommended', '/subject')],
    picked: [at('picked', '/subject')],
  },
  cases: ({ names }) => {
    const person = {
      attributes: { gender: 'male', employment: 'employed' },
      before: [[VIEWED, DAY_MS, { product_id: 'p1' }]] as const,
    };
    const answers = (node: string, body: object): Mock => ({
      node,
      isReal: false,
      rules: [{ reply: { kind: 'answer', status: 200, body: JSON.stringify(body), latencyMs: 20 } }],
    });
    const passes = answers('risk', { decision: 'pass' });
    return [
      playCase(
        names.recommended,
        {
          ...person,
          arms: { groups: 'recommended' },
          mocks: [passes, answers('recommender', { product: 'Walnut desk' })],
        },
        [receives('recommended'), avoids('picked')],
      ),
      playCase(names.picked, { ...person, arms: { groups: 'picked' }, mocks: [passes] }, [
        receives('picked'),
        avoids('recommender'),
      ]),
      playCase(names.rejected, { ...person, mocks: [answers('risk', { decision: 'reject' })] }, [
        receivesNothing,
        reaches('risky'),
      ]),
    ];
  },
});
