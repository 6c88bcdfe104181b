import { LOCALES } from '../model/locale.ts';
import { expect, test } from 'vitest';
import { checkTemplate, describeFault } from './check-template.ts';
import type { TemplateManifest } from './template-manifest.ts';

const texts = {
  title: 'Tier',
  description: 'Tier',
  card: '{{least}}',
  ports: { gold: 'Gold', other: 'Other' },
  params: { least: { label: 'Points' } },
  reasons: { counted: '{{points}}' },
};
const TIER: TemplateManifest = {
  name: 'tier',
  version: '1.0.0',
  category: 'condition',
  icon: 'trophy',
  params: { type: 'object', properties: { least: { type: 'integer', minimum: 0, maximum: 1000 } } },
  defaults: { least: 100 },
  ports: [{ id: 'gold' }, { id: 'other' }],
  passBy: 'other',
  capabilities: {},
  texts: { 'en-US': texts, 'zh-CN': texts },
};
const english = (change: object) => ({ ...TIER, texts: { ...TIER.texts, 'en-US': { ...texts, ...change } } });
const withParam = (param: object, value: unknown) => ({
  ...TIER,
  params: { type: 'object', properties: { ...TIER.params.properties, other: param } },
  defaults: { ...TIER.defaults, other: value },
});

test('a manifest that is sound has no faults', () => {
  expect(checkTemplate(TIER)).toEqual([]);
});

test.each<[string, unknown, object]>([
  ['nothing at all', null, { code: 'type', at: '', what: 'object' }],
  ['a field too few', { ...TIER, texts: undefined }, { at: '/texts' }],
  [
    'an icon that is none',
    { ...TIER, icon: 'phone' },
    { code: 'choice', at: '/icon', what: expect.stringContaining('trophy') },
  ],
  ['a way out without a name', { ...TIER, ports: [{}] }, { code: 'missing', at: '/ports/0', what: 'id' }],
  [
    'a limit too high',
    { ...TIER, limits: { timeoutMs: 5000 } },
    { code: 'too-much', at: '/limits/timeoutMs', what: '1000' },
  ],
  ['a version that is none', { ...TIER, version: '1.0' }, { code: 'pattern', at: '/version' }],
  ['a trigger', { ...TIER, category: 'trigger' }, { at: '/category' }],
  ['a field that nobody knows', { ...TIER, colour: 'red' }, { code: 'surplus', at: '', what: 'colour' }],
  ['a name that is a prototype', { ...TIER, defaults: { constructor: 1 } }, { code: 'surplus', what: 'constructor' }],
  [
    'a pattern',
    withParam({ type: 'string', maxLength: 9, pattern: '(a+)+$' }, 'a'),
    { at: '/params/properties/other' },
  ],
  ['a text without bound', withParam({ type: 'string' }, 'a'), { at: '/params/properties/other' }],
  ['a default for no param', { ...TIER, defaults: { least: 1, most: 2 } }, { code: 'param-unknown', what: 'most' }],
  [
    'a default out of bounds',
    { ...TIER, defaults: { least: 1001 } },
    { code: 'default-unsound', at: '/defaults/least' },
  ],
  ['two ways out of one name', { ...TIER, ports: [{ id: 'gold' }, { id: 'gold' }] }, { code: 'port-twice' }],
  ['a way to pass by that is none', { ...TIER, passBy: 'away' }, { code: 'port-unknown', at: '/passBy' }],
  ['ways out of no list', { ...TIER, ports: [{ each: 'least', id: 'key', text: 'name' }] }, { code: 'port-list' }],
  ['a port without a name', english({ ports: { gold: 'Gold' } }), { code: 'text-missing', what: 'ports.other' }],
  ['a reason in one language', english({ reasons: {} }), { code: 'text-missing', what: 'reasons.counted' }],
  ['a place for no param', english({ card: '{{most}}' }), { code: 'card-place', what: 'most' }],
  [
    'a choice without labels',
    withParam({ type: 'string', enum: ['a'] }, 'a'),
    { code: 'text-missing', what: 'params.other' },
  ],
  [
    'an attribute of no param',
    { ...TIER, capabilities: { readAttributes: [{ param: 'who' }] } },
    { code: 'param-unknown' },
  ],
  [
    'a host with a path',
    { ...TIER, capabilities: { callHosts: ['a.example/b'] } },
    { at: '/capabilities/callHosts/0' },
  ],
  ['calls without a wait', { ...TIER, capabilities: { callHosts: ['a.example'] } }, { code: 'call-without-wait' }],
])('%s is named at its place, in both languages', (_what, content, fault) => {
  const faults = checkTemplate(content);
  expect(faults).toContainEqual(expect.objectContaining(fault));
  for (const one of faults)
    for (const locale of LOCALES) expect(describeFault(one, locale)).not.toMatch(/\{\{|undefined/);
});
