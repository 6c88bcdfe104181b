import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import type { AnyManifest } from '../node-contract/manifest.ts';

/**
 * The params of a node for another version of its kind: what still fits stays, what is new or fits no more begins with the
 * default. Names of those that were not carried over, although they were set, come along. Pure.
 */
export function carryParams(
  params: Readonly<Record<string, unknown>>,
  to: AnyManifest,
): { params: Record<string, unknown>; lost: string[] } {
  const schemas = to.params.properties as Readonly<Record<string, TSchema>>;
  const defaults = to.defaults as Readonly<Record<string, unknown>>;
  const carried: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const fits = Object.hasOwn(params, name) && Value.Check(schema, params[name]);
    if (fits) carried[name] = params[name];
    else if (Object.hasOwn(defaults, name)) carried[name] = Value.Clone(defaults[name]);
  }
  const lost = Object.keys(params).filter((name) => !Value.Equal(params[name], carried[name]));
  return { params: carried, lost };
}
