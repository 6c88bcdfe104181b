import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

export interface Misfit {
  /** Slash-separated place inside the value, empty for the whole. */
  path: string;
  message: string;
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
  return findMisfit(schema as Schema, value, '', {}) ?? { path: '', message: 'does not fit' };
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
  if ('const' in schema) return { path, message: `must be ${JSON.stringify(schema.const)}` };
  return { path, message: Value.Errors(known, schema as TSchema, value)[0]?.message ?? 'does not fit' };
}

function findInUnion(branches: Schema[], value: unknown, path: string, defs: Record<string, Schema>): Misfit {
  if (branches.every((branch) => 'const' in branch))
    return { path, message: `must be one of ${branches.map((branch) => JSON.stringify(branch.const)).join(', ')}` };
  if (isObject(value)) {
    const meant = branches.filter((branch) => literalsOf(branch).some(([name, literal]) => value[name] === literal));
    const [only] = meant;
    if (only && meant.length === 1) return findMisfit(only, value, path, defs) ?? { path, message: 'does not fit' };
    const name = literalsOf(branches[0] ?? {})[0]?.[0];
    const allowed = branches.flatMap((branch) => literalsOf(branch)).filter(([key]) => key === name);
    if (name && allowed.length === branches.length) {
      const list = allowed.map(([, literal]) => JSON.stringify(literal)).join(', ');
      return { path: `${path}/${name}`, message: `must be one of ${list}` };
    }
  }
  const types = [...new Set(branches.map((branch) => branch.type).filter(Boolean))];
  return { path, message: `must be ${types.join(' or ') || 'one of the allowed shapes'}` };
}

function findInObject(
  schema: Schema,
  value: Record<string, unknown>,
  path: string,
  defs: Record<string, Schema>,
): Misfit | undefined {
  const missing = schema.required?.find((name) => value[name] === undefined);
  if (missing !== undefined) return { path: `${path}/${missing}`, message: 'is missing' };
  for (const [name, item] of Object.entries(value)) {
    const pattern = Object.keys(schema.patternProperties ?? {}).find((source) => new RegExp(source, 'u').test(name));
    const property = schema.properties?.[name] ?? (pattern ? schema.patternProperties?.[pattern] : undefined);
    if (!property && schema.additionalProperties === false)
      return { path: `${path}/${name}`, message: 'is a field that is not known here' };
    const misfit = property && findMisfit(property, item, `${path}/${name}`, defs);
    if (misfit) return misfit;
  }
  return { path, message: Value.Errors(defs, schema as TSchema, value)[0]?.message ?? 'does not fit' };
}

function literalsOf(schema: Schema): [string, unknown][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]): [string, unknown][] =>
    'const' in property ? [[name, property.const]] : [],
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
