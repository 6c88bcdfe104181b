import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { did, SINCE_ENTERING } from '../conditions.ts';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, playCase, reaches, receives } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const RENEWED = 'Contract Renewed';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits } = words;
  const mail = createMail('email', words.footer, locale);
  const renewed = { condition: did(RENEWED, SINCE_ENTERING) };
  return drawGraph(
    [
      {
        id: 'audience',
        kind: 'schedule',
        at: [0, 1],
        name: nodes.audience,
        params: {
          when: 'now',
          audience: {
            op: 'attribute',
            name: 'expiresAt',
            is: {
              operator: 'between',
              value: [
                { relative: 0, unit: 'day' },
                { relative: 30, unit: 'day' },
              ],
            },
          },
        },
      },
      { id: 'first-mail', kind: 'email', at: [1, 1], name: nodes.first, params: mail(words.first, 'renew') },
      { id: 'two-weeks', kind: 'delay', at: [2, 1], params: { durationMs: 14 * DAY_MS } },
      { id: 'renewed', kind: 'filter', at: [3, 1], name: nodes.renewed, params: renewed },
      { id: 'second-mail', kind: 'email', at: [4, 2], name: nodes.second, params: mail(words.second, 'renew') },
      { id: 'one-week', kind: 'delay', at: [5, 2], params: { durationMs: 7 * DAY_MS } },
      { id: 'renewed-later', kind: 'filter', at: [6, 2], name: nodes.renewedLater, params: renewed },
      {
        id: 'mark',
        kind: 'update-attribute',
        at: [7, 3],
        params: { changes: [{ attribute: 'renewalRisk', action: 'set', value: 'high' }] },
      },
      { id: 'handed-over', kind: 'exit', at: [8, 3], params: { reason: exits.handedOver } },
      { id: 'kept', kind: 'exit', at: [7, 1], params: { reason: exits.renewed } },
    ],
    [
      'audience.next>first-mail',
      'first-mail.next>two-weeks',
      'two-weeks.next>renewed',
      'renewed.yes>kept',
      'renewed.no>second-mail',
      'second-mail.next>one-week',
      'one-week.next>renewed-later',
      'renewed-later.yes>kept',
      'renewed-later.no>mark',
      'mark.next>handed-over',
    ],
    { conversionEvent: RENEWED, valueProperty: 'premium', currency: words.currency, windowMs: 30 * DAY_MS },
  );
}

export const renewalReminder = defineReadyFlow({
  id: 'renewal-reminder',
  version: '1.0.0',
  icon: 'calendar',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    audience: [at('audience', '/audience')],
    twoWeeks: [at('two-weeks', '/durationMs')],
    oneWeek: [at('one-week', '/durationMs')],
    first: [at('first-mail', '/subject')],
    second: [at('second-mail', '/subject')],
  },
  cases: (words) => [
    playCase(words.exits.handedOver, { attributes: { expiresAt: '2026-03-20T00:00:00.000Z' } }, [
      receives('first-mail'),
      receives('second-mail'),
      reaches('handed-over'),
    ]),
    playCase(
      words.exits.renewed,
      { attributes: { expiresAt: '2026-03-20T00:00:00.000Z' }, later: [[RENEWED, 3 * DAY_MS, { premium: 900 }]] },
      [receives('first-mail'), avoids('second-mail'), reaches('kept')],
    ),
  ],
});
