import type { Condition } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import { graphOf, type NodeNote } from './graph-of.ts';

const ARMS = [
  { key: 'mens', name: "Men's e-mail", values: ['Mens E-Mail'], isHoldOut: false },
  { key: 'womens', name: "Women's e-mail", values: ['Womens E-Mail'], isHoldOut: false },
  { key: 'holdout', name: 'No e-mail', values: ['No E-Mail'], isHoldOut: true },
];
const WEIGHTED = ARMS.map(({ key, name, isHoldOut }, index) => ({ key, name, isHoldOut, weight: [34, 33, 33][index] }));

const mail = (words: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${words}, {{ profile.email }}</mj-text>` +
  '<mj-button href="https://shop.example.test/sale">See the sale</mj-button></mj-column></mj-section></mj-body></mjml>';

/**
 * The campaign of the walk-through: audience, split, two e-mails, a delay, "opened or visited?", an attribute, the end.
 * `by`: the arm comes from the file's column, or is dealt by hash. Without `delayMs` nobody waits.
 */
export function hillstromFlow(options: { by: 'attribute' | 'hash'; audience: Condition; delayMs?: number }): Graph {
  const happened = (name: string): Condition => ({
    op: 'event',
    name,
    measure: { kind: 'count' },
    window: { kind: 'this-run' },
    is: { operator: 'atLeast', value: 1 },
  });
  const split: NodeNote =
    options.by === 'attribute'
      ? ['split', 'attribute-split', { attribute: 'segment', variants: ARMS }]
      : ['split', 'ab-split', { variants: WEIGHTED }];
  const nodes: NodeNote[] = [
    ['start', 'schedule', { when: 'now', audience: options.audience }],
    split,
    ['mail-mens', 'email', { to: 'email', subject: 'New for men', body: mail('For him') }],
    ['mail-womens', 'email', { to: 'email', subject: 'New for women', body: mail('For her') }],
    ['wait', 'delay', { durationMs: options.delayMs }],
    ['engaged', 'filter', { condition: { op: 'any', of: [happened('Email Opened'), happened('visit')] } }],
    ['mark', 'update-attribute', { changes: [{ attribute: 'engaged', action: 'set', value: true }] }],
    ['end', 'exit', { reason: '' }],
    ['end-other', 'exit', { reason: 'not in the experiment' }],
  ];
  const wait = options.delayMs === undefined ? 'engaged' : 'wait';
  const edges = [
    'start:next>split',
    'split:mens>mail-mens',
    'split:womens>mail-womens',
    `split:holdout>${wait}`,
    ...(options.by === 'attribute' ? ['split:other>end-other'] : []),
    `mail-mens:next>${wait}`,
    `mail-womens:next>${wait}`,
    ...(options.delayMs === undefined ? [] : ['wait:next>engaged']),
    'engaged:yes>mark',
    'engaged:no>end',
    'mark:next>end',
  ];
  const left = new Set([
    ...(options.by === 'attribute' ? [] : ['end-other']),
    ...(options.delayMs === undefined ? ['wait'] : []),
  ]);
  const used = nodes.filter(([id]) => !left.has(id));
  return {
    ...graphOf(used, edges),
    measurement: {
      clickEvent: 'visit',
      conversionEvent: 'conversion',
      valueProperty: 'spend',
      currency: 'USD',
      windowMs: 14 * 86_400_000,
    },
  };
}
