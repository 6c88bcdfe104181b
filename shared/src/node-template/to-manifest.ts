import type { TObject } from 'typebox';
import type { Condition } from '../condition/ast.ts';
import type { Problem } from '../graph/graph.ts';
import { FieldName } from '../model/attribute.ts';
import type { CallContent } from '../node-contract/call-content.ts';
import type { AnyManifest, FieldHint, PortSpec, SummaryValue } from '../node-contract/manifest.ts';
import { ConditionParam, VariantKey } from '../node-contract/params.ts';
import type { NodeTexts } from '../node-contract/texts.ts';
import { attributeNames, type Capabilities } from './capabilities.ts';
import { kindOfTemplate } from './kind-name.ts';
import type { TemplateManifest, TemplatePort, TemplateTexts } from './template-manifest.ts';
import type { TemplateParam } from './template-params.ts';

/** What became of a version since it was published; told to whoever draws with it. */
export interface TemplateStanding {
  state: 'available' | 'deprecated' | 'blocked';
  /** Why, and what to use instead. */
  note?: string;
}

type Params = Readonly<Record<string, unknown>>;

/** Attempts of one call to a host; a person stands at the node meanwhile. */
const CALL_ATTEMPTS = 3;
const CALL_TIMEOUT_MS = 10_000;

/**
 * The manifest of a template as every other part knows manifests. `grant` is what an administrator has allowed of what the
 * template asks for. Pure; the template must have been checked (`checkTemplate`).
 */
export function toManifest(template: TemplateManifest, grant: Capabilities, standing?: TemplateStanding): AnyManifest {
  const kind = kindOfTemplate(template.name, template.version);
  const { properties, required } = template.params;
  const hosts = grant.callHosts ?? [];
  const content: CallContent = { to: 'granted', hosts, timeoutMs: CALL_TIMEOUT_MS, maxAttempts: CALL_ATTEMPTS };
  return {
    kind,
    version: 1,
    category: template.category,
    icon: template.icon,
    params: {
      type: 'object',
      properties: schemasOf(template),
      required: required ?? Object.keys(template.defaults),
      additionalProperties: false,
    } as unknown as TObject,
    defaults: template.defaults,
    hints: hintsOf(template) as never,
    ports: (params: Params) => template.ports.flatMap((port) => portsOf(port, params)),
    summary: (params: Params) => ({
      key: 'card',
      values: mapValues(properties, (schema, name) => inWords(schema, name, params[name])),
    }),
    check: (params: Params) => [...checkNeeds(template, params), ...checkPortIds(template, params)],
    ...(template.passBy !== undefined && { passBy: template.passBy }),
    ...(template.canWait === true && { canWait: true }),
    runsCode: true,
    ...(hosts.length > 0 && { call: () => content }),
    reads: (params: Params) => attributeNames(grant.readAttributes, params),
    writes: (params: Params) => ({ attributes: attributeNames(grant.writeAttributes, params) }),
    ...standingOf(standing),
    texts: { 'zh-CN': toTexts(kind, template.texts['zh-CN']), 'en-US': toTexts(kind, template.texts['en-US']) },
  };
}

function standingOf(standing: TemplateStanding | undefined): Pick<AnyManifest, 'standing'> {
  if (!standing || standing.state === 'available') return {};
  const { state, note } = standing;
  return { standing: { state, ...(note !== undefined && { note }) } };
}

const MAYBE_ATTRIBUTE = `^$|${(FieldName as { pattern?: string }).pattern}`;

/** The params as JSON Schema. What names a way out, or an attribute, must be fit for one; an attribute may be left open. */
function schemasOf({ params, ports, capabilities }: TemplateManifest): Record<string, object> {
  const schemas = mapValues(params.properties, toSchema);
  for (const ref of [...(capabilities.readAttributes ?? []), ...(capabilities.writeAttributes ?? [])])
    if (typeof ref === 'object') schemas[ref.param] = { ...schemas[ref.param], pattern: MAYBE_ATTRIBUTE };
  for (const port of ports) {
    const fields = 'each' in port ? (schemas[port.each] as ListSchema | undefined)?.items?.properties : undefined;
    if ('each' in port && fields) fields[port.id] = VariantKey;
  }
  return schemas;
}

