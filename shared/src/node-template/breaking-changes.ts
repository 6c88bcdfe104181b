import type { AttributeRef } from './capabilities.ts';
import { type Demand, demandsOf, holds } from './capabilities.ts';
import { readVersion } from './kind-name.ts';
import type { TemplateManifest, TemplatePort } from './template-manifest.ts';
import type { TemplateParam } from './template-params.ts';

/** One thing in which a version differs from an earlier one, at a JSON pointer or a port. */
export type TemplateChange =
  | { what: 'param-added' | 'param-removed' | 'param-changed' | 'param-narrowed' | 'param-required'; at: string }
  | { what: 'port-added' | 'port-removed'; port: string }
  | { what: 'category-changed' | 'waits-no-more' | 'waits-now' | 'pass-changed' }
  | { what: 'capability-added' | 'capability-dropped'; demand: Demand };

/** Changes that a flow drawn with the earlier version may not survive; they take a new major version. */
const BREAKING: ReadonlySet<TemplateChange['what']> = new Set([
  'param-removed',
  'param-changed',
  'param-narrowed',
  'param-required',
  'port-removed',
  'category-changed',
  'waits-no-more',
]);

export function isBreaking({ what }: TemplateChange): boolean {
  return BREAKING.has(what);
}

/** In what `after` differs from `before` for whoever has drawn with `before`. Pure. */
export function changesBetween(before: TemplateManifest, after: TemplateManifest): TemplateChange[] {
  return [
    ...compareProperties(
      { properties: before.params.properties, required: requiredOf(before) },
      { properties: after.params.properties, required: requiredOf(after) },
      '',
    ),
    ...comparePorts(before.ports, after.ports),
    ...(before.category === after.category ? [] : [{ what: 'category-changed' as const }]),
    ...(before.canWait === true && after.canWait !== true ? [{ what: 'waits-no-more' as const }] : []),
    ...(before.canWait !== true && after.canWait === true ? [{ what: 'waits-now' as const }] : []),
    ...(before.passBy === after.passBy ? [] : [{ what: 'pass-changed' as const }]),
    ...compareCapabilities(before, after),
  ];
}

function requiredOf({ params, defaults }: TemplateManifest): string[] {
  return params.required ?? Object.keys(defaults);
}

interface Fields {
  properties: Readonly<Record<string, TemplateParam>>;
  required: readonly string[];
}

/** A required field that is new is no break: an upgrade fills it from the defaults. Inside a list nothing could fill it. */
function compareProperties(before: Fields, after: Fields, at: string): TemplateChange[] {
  const names = [...new Set([...Object.keys(before.properties), ...Object.keys(after.properties)])];
  return names.flatMap((name): TemplateChange[] => {
    const place = `${at}/${name}`;
    const [old, young] = [before.properties[name], after.properties[name]];
    if (!young) return [{ what: 'param-removed', at: place }];
    const isRequired = after.required.includes(name) && !before.required.includes(name);
    if (!old) return [{ what: isRequired && at !== '' ? 'param-required' : 'param-added', at: place }];
    const tightened: TemplateChange[] = isRequired ? [{ what: 'param-required', at: place }] : [];
    return [...tightened, ...compareParam(old, young, place)];
  });
}

function compareParam(before: TemplateParam, after: TemplateParam, at: string): TemplateChange[] {
  if (formOf(before) !== formOf(after)) return [{ what: 'param-changed', at }];
  const inner: TemplateChange[] = [];
  if (before.properties && after.properties)
    inner.push(
      ...compareProperties(
        { properties: before.properties, required: before.required ?? Object.keys(before.properties) },
        { properties: after.properties, required: after.required ?? Object.keys(after.properties) },
        at,
      ),
    );
  if (before.items && after.items) inner.push(...compareParam(before.items, after.items, `${at}/*`));
  return isNarrower(before, after) ? [{ what: 'param-narrowed', at }, ...inner] : inner;
}

/** What a value must be at all; a whole number fits where any number does. */
function formOf({ type, means, enum: choices }: TemplateParam): string {
  return [type === 'integer' ? 'number' : type, means, choices ? 'choice' : ''].join(' ');
}

/** Whether some value that the one let through is refused by the other. */
function isNarrower(before: TemplateParam, after: TemplateParam): boolean {
  const isLower = (key: 'maxLength' | 'maximum' | 'maxItems') =>
    after[key] !== undefined && (before[key] ?? Number.POSITIVE_INFINITY) > after[key];
  const isHigher = (key: 'minLength' | 'minItems') =>
    after[key] !== undefined && (before[key] ?? Number.NEGATIVE_INFINITY) < after[key] && after[key] > 0;
  const lacksChoice = after.enum !== undefined && (before.enum ?? []).some((value) => !after.enum?.includes(value));
  const wantsWhole = before.type === 'number' && after.type === 'integer';
  const isMinimumHigher = (after.minimum ?? 0) > (before.minimum ?? 0);
  return (
    isLower('maxLength') ||
    isLower('maximum') ||
    isLower('maxItems') ||
    isHigher('minLength') ||
    isHigher('minItems') ||
    isMinimumHigher ||
    lacksChoice ||
    wantsWhole
  );
}

function comparePorts(before: readonly TemplatePort[], after: readonly TemplatePort[]): TemplateChange[] {
  const [old, young] = [before.map(nameOf), after.map(nameOf)];
  return [
    ...old.filter((port) => !young.includes(port)).map((port): TemplateChange => ({ what: 'port-removed', port })),
    ...young.filter((port) => !old.includes(port)).map((port): TemplateChange => ({ what: 'port-added', port })),
  ];
}

/** One that follows from a list is called by the param and the field that gives its id. */
function nameOf(port: TemplatePort): string {
  return 'each' in port ? `${port.each}.${port.id}` : port.id;
}

function compareCapabilities(before: TemplateManifest, after: TemplateManifest): TemplateChange[] {
  const added = demandsOf(after.capabilities).filter((demand) => !holds(before.capabilities, demand));
  const dropped = demandsOf(before.capabilities).filter((demand) => !holds(after.capabilities, demand));
  return [
    ...added.map((demand): TemplateChange => ({ what: 'capability-added', demand })),
    ...dropped.map((demand): TemplateChange => ({ what: 'capability-dropped', demand })),
  ];
}

/** How an attribute is called that is asked for. */
export function nameOfRef(ref: AttributeRef): string {
  return typeof ref === 'string' ? ref : `params.${ref.param}`;
}

/** Breaking changes that this version makes without a new major number; none where it has one. */
export function undeclaredBreaks(before: TemplateManifest, after: TemplateManifest): TemplateChange[] {
  if (readVersion(before.version)?.major !== readVersion(after.version)?.major) return [];
  return changesBetween(before, after).filter(isBreaking);
}
