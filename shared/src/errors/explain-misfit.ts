import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

export interface Misfit {
  /** Slash-separated place inside the value, empty for the whole. */
  path: string;
  message: string;
  code: 'choice' | 'missing' | 'surplus' | 'type' | 'too-little' | 'too-much' | 'pattern' | 'other';
  /** What is allowed there, or the bound; of what is missing or surplus its name. */
  what: string;
}

/** The part of JSON Schema that the contracts use. */
interface Schema {
  $defs?: Record<string, Schema>;
  $ref?: string;
  anyOf?: Schema[];
  const?: unknown;
  type?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
}

/**
 * Finds the one place a person should look at in a value that does not fit. A list of all validation errors does not
 * help: for a recursive union it grows exponentially and talks mostly of the shapes that were not meant. Here a union is
 * entered by the branch whose literal fields (`op`, `kind`) agree. Called for refused values only, so speed is no concern.
 */
export function explainMisfit(schema: TSchema, value: unknown): Misfit {
  return findMisfit(schema as Schema, value, '', {}) ?? unfit('');
}

function findMisfit(schema: Schema, value: unknown, path: string, defs: Record<string, Schema>): Misfit | undefined {
  const known = { ...defs, ...schema.$defs };
  if (schema.$ref) return findMisfit(known[schema.$ref] ?? {}, value, path, known);
  // Through a boolean: as a type guard the check would narrow `value` to never below.
  const isFitting: boolean = Value.Check(known, schema as TSchema, value);
  if (isFitting) return undefined;
  if (schema.anyOf) return findInUnion(schema.anyOf, value, path, known);
  if (schema.type === 'object' && isObject(value)) return findInObject(schema, value, path, known);
  if (schema.type === 'array' && Array.isArray(value) && schema.items) {
    for (const [index, item] of (value as unknown[]).entries()) {
      const misfit = findMisfit(schema.items, item, `${path}/${index}`, known);
      if (misfit) return misfit;
    }
  }
  if ('const' in schema) {
    const what = JSON.stringify(schema.const);
    return { path, message: `must be ${what}`, code: 'choice', what };
  }
  return readError(known, schema, value, path);
}

function findInUnion(branches: Schema[], value: unknown, path: string, defs: Record<string, Schema>): Misfit {
  const all = branches.flatMap((branch) => flatten(branch, defs));
  if (all.every((branch) => 'const' in branch))
    return oneOf(
      path,
      all.map((branch) => branch.const),
    );
  if (isObject(value)) {
    // Several may be meant, such as a text of any kind and one of a list: the first tells what it lacks.
    const fits = (branch: Schema, most: number) =>
      literalsOf(branch).some(({ name, values }) => values.length <= most && values.includes(value[name]));
    const meant = all.find((branch) => fits(branch, 1)) ?? all.find((branch) => fits(branch, Infinity));
    if (meant) return findMisfit(meant, value, path, defs) ?? unfit(path);
    const literals = all.flatMap((branch) => literalsOf(branch).slice(0, 1));
    const name = literals[0]?.name ?? '';
    const named = literals.filter((literal) => literal.name === name);
    const isTold = value[name] === undefined ? named.length === all.length : named.length > 1;
    if (named.length > 0 && isTold)
      return oneOf(
        `${path}/${name}`,
        named.flatMap(({ values }) => values),
      );
    const nearest = nearestOf(all, value);
    if (nearest) return findMisfit(nearest, value, path, defs) ?? unfit(path);
  }
  const types = [...new Set(all.flatMap(({ type }) => type ?? []))].join(' or ');
  return types === ''
    ? unfit(path, 'must be one of the allowed shapes')
    : { path, message: `must be ${types}`, code: 'type', what: types };
}

/** Of forms that nothing tells apart the one with which a value has most fields in common. */
function nearestOf(branches: readonly Schema[], value: Record<string, unknown>): Schema | undefined {
  const shared = ({ properties = {} }: Schema) => Object.keys(value).filter((name) => Object.hasOwn(properties, name));
  // Where it may be a number as well, an object need not be what was meant.
  if (branches.some(({ properties }) => properties === undefined)) return undefined;
  return branches.toSorted((a, b) => shared(b).length - shared(a).length)[0];
}

/** A union within a union is that many more branches. */
function flatten(schema: Schema, defs: Record<string, Schema>): Schema[] {
  const found = schema.$ref === undefined ? schema : (defs[schema.$ref] ?? {});
  return found.anyOf ? found.anyOf.flatMap((branch) => flatten(branch, defs)) : [found];
}

function oneOf(path: string, values: readonly unknown[]): Misfit {
  const what = [...new Set(values)].map((value) => JSON.stringify(value)).join(', ');
  return { path, message: `must be one of ${what}`, code: 'choice', what };
}

function unfit(path: string, message = 'does not fit'): Misfit {
  return { path, message, code: 'other', what: message };
}

const BOUNDS: Readonly<Record<string, Misfit['code']>> = {
  minimum: 'too-little',
  minLength: 'too-little',
  minItems: 'too-little',
  maximum: 'too-much',
  maxLength: 'too-much',
  maxItems: 'too-much',
};

/** What the validator says of a value that has no parts to be looked into. */
function readError(defs: Record<string, Schema>, schema: Schema, value: unknown, path: string): Misfit {
  const [error] = Value.Errors(defs, schema as TSchema, value);
  if (!error) return unfit(path);
  const { keyword, message, params } = error as { keyword: string; message: string; params: Record<string, unknown> };
  if (keyword === 'type') return { path, message, code: 'type', what: String(params['type']) };
  if (keyword === 'pattern') return { path, message, code: 'pattern', what: String(params['pattern']) };
  const code = BOUNDS[keyword];
  return code ? { path, message, code, what: String(params['limit']) } : unfit(path, message);
}

function findInObject(
  schema: Schema,
  value: Record<string, unknown>,
  path: string,
  defs: Record<string, Schema>,
): Misfit | undefined {
  const missing = schema.required?.find((name) => value[name] === undefined);
  if (missing !== undefined)
    return { path: `${path}/${missing}`, message: 'is missing', code: 'missing', what: missing };
  for (const [name, item] of Object.entries(value)) {
    const pattern = Object.keys(schema.patternProperties ?? {}).find((source) => new RegExp(source, 'u').test(name));
    const property = schema.properties?.[name] ?? (pattern ? schema.patternProperties?.[pattern] : undefined);
    if (!property && schema.additionalProperties === false)
      return { path: `${path}/${name}`, message: 'is a field that is not known here', code: 'surplus', what: name };
    const misfit = property && findMisfit(property, item, `${path}/${name}`, defs);
    if (misfit) return misfit;
  }
  return readError(defs, schema, value, path);
}

/** The properties of a form by which it is told from others, with what they may be. */
function literalsOf(schema: Schema): { name: string; values: unknown[] }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const forms = property.anyOf ?? [property];
    return forms.every((form) => 'const' in form) ? [{ name, values: forms.map((form) => form.const) }] : [];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
