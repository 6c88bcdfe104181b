import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { EVERYONE } from '../condition/ast.ts';
import { placeOf } from '../errors/describe-misfit.ts';
import { explainMisfit, type Misfit } from '../errors/explain-misfit.ts';
import { fillText, type Locale, LOCALES } from '../model/locale.ts';
import type { AnyManifest } from '../node-contract/manifest.ts';
import type { ParamTexts } from '../node-contract/texts.ts';
import { type AttributeRef, demandsOf } from './capabilities.ts';
import { TemplateManifest } from './template-manifest.ts';
import type { TemplateParam } from './template-params.ts';
import { FAULT_TEXTS, type FaultCode } from './fault-texts.ts';
import { toManifest } from './to-manifest.ts';

/** What keeps a manifest from being published, at a JSON pointer. */
export interface TemplateFault {
  code: FaultCode;
  at: string;
  /** The name or words that the fault is about. */
  what?: string;
}

export function describeFault({ code, at, what = '' }: TemplateFault, locale: Locale): string {
  return fillText(FAULT_TEXTS[locale][code], { at: at || '/', what });
}

/** Faults of what claims to be a manifest; with none it is one, and `toManifest` takes it. Pure and total. */
export function checkTemplate(content: unknown): TemplateFault[] {
  if (!Value.Check(TemplateManifest, content)) return readMisfits(content);
  return [...checkParams(content), ...checkPorts(content), ...checkTexts(content), ...checkCapabilities(content)];
}

/** What does not fit, one fault for each field of the manifest: whoever mends that one sees the next. */
function readMisfits(content: unknown): TemplateFault[] {
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return [faultOf(explainMisfit(TemplateManifest, content))];
  const fields: Readonly<Record<string, TSchema>> = TemplateManifest.properties;
  const given = new Map(Object.entries(content));
  const surplus = [...given.keys()].filter((name) => !Object.hasOwn(fields, name));
  return [
    ...surplus.map((what): TemplateFault => ({ code: 'surplus', at: '', what })),
    ...TemplateManifest.required
      .filter((name) => !given.has(name))
      .map((what): TemplateFault => ({ code: 'missing', at: '', what })),
    ...Object.entries(fields).flatMap(([name, schema]) => {
      if (!given.has(name) || Value.Check(schema, given.get(name))) return [];
      const misfit = explainMisfit(schema, given.get(name));
      return [faultOf({ ...misfit, path: `/${name}${misfit.path}` })];
    }),
  ];
}

function faultOf(misfit: Misfit): TemplateFault {
  return { code: misfit.code, at: placeOf(misfit), what: misfit.what };
}

function checkParams(template: TemplateManifest): TemplateFault[] {
  const { params, defaults, hints = {}, needs = [] } = template;
  const names = Object.keys(params.properties);
  const unknown = (list: readonly string[], at: string) =>
    list.filter((name) => !names.includes(name)).map((what): TemplateFault => ({ code: 'param-unknown', at, what }));
  const conditions = names.filter((name) => params.properties[name]?.means === 'condition');
  const faults: TemplateFault[] = [
    ...unknown(params.required ?? [], '/params/required'),
    ...unknown(Object.keys(defaults), '/defaults'),
    ...unknown(Object.keys(hints), '/hints'),
    ...unknown(needs, '/needs'),
    ...unknown(
      Object.values(hints).flatMap(({ showWhen }) => (showWhen ? [showWhen.param] : [])),
      '/hints',
    ),
    ...(params.required ?? [])
      .filter((name) => !Object.hasOwn(defaults, name))
      .map((what): TemplateFault => ({ code: 'default-missing', at: '/defaults', what })),
  ];
  if (faults.length > 0) return faults;
  const manifest: AnyManifest = toManifest(template, template.capabilities);
  // A condition in the defaults may be written short, as everyone.
  const filled = { ...defaults, ...Object.fromEntries(conditions.map((name) => [name, defaults[name] ?? EVERYONE])) };
  return [...Value.Errors(manifest.params, filled)]
    .slice(0, 5)
    .map(({ instancePath, message }) => ({ code: 'default-unsound', at: `/defaults${instancePath}`, what: message }));
}

function checkPorts({ ports, params, passBy, failBy, category }: TemplateManifest): TemplateFault[] {
  const fixed = ports.flatMap((port) => ('each' in port ? [] : [port.id]));
  const faults: TemplateFault[] = [];
  const twice = fixed.find((id, index) => fixed.indexOf(id) < index);
  if (twice !== undefined) faults.push({ code: 'port-twice', at: '/ports', what: twice });
  for (const [at, id] of [
    ['/passBy', passBy],
    ['/failBy', failBy],
  ] as const)
    if (id !== undefined && !fixed.includes(id)) faults.push({ code: 'port-unknown', at, what: id });
  if (ports.length === 0 && category !== 'control') faults.push({ code: 'port-missing', at: '/ports' });
  ports.forEach((port, index) => {
    if (!('each' in port)) return;
    const fields = params.properties[port.each]?.items?.properties;
    for (const name of [port.id, port.text])
      if (fields?.[name]?.type !== 'string')
        faults.push({ code: 'port-list', at: `/ports/${index}`, what: `${port.each}.${name}` });
  });
  return faults;
}

function checkTexts({ texts, params, ports }: TemplateManifest): TemplateFault[] {
  return LOCALES.flatMap((locale) => {
    const at = `/texts/${locale}`;
    const said = texts[locale];
    const missing = (what: string): TemplateFault => ({ code: 'text-missing', at, what });
    const lacking = ports.flatMap((port) =>
      'each' in port || said.ports[port.id] ? [] : [missing(`ports.${port.id}`)],
    );
    const places = [...said.card.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
    const strangers = places.filter((name) => !Object.hasOwn(params.properties, name));
    const others = texts[locale === 'zh-CN' ? 'en-US' : 'zh-CN'].reasons;
    return [
      ...lacking,
      ...Object.keys(others).flatMap((key) => (said.reasons[key] ? [] : [missing(`reasons.${key}`)])),
      ...strangers.map((what): TemplateFault => ({ code: 'card-place', at: `${at}/card`, what })),
      ...Object.entries(params.properties).flatMap(([name, param]) =>
        checkParamTexts(param, said.params[name], `params.${name}`).map(missing),
      ),
    ];
  });
}

/** The texts that a param lacks, by their place. */
function checkParamTexts(param: TemplateParam, texts: ParamTexts | undefined, place: string): string[] {
  if (!texts?.label) return [place];
  const choices = param.enum ?? param.items?.enum ?? [];
  const fields = param.properties ?? param.items?.properties ?? {};
  return [
    ...choices.flatMap((value) => (texts.options?.[value] ? [] : [`${place}.options.${value}`])),
    ...Object.entries(fields).flatMap(([name, field]) =>
      checkParamTexts(field, texts.fields?.[name], `${place}.fields.${name}`),
    ),
  ];
}

function checkCapabilities({ capabilities, params, canWait }: TemplateManifest): TemplateFault[] {
  const isText = (ref: AttributeRef | undefined) =>
    typeof ref !== 'object' || params.properties[ref.param]?.type === 'string';
  const faults = demandsOf(capabilities).flatMap(({ capability, of }): TemplateFault[] =>
    isText(of) || typeof of !== 'object'
      ? []
      : [{ code: 'param-unknown', at: `/capabilities/${capability}`, what: of.param }],
  );
  if ((capabilities.callHosts ?? []).length > 0 && !canWait) faults.push({ code: 'call-without-wait', at: '/canWait' });
  return faults;
}
