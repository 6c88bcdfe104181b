import { fillText, type Locale, type Translated } from '@sluice/shared/model';
import type { AnyManifest, NodeCategory, ParamTexts } from '@sluice/shared/node-contract';
import { TimeOfDay } from '@sluice/shared/time';
import { nodeManifests } from './manifests.ts';
import type { ParamSchema } from './param-schema.ts';

const enUS = {
  title: 'Node reference',
  intro:
    'Every kind of node that comes with Sluice. This page is written from the manifests in `templates/nodes`; after a change there, run `npm run x -- vitest run templates/nodes/node-reference.test.ts -u`.',
  categories: { trigger: 'Trigger', condition: 'Condition', control: 'Flow control', action: 'Action' },
  facts: '{{category}} · kind `{{kind}}`, version {{version}}{{waits}}',
  waits: ' · people may wait here',
  ports: 'Ways out of a fresh node',
  noPorts: 'none, the flow ends here',
  settings: 'Setting',
  name: 'Name',
  type: 'Type',
  fallback: 'Default',
  meaning: 'Meaning',
  problems: 'Problems it reports',
  colon: ': ',
  comma: ', ',
  types: {
    condition: 'condition',
    event: 'event name',
    'event-pattern': 'event, with filters over its properties',
    flow: 'flow: `id` and `name`',
    property: 'property of an event',
    text: 'text',
    instant: 'date and time (ISO 8601, UTC)',
    integer: 'whole number',
    number: 'number',
    boolean: 'yes or no',
    list: 'list',
    group: 'group of settings',
    any: 'text, number, yes or no, list, or nothing',
    recurrence: 'recurrence',
    time: 'time of day, `HH:mm`',
    range: '{{low}} to {{high}}',
    upTo: 'up to {{high}} characters',
    items: '{{low}} to {{high}} items',
    optional: 'optional',
    choice: 'one of {{choices}}',
  },
};

const zhCN: Translated<typeof enUS> = {
  title: '节点参考',
  intro:
    'Sluice 自带的全部节点。本页由 `templates/nodes` 中的清单生成；修改清单后，请运行 `npm run x -- vitest run templates/nodes/node-reference.test.ts -u`。',
  categories: { trigger: '触发', condition: '条件', control: '流程控制', action: '动作' },
  facts: '{{category}} · 类型 `{{kind}}`，版本 {{version}}{{waits}}',
  waits: ' · 用户可能在此等待',
  ports: '新建节点的出口',
  noPorts: '无，流程到此结束',
  settings: '设置',
  name: '名称',
  type: '类型',
  fallback: '默认值',
  meaning: '说明',
  problems: '会报告的问题',
  colon: '：',
  comma: '，',
  types: {
    condition: '条件',
    event: '事件名',
    'event-pattern': '事件，可带属性过滤条件',
    flow: '运营方案：`id` 和 `name`',
    property: '事件属性',
    text: '文本',
    instant: '日期时间（ISO 8601，UTC）',
    integer: '整数',
    number: '数值',
    boolean: '是或否',
    list: '列表',
    group: '一组设置',
    any: '文本、数值、是或否、列表，或为空',
    recurrence: '重复规则',
    time: '时刻，`HH:mm`',
    range: '{{low}} 至 {{high}}',
    upTo: '最多 {{high}} 个字符',
    items: '{{low}} 至 {{high}} 项',
    optional: '可不填',
    choice: '{{choices}} 之一',
  },
};

/** What a problem says of the case at hand stands open in the reference. */
const PLACE = /\{\{\w+\}\}/g;

type Words = Translated<typeof enUS>;
const WORDS: Readonly<Record<Locale, Words>> = { 'en-US': enUS, 'zh-CN': zhCN };

/** The page that documents every kind, as Markdown. */
export function writeNodeReference(locale: Locale): string {
  const words = WORDS[locale];
  const kinds = nodeManifests.map((manifest) => writeKind(manifest, locale, words));
  return [`# ${words.title}`, words.intro, ...kinds].join('\n\n') + '\n';
}

