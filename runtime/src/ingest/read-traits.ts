import { AppError } from '@sluice/shared/errors';
import { FieldName } from '@sluice/shared/model';
import { Compile } from 'typebox/compile';
import type { StoredValue } from '../profiles/profile-record.ts';
import { readDateTrait } from './read-timestamp.ts';

const fieldName = Compile(FieldName);
const MAX_TEXT = 8192;
const MAX_LIST = 1000;

/**
 * Traits as attributes. An attribute holds one value or a list, so a nested object is flattened (`address.city` becomes
 * `address_city`) and a list of objects is kept as its JSON text. Dates become dates. Throws `request-invalid`.
 */
export function readTraits(traits: Readonly<Record<string, unknown>>): Record<string, StoredValue> {
  const attributes: Record<string, StoredValue> = {};
  flattenInto(attributes, traits, '');
  return attributes;
}

function flattenInto(attributes: Record<string, StoredValue>, traits: object, prefix: string): void {
  for (const [key, value] of Object.entries(traits)) {
    const name = prefix + key;
    if (!fieldName.Check(name))
      refuse(`traits/${name} is no name for an attribute: at most 128 characters, no dot, no leading "$"`);
    if (isPlainObject(value)) flattenInto(attributes, value, `${name}_`);
    else attributes[name] = readValue(name, value);
  }
}

function readValue(name: string, value: unknown): StoredValue {
  if (typeof value === 'string') {
    if (value.length > MAX_TEXT) refuse(`traits/${name} is longer than ${MAX_TEXT} characters`);
    return readDateTrait(value) ?? value;
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) {
    if (value.length > MAX_LIST) refuse(`traits/${name} has more than ${MAX_LIST} entries`);
    return value.every(isScalar) ? value : JSON.stringify(value);
  }
  return refuse(`traits/${name} is no JSON value`);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(problem: string): never {
  throw new AppError('request-invalid', problem, { details: { problem } });
}
