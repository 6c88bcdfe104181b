import { EVERYONE } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS } from '@sluice/shared/time';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, leaves, playCase, reaches, receives } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const RENEWED = 'Contract Renewed';
const REQUEST = 'Renewal Call Requested';
const REPORT = 'Renewal Call Finished';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits, waits } = words;
  const mail = createMail('renewal', words.footer, locale);
  const reported = (value: string) => ({
    event: REPORT,
    where: [{ property: 'outcome', is: { operator: 'equals' as const, value } }],
  });
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'date-trigger',
        at: [0, 1],
        name: nodes.start,
        params: {
          attribute: 'expiresAt',
          repeat: 'once',
          offsetDays: -30,
          at: '10:00',
          audience: EVERYONE,
          reentry: 'unlimited',
        },
      },
      { id: 'offer', kind: 'email', at: [1, 1], name: nodes.offer, params: mail(words.offer, 'renew') },
      {
        id: 'renewed',
        kind: 'wait-for-event',
        at: [2, 1],
        name: nodes.renewed,
        params: {
          events: [{ key: 'renewed', name: waits.renewed, on: { event: RENEWED } }],
          need: 'any',
          since: 'entry',
          timeoutMs: 7 * DAY_MS,
        },
      },
      {
        id: 'worth',
        kind: 'filter',
        at: [3, 1],
        name: nodes.worth,
        params: { condition: { op: 'attribute', name: 'yearlyPremium', is: { operator: 'atLeast', value: 1000 } } },
      },
      {
        id: 'request',
        kind: 'emit-event',
        at: [4, 1],
        name: nodes.request,
        params: {
          event: REQUEST,
          properties: [
            { property: 'expiresAt', from: 'attribute', attribute: 'expiresAt' },
            { property: 'yearlyPremium', from: 'attribute', attribute: 'yearlyPremium' },
            { property: 'phone', from: 'attribute', attribute: 'phone' },
          ],
        },
      },
      {
        id: 'outcome',
        kind: 'wait-for-event',
        at: [5, 1],
        name: nodes.outcome,
        params: {
          events: [
            { key: 'renewed', name: waits.renewed, on: { event: RENEWED } },
            { key: 'agreed', name: waits.agreed, on: reported('agreed') },
            { key: 'declined', name: waits.declined, on: reported('declined') },
          ],
          need: 'any',
          since: 'now',
          timeoutMs: 10 * DAY_MS,
        },
      },
      { id: 'kept', kind: 'exit', at: [6, 0], params: { reason: exits.renewed } },
      { id: 'lost', kind: 'exit', at: [6, 1], params: { reason: exits.declined } },
      { id: 'last', kind: 'email', at: [6, 2], name: nodes.last, params: mail(words.last, 'renew') },
      { id: 'told', kind: 'exit', at: [7, 2], params: { reason: exits.last } },
    ],
    [
      'start.next>offer',
      'offer.next>renewed',
      'renewed.renewed>kept',
      'renewed.timeout>worth',
      'worth.yes>request',
      'worth.no>last',
      'request.next>outcome',
      'outcome.renewed>kept',
      'outcome.agreed>kept',
      'outcome.declined>lost',
      'outcome.timeout>last',
      'last.next>told',
    ],
    { conversionEvent: RENEWED, valueProperty: 'premium', currency: words.currency, windowMs: 45 * DAY_MS },
  );
}

/** Letters for all, a person for those who are worth one. */
export const renewalCall = defineReadyFlow({
  id: 'renewal-call',
  version: '1.0.0',
  icon: 'notification',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    attribute: [at('start', '/attribute')],
    lead: [at('start', '/offsetDays')],
    offer: [at('offer', '/subject')],
    patience: [at('renewed', '/timeoutMs')],
    worth: [at('worth', '/condition')],
    request: [at('request', '/event')],
    report: [at('outcome', '/events/1/on/event'), at('outcome', '/events/2/on/event')],
    last: [at('last', '/subject')],
  },
  cases: (words) => {
    const attributes = { expiresAt: '2026-04-01T00:00:00.000Z', yearlyPremium: 2400, phone: '13800000000' };
    return [
      playCase(words.exits.declined, { attributes, later: [[REPORT, 9 * DAY_MS, { outcome: 'declined' }]] }, [
        receives('offer'),
        reaches('request'),
        leaves('outcome', 'declined'),
        avoids('last'),
      ]),
      playCase(words.nodes.worth, { attributes: { ...attributes, yearlyPremium: 200 } }, [
        avoids('request'),
        receives('last'),
      ]),
      playCase(words.exits.renewed, { attributes, later: [[RENEWED, 2 * DAY_MS, { premium: 2400 }]] }, [
        avoids('request'),
        reaches('kept'),
      ]),
    ];
  },
});
