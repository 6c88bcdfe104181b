import { Binary, BSONRegExp, type Document, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { entriesOf, isDocument } from '../bson/value.ts';
import { StoreError } from '../bson/index.ts';

/** Error 11000 exactly as MongoDB words it, with the pattern and the values that collide. */
export function duplicateKeyError(
  namespace: string,
  indexName: string,
  fields: readonly (readonly [string, 1 | -1])[],
  values: readonly unknown[],
): StoreError {
  const keyPattern: Document = {};
  const keyValue: Document = {};
  const shown: string[] = [];
  fields.forEach(([path, direction], i) => {
    keyPattern[path] = direction;
    keyValue[path] = values[i] ?? null;
    shown.push(`${path}: ${showValue(values[i])}`);
  });
  return new StoreError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${indexName} dup key: { ${shown.join(', ')} }`,
    { keyPattern, keyValue },
  );
}

/** A value as MongoDB's BSONElement::toString writes it into messages. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return (value | 0) === value ? String(value) : showDouble(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Int32) return String(value.value);
  if (value instanceof Long || value instanceof Decimal128) return value.toString();
  if (value instanceof Double) return showDouble(value.value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Timestamp) return `Timestamp(${value.getHighBitsUnsigned()}, ${value.getLowBitsUnsigned()})`;
  if (value instanceof Binary) return showBinary(value);
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(showValue).join(', ')} ]`;
  const entries = isDocument(value) ? [...entriesOf(value)] : [];
  return entries.length === 0
    ? '{}'
    : `{ ${entries.map(([name, inner]) => `${name}: ${showValue(inner)}`).join(', ')} }`;
}

function showDouble(value: number): string {
  if (Number.isNaN(value)) return 'nan.0';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
}

function showBinary(value: Binary): string {
  if (value.sub_type === Binary.SUBTYPE_UUID) return `UUID("${value.toUUID().toHexString()}")`;
  return `BinData(${value.sub_type}, ${Buffer.from(value.buffer.subarray(0, value.position)).toString('hex').toUpperCase()})`;
}
