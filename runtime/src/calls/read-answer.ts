import type { ServiceDefinition, ServiceField } from '@sluice/shared/http-api';
import { AttributeValue, type Attributes, type ValueType } from '@sluice/shared/model';
import type { CallAnswer } from '@sluice/shared/node-contract';
import { parseInstant } from '@sluice/shared/time';
import { Value } from 'typebox/value';

export type ReadAnswer = { isOk: true; answer: CallAnswer } | { isOk: false; detail: string };

/** Takes from an answer what the contract of the service names. Anything that does not keep it is a bad answer. */
export function readAnswer(text: string, contract: Pick<ServiceDefinition, 'fields' | 'decides'>): ReadAnswer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { isOk: false, detail: 'The answer is no JSON' };
  }
  const fields: Attributes = {};
  for (const field of contract.fields) {
    const found = findAt(json, field.path);
    if (found === undefined || found === null) {
      if (field.isRequired) return { isOk: false, detail: `The answer has no ${field.path}` };
      continue;
    }
    const value = readValue(found, field);
    if (value === undefined) return { isOk: false, detail: `${field.path} is no ${field.type}` };
    fields[field.name] = value;
  }
  const decision = fields[contract.decides];
  return { isOk: true, answer: { fields, ...(decision !== undefined && { decision }) } };
}

/** Own properties and items of lists along a dotted path; undefined where there is nothing. */
function findAt(json: unknown, path: string): unknown {
  let at = json;
  for (const key of path.split('.')) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

const READERS: Record<ValueType, (value: unknown) => unknown> = {
  string: (value) => (typeof value === 'string' ? value : undefined),
  number: (value) => (typeof value === 'number' ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => toInstantText(typeof value === 'string' ? parseInstant(value) : undefined),
  list: (value) => (Array.isArray(value) ? value : undefined),
};

/** Dates are kept in the one spelling that conditions compare. */
function toInstantText(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** A value of exactly the type that was promised, within the bounds of an attribute. */
function readValue(found: unknown, { type }: ServiceField): AttributeValue | undefined {
  const value = READERS[type](found);
  return value !== undefined && Value.Check(AttributeValue, value) ? value : undefined;
}
