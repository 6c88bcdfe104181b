import type { TemplateCase, TemplateManifest } from '@sluice/shared/node-template';

const texts = (title: string, points: string, ports: Record<string, string>, counted: string) => ({
  title,
  description: title,
  card: `${points} ≥ {{least}}`,
  ports,
  params: { least: { label: points } },
  reasons: { counted },
});

/** A node template as a developer publishes it: people with many points go one way, and are marked. */
export const LOYALTY: { manifest: TemplateManifest; source: string; cases: TemplateCase[] } = {
  manifest: {
    name: 'loyalty-tier',
    version: '1.0.0',
    category: 'condition',
    icon: 'trophy',
    params: { type: 'object', properties: { least: { type: 'integer', minimum: 0, maximum: 1000 } } },
    defaults: { least: 100 },
    ports: [{ id: 'gold' }, { id: 'other' }],
    passBy: 'other',
    capabilities: { readAttributes: ['points'], writeAttributes: ['tier'] },
    texts: {
      'en-US': texts('Loyalty tier', 'Points', { gold: 'Gold', other: 'Other' }, 'Has {{points}} points'),
      'zh-CN': texts('会员等级', '积分', { gold: '金卡', other: '其他' }, '积分为 {{points}}'),
    },
  },
  source: `var sluiceTemplate = { default: {
  enter({ params, profile }) {
    const { points = 0 } = profile.attributes;
    const port = points >= params.least ? 'gold' : 'other';
    return { kind: 'advance', port, set: { tier: port }, reason: { key: 'counted', values: { points } } };
  },
} };`,
  cases: [{ name: 'many points', attributes: { points: 100 }, expect: { port: 'gold', set: { tier: 'gold' } } }],
};
