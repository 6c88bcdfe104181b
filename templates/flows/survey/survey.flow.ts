import { EVERYONE, type PropertyFilter } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, leaves, playCase, reaches, receives } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { ORDER } from '../shop.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const ANSWERED = 'Survey Answered';
const REQUEST = 'Service Follow-up Requested';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits, waits } = words;
  const mail = createMail('survey', words.footer, locale);
  const scored = (is: PropertyFilter['is']) => ({ event: ANSWERED, where: [{ property: 'score', is }] });
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'event-trigger',
        at: [0, 1],
        name: nodes.start,
        params: { event: ORDER, audience: EVERYONE, reentry: 'period', reentryMs: 90 * DAY_MS },
      },
      { id: 'pause', kind: 'delay', at: [1, 1], params: { durationMs: 5 * DAY_MS } },
      { id: 'question', kind: 'email', at: [2, 1], name: nodes.question, params: mail(words.question, 'survey') },
      {
        id: 'answer',
        kind: 'wait-for-event',
        at: [3, 1],
        name: nodes.answer,
        params: {
          events: [
            { key: 'happy', name: waits.happy, on: scored({ operator: 'atLeast', value: 9 }) },
            { key: 'neutral', name: waits.neutral, on: scored({ operator: 'between', value: [7, 8] }) },
            { key: 'unhappy', name: waits.unhappy, on: scored({ operator: 'atMost', value: 6 }) },
          ],
          need: 'any',
          since: 'now',
          timeoutMs: 7 * DAY_MS,
        },
      },
      { id: 'review', kind: 'email', at: [4, 0], name: nodes.review, params: mail(words.review, 'review') },
      { id: 'reviewed', kind: 'exit', at: [5, 0], params: { reason: exits.review } },
      { id: 'neutral', kind: 'exit', at: [4, 1], params: { reason: exits.neutral } },
      {
        id: 'request',
        kind: 'emit-event',
        at: [4, 2],
        name: nodes.request,
        params: {
          event: REQUEST,
          properties: [
            { property: 'order_id', from: 'event', eventProperty: 'order_id' },
            { property: 'email', from: 'attribute', attribute: 'email' },
          ],
        },
      },
      { id: 'sorry', kind: 'email', at: [5, 2], name: nodes.sorry, params: mail(words.sorry, 'survey') },
      { id: 'with-service', kind: 'exit', at: [6, 2], params: { reason: exits.service } },
      { id: 'silent', kind: 'exit', at: [4, 3], params: { reason: exits.silent } },
    ],
    [
      'start.next>pause',
      'pause.next>question',
      'question.next>answer',
      'answer.happy>review',
      'answer.neutral>neutral',
      'answer.unhappy>request',
      'answer.timeout>silent',
      'review.next>reviewed',
      'request.next>sorry',
      'sorry.next>with-service',
    ],
    { conversionEvent: ANSWERED, windowMs: 14 * DAY_MS },
  );
}

/** One question, and what is done with the answer. */
export const survey = defineReadyFlow({
  id: 'survey',
  version: '1.0.1',
  icon: 'edit',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    event: [at('start', '/event')],
    again: [at('start', '/reentryMs')],
    pause: [at('pause', '/durationMs')],
    question: [at('question', '/subject')],
    answer: [0, 1, 2].map((index) => at('answer', `/events/${index}/on/event`)),
    patience: [at('answer', '/timeoutMs')],
    review: [at('review', '/subject')],
    request: [at('request', '/event')],
  },
  cases: (words) => {
    const event = { name: ORDER, properties: { order_id: 'A-1' } };
    const answered = (score: number) => [[ANSWERED, 5 * DAY_MS + HOUR_MS, { score }]] as const;
    return [
      playCase(words.waits.happy, { event, later: answered(10) }, [receives('review'), avoids('request')]),
      playCase(words.waits.unhappy, { event, later: answered(3) }, [reaches('request'), receives('sorry')]),
      playCase(words.exits.silent, { event }, [receives('question'), leaves('answer', 'timeout')]),
    ];
  },
});
