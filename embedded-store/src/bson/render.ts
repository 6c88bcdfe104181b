import { Binary, Decimal128, Long, ObjectId } from 'bson';
import { Type } from './element.ts';
import { regexParts } from './encode.ts';
import { type AnyDocument, entriesOf, typeOf } from './value.ts';

/** A value as MongoDB writes it in its error messages. */
export function renderValue(value: unknown): string {
  const type = typeOf(value);
  switch (type) {
    case Type.string:
      return JSON.stringify(value);
    case Type.object:
      return renderDocument(value as AnyDocument);
    case Type.array: {
      const items = (value as unknown[]).map(renderValue);
      return items.length === 0 ? '[]' : `[ ${items.join(', ')} ]`;
    }
    case Type.missing:
      return 'MISSING';
    case Type.double: {
      const text = String(Number(value));
      return /^-?\d+$/.test(text) ? `${text}.0` : text;
    }
    case Type.date:
      return `new Date(${(value as Date).getTime()})`;
    case Type.regex: {
      const { pattern, flags } = regexParts(value as RegExp);
      return `/${pattern}/${flags}`;
    }
    default:
      return renderRare(value);
  }
}

function renderRare(value: unknown): string {
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Decimal128) return `NumberDecimal("${value.toString()}")`;
  if (value instanceof Long) return value.toString();
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`;
  return String(value);
}

export function renderDocument(document: AnyDocument): string {
  const fields = [...entriesOf(document)].map(([name, value]) => renderField(name, value));
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

export function renderField(name: string, value: unknown): string {
  return `${name}: ${renderValue(value)}`;
}
