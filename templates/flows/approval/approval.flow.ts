import { EVERYONE } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import type { Locale, Translated } from '@sluice/shared/model';
import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { drawGraph } from '../draw-graph.ts';
import { createMail } from '../mail.ts';
import { avoids, leaves, playCase, reaches, receives } from '../play.ts';
import { at, defineReadyFlow } from '../ready-flow.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

const SUBMITTED = 'Application Submitted';
const DECIDED = 'Application Decided';
const KEY = 'application_id';
const APPROVERS = 'https://approvals.example.test/applications';

function draw(words: Translated<typeof enUS>, locale: Locale): Graph {
  const { nodes, exits, waits } = words;
  const mail = createMail('application', words.footer, locale);
  const decided = (value: string) => ({
    event: DECIDED,
    where: [{ property: 'decision', is: { operator: 'equals' as const, value } }],
    same: { property: KEY, of: KEY },
  });
  const decision = (timeoutMs: number) => ({
    events: [
      { key: 'approved', name: waits.approved, on: decided('approved') },
      { key: 'rejected', name: waits.rejected, on: decided('rejected') },
    ],
    need: 'any' as const,
    since: 'entry' as const,
    timeoutMs,
  });
  const call = (what: string, waits: boolean) => ({
    method: 'POST' as const,
    url: APPROVERS,
    format: 'json' as const,
    body: `{\n  "what": "${what}",\n  "application": "{{ event.properties.${KEY} }}",\n  "user": "{{ user_id }}"\n}`,
    waits,
    timeoutMs: 10_000,
    maxAttempts: 6,
  });
  return drawGraph(
    [
      {
        id: 'start',
        kind: 'event-trigger',
        at: [0, 1],
        name: nodes.start,
        params: { event: SUBMITTED, key: KEY, audience: EVERYONE, reentry: 'key' },
      },
      { id: 'received', kind: 'email', at: [1, 1], name: nodes.received, params: mail(words.received, 'application') },
      { id: 'hand', kind: 'webhook', at: [2, 1], name: nodes.hand, params: call('decide', true) },
      { id: 'unreachable', kind: 'exit', at: [3, 3], params: { reason: exits.unreachable } },
      { id: 'decision', kind: 'wait-for-event', at: [3, 1], name: nodes.decision, params: decision(2 * DAY_MS) },
      { id: 'delayed', kind: 'email', at: [4, 2], name: nodes.delayed, params: mail(words.delayed, 'application') },
      { id: 'remind', kind: 'webhook', at: [5, 2], name: nodes.remind, params: call('remind', false) },
      { id: 'late', kind: 'wait-for-event', at: [6, 2], name: nodes.late, params: decision(14 * DAY_MS) },
      { id: 'approved', kind: 'email', at: [7, 0], name: nodes.approved, params: mail(words.approved, 'start') },
      { id: 'rejected', kind: 'email', at: [7, 1], name: nodes.rejected, params: mail(words.rejected, 'application') },
      { id: 'approved-end', kind: 'exit', at: [8, 0], params: { reason: exits.approved } },
      { id: 'rejected-end', kind: 'exit', at: [8, 1], params: { reason: exits.rejected } },
      { id: 'open-end', kind: 'exit', at: [7, 3], params: { reason: exits.open } },
    ],
    [
      'start.next>received',
      'received.next>hand',
      'hand.ok>decision',
      'hand.failed>unreachable',
      'decision.approved>approved',
      'decision.rejected>rejected',
      'decision.timeout>delayed',
      'delayed.next>remind',
      'remind.next>late',
      'late.approved>approved',
      'late.rejected>rejected',
      'late.timeout>open-end',
      'approved.next>approved-end',
      'rejected.next>rejected-end',
    ],
    { conversionEvent: 'Account Activated', windowMs: 30 * DAY_MS },
  );
}

/** Nobody waits without a word, and nobody is forgotten. */
export const approval = defineReadyFlow({
  id: 'approval',
  version: '1.0.1',
  icon: 'audience',
  words: { 'en-US': enUS, 'zh-CN': zhCN },
  draw,
  places: {
    event: [at('start', '/event')],
    url: [at('hand', '/url'), at('remind', '/url')],
    decided: ['decision', 'late'].flatMap((node) => [0, 1].map((index) => at(node, `/events/${index}/on/event`))),
    patience: [at('decision', '/timeoutMs')],
    received: [at('received', '/subject')],
    approved: [at('approved', '/subject')],
    rejected: [at('rejected', '/subject')],
    delayed: [at('delayed', '/subject')],
  },
  cases: (words) => {
    const event = { name: SUBMITTED, properties: { application_id: 'N-7' } };
    const decides = (decision: string, afterMs: number) =>
      [[DECIDED, afterMs, { application_id: 'N-7', decision }]] as const;
    return [
      playCase(words.exits.approved, { event, later: decides('approved', 5 * HOUR_MS) }, [
        receives('received'),
        receives('approved'),
        avoids('delayed'),
      ]),
      playCase(words.exits.rejected, { event, later: decides('rejected', 4 * DAY_MS) }, [
        receives('delayed'),
        reaches('remind'),
        receives('rejected'),
      ]),
      playCase(words.exits.open, { event }, [leaves('late', 'timeout'), reaches('open-end')]),
    ];
  },
});
