import { expect, test } from 'vitest';
import type { Locale } from '../model/locale.ts';
import type { AnyManifest, Summary } from './manifest.ts';
import { renderSummary } from './render-summary.ts';

const texts = (summary: Record<string, string>) => ({
  title: '',
  description: '',
  ports: {},
  params: {},
  problems: {},
  reasons: {},
  summary,
});
const manifest: Pick<AnyManifest, 'texts'> = {
  texts: {
    'en-US': texts({
      on: 'On {{days}}',
      wait: 'Wait {{span}}',
      at: 'At {{at}}',
      for: 'For {{who}}',
      arms: '{{arms}}',
      arm: '{{name}}',
    }),
    'zh-CN': texts({
      on: '每{{days}}',
      wait: '等待 {{span}}',
      at: '{{at}}',
      for: '人群：{{who}}',
      arms: '{{arms}}',
      arm: '{{name}}',
    }),
  },
};
const render = (summary: Summary, locale: Locale = 'en-US') =>
  renderSummary(manifest, summary, {
    locale,
    timeZone: 'Asia/Shanghai',
    describeCondition: ({ op }, language) => `${op} in ${language}`,
  });

test('a span, an instant and a condition read in the language asked for', () => {
  const wait: Summary = { key: 'wait', values: { span: { type: 'duration', ms: 7_200_000 } } };
  expect(render(wait)).toBe('Wait 2 h');
  expect(render(wait, 'zh-CN')).toBe('等待 2 小时');
  const at: Summary = { key: 'at', values: { at: { type: 'instant', at: '2026-11-22T12:00:00.000Z' } } };
  expect(render(at)).toMatch(/^At Nov 22, 2026, 8:00\sPM$/);
  const who: Summary = { key: 'for', values: { who: { type: 'condition', condition: { op: 'all', of: [] } } } };
  expect(render(who, 'zh-CN')).toBe('人群：all in zh-CN');
});

test('weekdays and a recurrence read in the language asked for', () => {
  const on: Summary = { key: 'on', values: { days: { type: 'weekdays', days: [5, 1] } } };
  expect(render(on)).toBe('On Mon and Fri');
  expect(render(on, 'zh-CN')).toBe('每周一和周五');
  const recurrence = { repeat: { kind: 'daily', at: '09:00' }, timeZone: 'Asia/Shanghai' } as const;
  const again: Summary = { key: 'wait', values: { span: { type: 'recurrence', recurrence } } };
  expect(render(again)).toBe('Wait Daily at 09:00 · Asia/Shanghai');
});

test('the sentences of a list stand in one line', () => {
  const arms = ['A', 'B'].map((name) => ({ key: 'arm', values: { name } }));
  expect(render({ key: 'arms', values: { arms: { type: 'list', of: arms } } })).toBe('A · B');
});

test('a text of the operator is not read as a place to fill', () => {
  expect(render({ key: 'arm', values: { name: '{{span}} $& 100%' } })).toBe('{{span}} $& 100%');
});

test('a key without a text comes back as it is', () => {
  expect(render({ key: 'nowhere' })).toBe('nowhere');
});
