import type { TemplateCase, TemplateManifest } from '@sluice/shared/node-template';

const texts = (title: string, next: string) => ({
  title,
  description: title,
  card: `${title} {{least}}`,
  ports: { gold: 'Gold', other: next },
  params: { least: { label: 'Points' }, attribute: { label: 'Attribute' } },
  reasons: { counted: '{{points}}' },
});

/** Sends people with many points one way, and notes a tier. */
export const TIER: TemplateManifest = {
  name: 'loyalty-tier',
  version: '1.0.0',
  category: 'condition',
  icon: 'trophy',
  params: {
    type: 'object',
    properties: {
      least: { type: 'integer', minimum: 0, maximum: 1000 },
      attribute: { type: 'string', maxLength: 128 },
    },
  },
  defaults: { least: 100, attribute: 'tier' },
  hints: { attribute: { widget: 'attribute' } },
  ports: [{ id: 'gold' }, { id: 'other' }],
  passBy: 'other',
  capabilities: { readAttributes: ['points'], writeAttributes: [{ param: 'attribute' }] },
  texts: { 'en-US': texts('Loyalty tier', 'Other'), 'zh-CN': texts('会员等级', '其他') },
};

/** The source of a handler as a bundler leaves it. */
export const bundle = (handler: string) => `var sluiceTemplate = { default: ${handler} };`;

export const TIER_SOURCE = bundle(`{
  enter({ params, profile }) {
    const { points = 0 } = profile.attributes;
    const port = points >= params.least ? 'gold' : 'other';
    return { kind: 'advance', port, set: { [params.attribute]: port }, reason: { key: 'counted', values: { points } } };
  },
}`);

export const TIER_CASES: TemplateCase[] = [
  { name: 'many points', attributes: { points: 100 }, expect: { port: 'gold', set: { tier: 'gold' } } },
  { name: 'none', expect: { port: 'other', reason: { key: 'counted', values: { points: 0 } } } },
];