function writeKind(manifest: AnyManifest, locale: Locale, words: Words): string {
  const texts = manifest.texts[locale];
  const category: NodeCategory = manifest.category;
  const schema = manifest.params as unknown as ParamSchema;
  const facts = fillText(words.facts, {
    category: words.categories[category],
    kind: manifest.kind,
    version: manifest.version,
    waits: manifest.canWait ? words.waits : '',
  });
  const ports = manifest
    .ports(manifest.defaults)
    .map(({ id, label, text }) => `${text ?? texts.ports[label ?? ''] ?? id} (\`${id}\`)`);
  const problems = Object.values(texts.problems).map((text) => `- ${text.replace(PLACE, '…')}`);
  return [
    `## ${texts.title}`,
    facts,
    texts.description,
    [
      `| ${words.settings} | ${words.name} | ${words.type} | ${words.fallback} | ${words.meaning} |`,
      '| --- | --- | --- | --- | --- |',
      ...writeRows(schema, texts.params, manifest.defaults as Record<string, unknown>, '', words),
    ].join('\n'),
    words.ports + words.colon + (ports.length > 0 ? ports.join(words.comma) : words.noPorts),
    ...(problems.length > 0 ? [words.problems + words.colon.trim(), problems.join('\n')] : []),
  ].join('\n\n');
}

function writeRows(
  schema: ParamSchema,
  texts: Readonly<Record<string, ParamTexts>>,
  defaults: Record<string, unknown> | undefined,
  path: string,
  words: Words,
): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, param]) => {
    const { label = name, help = '', options = {}, unit, fields = {} } = texts[name] ?? {};
    const type = describeType(param, options, words) + (unit === undefined ? '' : ` (${unit})`);
    const optional = schema.required?.includes(name) ? '' : words.comma + words.types.optional;
    const row = [label, `\`${path}${name}\``, type + optional, showDefault(defaults?.[name]), help];
    const inner = param.items?.properties
      ? writeRows(param.items, fields, undefined, `${path}${name}[].`, words)
      : writeRows(param, fields, undefined, `${path}${name}.`, words);
    return [`| ${row.map(escapeCell).join(' | ')} |`, ...inner];
  });
}

function describeType(schema: ParamSchema, options: Readonly<Record<string, string>>, words: Words): string {
  const { types } = words;
  if (schema.$defs !== undefined) return types.condition;
  if (schema.means !== undefined && schema.means in types) return types[schema.means as keyof typeof types];
  if (schema.anyOf !== undefined) {
    const choices = schema.anyOf.flatMap(({ const: value }) => (value === undefined ? [] : [String(value)]));
    if (choices.length === 0) return types.any;
    return fillText(types.choice, {
      choices: choices.map((value) => `\`${value}\` ${options[value] ?? ''}`).join(words.comma),
    });
  }
  if (schema.format === 'date-time') return types.instant;
  if (schema.pattern === (TimeOfDay as ParamSchema).pattern) return types.time;
  if (schema.type === 'object' && schema.properties?.repeat !== undefined) return types.recurrence;
  switch (schema.type) {
    case 'integer':
    case 'number':
      return withRange(types[schema.type], types.range, words.comma, schema.minimum, schema.maximum);
    case 'boolean':
      return types.boolean;
    case 'object':
      return types.group;
    case 'array':
      return withRange(types.list, types.items, words.comma, schema.minItems ?? 0, schema.maxItems);
    default:
      return withRange(types.text, types.upTo, words.comma, 0, schema.maxLength);
  }
}

function withRange(
  type: string,
  range: string,
  comma: string,
  low: number | undefined,
  high: number | undefined,
): string {
  return low === undefined || high === undefined ? type : `${type}${comma}${fillText(range, { low, high })}`;
}

/** A default longer than a cell, such as the body of a letter, says nothing in a table. */
function showDefault(value: unknown): string {
  if (value === undefined || value === '') return '';
  const text = JSON.stringify(value);
  return text.length > 60 ? '…' : `\`${text}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
