import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { did, SINCE_ENTERING } from '../conditions.ts';
import { drawGraph } from '../draw-graph.ts';
import { writeLetter } from '../letter.ts';
import { playCase, reaches, receives, receivesNothing } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { variants, nodes, exits, mens, womens } = words;
  return drawGraph(
    [
      {
        id: 'audience',
        kind: 'schedule',
        at: [0, 1],
        name: nodes.audience,
        params: {
          when: 'now',
          audience: { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } },
        },
      },
      {
        id: 'arms',
        kind: 'attribute-split',
        at: [1, 1],
        params: {
          attribute: 'segment',
          variants: [
            { key: 'mens', name: variants.mens, values: ['Mens E-Mail'], isHoldOut: false },
            { key: 'womens', name: variants.womens, values: ['Womens E-Mail'], isHoldOut: false },
            { key: 'none', name: variants.none, values: ['No E-Mail'], isHoldOut: true },
          ],
        },
      },
      {
        id: 'mens-mail',
        kind: 'email',
        at: [2, 0],
        name: variants.mens,
        params: {
          to: 'email',
          subject: mens.subject,
          preheader: mens.preheader,
          body: writeLetter(mens.letter, locale),
        },
      },
      {
        id: 'womens-mail',
        kind: 'email',
        at: [2, 1],
        name: variants.womens,
        params: {
          to: 'email',
          subject: womens.subject,
          preheader: womens.preheader,
          body: writeLetter(womens.letter, locale),
        },
      },
      { id: 'outside', kind: 'exit', at: [2, 3], params: { reason: exits.outside } },
      { id: 'wait', kind: 'delay', at: [3, 1], params: { durationMs: 3 * DAY_MS } },
      {
        id: 'engaged',
        kind: 'filter',
        at: [4, 1],
        name: nodes.engaged,
        params: {
          condition: { op: 'any', of: [did('Email Opened', SINCE_ENTERING), did('visit', SINCE_ENTERING)] },
        },
      },
      {
        id: 'mark',
        kind: 'update-attribute',
        at: [5, 0],
        params: { changes: [{ attribute: 'engaged', action: 'set', value: true }] },
      },
      { id: 'interested', kind: 'exit', at: [6, 0], params: { reason: exits.engaged } },
      { id: 'quiet', kind: 'exit', at: [5, 2], params: { reason: exits.quiet } },
    ],
    [
      'audience.next>arms',
      'arms.mens>mens-mail',
      'arms.womens>womens-mail',
      'arms.none>wait',
      'arms.other>outside',
      'mens-mail.next>wait',
      'womens-mail.next>wait',
      'wait.next>engaged',
      'engaged.yes>mark',
      'engaged.no>quiet',
      'mark.next>interested',
    ],
    {
      clickEvent: 'visit',
      conversionEvent: 'conversion',
      valueProperty: 'spend',
      currency: words.currency,
      windowMs: 14 * DAY_MS,
    },
  );
}

/** The e-mail test of K. Hillstrom (MineThatData, 2008), whose arms were dealt out in the file. */
export const hillstromSplit = defineReadyFlow({
  id: 'hillstrom-split',
  version: '1.0.0',
  icon: 'mail',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('audience', '/audience')],
    wait: [at('wait', '/durationMs')],
    mens: [at('mens-mail', '/subject')],
    womens: [at('womens-mail', '/subject')],
  },
  cases: (words) => [
    playCase(
      words.exits.engaged,
      { attributes: { history: 250, segment: 'Mens E-Mail' }, later: [['visit', DAY_MS]] },
      [receives('mens-mail'), reaches('mark')],
    ),
    playCase(words.variants.none, { attributes: { history: 250, segment: 'No E-Mail' } }, [
      receivesNothing,
      reaches('quiet'),
    ]),
  ],
});
