import { type Condition, EVERYONE } from '@sluice/shared/condition';
import fc from 'fast-check';
import type { ParamSchema } from './param-schema.ts';

const CONDITIONS: Condition[] = [
  EVERYONE,
  { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } },
  {
    op: 'not',
    of: {
      op: 'event',
      name: 'Link Clicked',
      measure: { kind: 'count' },
      window: { kind: 'this-run' },
      is: { operator: 'atLeast', value: 1 },
    },
  },
];

/** Any value that a param schema lets through, small ones first. A keyword it does not know is refused, not ignored. */
export function anyOfSchema(schema: ParamSchema): fc.Arbitrary<unknown> {
  if (schema.$defs !== undefined) return fc.constantFrom(...CONDITIONS);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(anyOfSchema));
  switch (schema.type) {
    case 'object':
      return anyObject(schema);
    case 'array':
      return fc.array(anyOfSchema(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, (schema.minItems ?? 0) + 3),
      });
    case 'string':
      return anyString(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'number':
      return fc.double({ min: -1e6, max: 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`No arbitrary for ${JSON.stringify(schema)}`);
  }
}

function anyObject({ properties = {}, required = [] }: ParamSchema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, anyOfSchema(field)]));
  return fc.record(fields, { requiredKeys: required, noNullPrototype: true });
}

function anyString({ examples, ...schema }: ParamSchema): fc.Arbitrary<string> {
  return examples ? fc.oneof(fc.constantFrom(...examples), anyText(schema)) : anyText(schema);
}

function anyText({ format, pattern, minLength = 0, maxLength = 40 }: ParamSchema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc
      .tuple(fc.integer({ min: 2020, max: 2039 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 23 }))
      .map(([year, month, hour]) => `${year}-${pad(month)}-01T${pad(hour)}:00:00.000Z`);
  const shape = new RegExp(pattern ?? '', 'u');
  const free = fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: 'grapheme' });
  // Look-aheads cannot be generated from; what they forbid is rare enough to be filtered out.
  const text = pattern === undefined || pattern.includes('(?') ? free : fc.stringMatching(shape);
  // A length in graphemes or by pattern is not the one in code units, which the schema counts.
  return text.filter((any) => any.length >= minLength && any.length <= maxLength && shape.test(any));
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