interface ListSchema {
  items?: { properties?: Record<string, object> };
}

/** A choice becomes alternatives, as TypeBox writes them and forms expect them. */
function toSchema(param: TemplateParam): object {
  const { enum: choices, properties, items, ...rest } = param;
  if (param.means === 'condition') return ConditionParam;
  if (choices) return { anyOf: choices.map((value) => ({ type: 'string', const: value })) };
  if (items) return { ...rest, items: toSchema(items) };
  if (!properties) return rest;
  const required = param.required ?? Object.keys(properties);
  return { ...rest, properties: mapValues(properties, toSchema), required, additionalProperties: false };
}

function hintsOf({ params, hints = {} }: TemplateManifest): Record<string, FieldHint> {
  const conditions = Object.entries(params.properties).filter(([, { means }]) => means === 'condition');
  return { ...Object.fromEntries(conditions.map(([name]) => [name, { widget: 'condition' as const }])), ...hints };
}

function portsOf(port: TemplatePort, params: Params): PortSpec[] {
  if (!('each' in port)) return [{ id: port.id, label: port.id }];
  return (params[port.each] as Record<string, string>[]).map((item) => ({
    id: item[port.id] ?? '',
    text: item[port.text] || (item[port.id] ?? ''),
  }));
}

/** What an empty value leaves on the card. */
const NOTHING = '…';

function inWords(schema: TemplateParam, name: string, value: unknown): SummaryValue {
  if (value === undefined || value === '') return NOTHING;
  if (schema.means === 'condition') return { type: 'condition', condition: value as Condition };
  if (schema.means === 'duration') return { type: 'duration', ms: value as number };
  if (schema.enum || schema.type === 'boolean') return { type: 'option', param: name, value: String(value) };
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (!Array.isArray(value)) return NOTHING;
  const names = value.map((item) => (typeof item === 'object' ? nameOf(item as object) : String(item)));
  return names.join(' · ') || NOTHING;
}

/** What an item of a list is called: its `name` or `label`, else its first value. */
function nameOf(item: object): string {
  const { name, label } = item as Record<string, unknown>;
  const found = [name, label, ...Object.values(item)].find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : NOTHING;
}

function checkNeeds({ needs = [] }: TemplateManifest, params: Params): Problem[] {
  return needs.flatMap((name): Problem[] => {
    const value = params[name];
    const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    const param = `/${name}`;
    return isEmpty ? [{ code: 'param-missing', severity: 'error', param, values: { param } }] : [];
  });
}

/** Ways out that follow from a list must differ from each other and from the fixed ones. */
function checkPortIds({ ports }: TemplateManifest, params: Params): Problem[] {
  const taken = new Set(ports.flatMap((port) => ('each' in port ? [] : [port.id])));
  return ports.flatMap((port) => {
    if (!('each' in port)) return [];
    return portsOf(port, params).flatMap(({ id }, index): Problem[] => {
      const isTaken = taken.has(id);
      taken.add(id);
      const param = `/${port.each}/${index}/${port.id}`;
      return isTaken ? [{ code: 'port-id-taken', severity: 'error', param, values: { id } }] : [];
    });
  });
}

function toTexts(kind: string, texts: TemplateTexts): NodeTexts {
  const { title, description, card, ports, params, reasons } = texts;
  const coded = Object.entries(reasons).map(([key, text]) => [`${kind}:${key}`, text]);
  return {
    title,
    description,
    ports,
    params,
    summary: { card },
    problems: {},
    reasons: Object.fromEntries(coded),
  };
}

function mapValues<A, B>(of: Readonly<Record<string, A>>, map: (value: A, name: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value, name)]));
}
