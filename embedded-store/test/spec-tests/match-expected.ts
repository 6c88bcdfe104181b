import { Binary, BSON, Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';

const { EJSON } = BSON;

/** Entities that `$$matchesEntity` and `$$sessionLsid` refer to. */
export type FindEntity = (id: string) => unknown;

/**
 * Compares an actual value with an expected one by the rules of the unified test format: at the root extra fields are
 * allowed, below they are not; numbers compare across types; `$$` operators as specified there.
 * Answers a sentence about the first difference, or undefined.
 */
export function findDifference(
  expected: unknown,
  actual: unknown,
  find: FindEntity,
  isRoot = true,
  at = '',
): string | undefined {
  const special = specialOf(expected);
  if (special) return matchSpecial(special, actual, find, isRoot, at);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${at}: expected an array, found ${show(actual)}`;
    if (expected.length !== actual.length) return `${at}: expected ${expected.length} elements, found ${show(actual)}`;
    return firstOf(expected.map((item, i) => () => findDifference(item, actual[i], find, isRoot, `${at}[${i}]`)));
  }
  if (isPlain(expected)) return matchDocument(expected, actual, find, isRoot, at);
  if (isSameScalar(expected, actual)) return undefined;
  return `${at}: expected ${show(expected)}, found ${show(actual)}`;
}

function matchDocument(
  expected: Record<string, unknown>,
  actual: unknown,
  find: FindEntity,
  isRoot: boolean,
  at: string,
): string | undefined {
  if (actual === null || typeof actual !== 'object') return `${at}: expected a document, found ${show(actual)}`;
  const found = actual instanceof Map ? Object.fromEntries(actual) : (actual as Record<string, unknown>);
  const difference = firstOf(
    Object.keys(expected).map((name) => () => {
      const inner = specialOf(expected[name]);
      if (inner?.name === '$$exists') {
        const exists = found[name] !== undefined;
        return exists === inner.value ? undefined : `${at}.${name}: expected it ${inner.value ? '' : 'not '}to exist`;
      }
      if (inner?.name === '$$unsetOrMatches' && found[name] === undefined) return undefined;
      if (found[name] === undefined) return `${at}.${name}: missing`;
      return findDifference(expected[name], found[name], find, false, `${at}.${name}`);
    }),
  );
  if (difference || isRoot) return difference;
  const extra = Object.keys(found).find((name) => !(name in expected) && found[name] !== undefined);
  return extra === undefined ? undefined : `${at}.${extra}: not expected`;
}

interface Special {
  name: string;
  value: unknown;
}

function specialOf(expected: unknown): Special | undefined {
  if (!isPlain(expected)) return undefined;
  const [name, ...rest] = Object.keys(expected);
  return name?.startsWith('$$') && rest.length === 0 ? { name, value: expected[name] } : undefined;
}

function matchSpecial(
  { name, value }: Special,
  actual: unknown,
  find: FindEntity,
  isRoot: boolean,
  at: string,
): string | undefined {
  switch (name) {
    case '$$exists':
      return (actual !== undefined) === value ? undefined : `${at}: existence differs`;
    case '$$unsetOrMatches':
      return actual === undefined || actual === null ? undefined : findDifference(value, actual, find, isRoot, at);
    case '$$type':
      return [value].flat().some((type) => isOfType(String(type), actual))
        ? undefined
        : `${at}: ${show(actual)} is no ${show(value)}`;
    case '$$matchesEntity':
      return findDifference(find(String(value)), actual, find, false, at);
    case '$$matchesHexBytes':
      return Buffer.from(actual as Uint8Array).toString('hex') === value ? undefined : `${at}: the bytes differ`;
    case '$$sessionLsid':
      return findDifference((find(String(value)) as { id: unknown }).id, actual, find, false, at);
    default:
      return `${at}: the runner does not know ${name}`;
  }
}

function isOfType(type: string, actual: unknown): boolean {
  const checks: Record<string, (value: unknown) => boolean> = {
    int: (value) => (typeof value === 'number' && Number.isInteger(value)) || value instanceof Int32,
    long: (value) =>
      value instanceof Long || typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)),
    double: (value) => typeof value === 'number' || value instanceof Double,
    string: (value) => typeof value === 'string',
    object: (value) => isPlain(value),
    array: Array.isArray,
    bool: (value) => typeof value === 'boolean',
    objectId: (value) => value instanceof ObjectId,
    date: (value) => value instanceof Date,
    binData: (value) => value instanceof Binary,
    null: (value) => value === null,
  };
  return checks[type]?.(actual) ?? false;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isSameScalar(a: unknown, b: unknown): boolean {
  const x = toNumber(a);
  const y = toNumber(b);
  if (x !== undefined || y !== undefined) return x === y;
  if (a === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  return EJSON.stringify({ v: a }, { relaxed: false }) === EJSON.stringify({ v: b }, { relaxed: false });
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  return value instanceof Decimal128 ? Number(value.toString()) : undefined;
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const difference = check();
    if (difference) return difference;
  }
  return undefined;
}

export function show(value: unknown): string {
  try {
    return EJSON.stringify(value) ?? String(value);
  } catch {
    // A driver object that refers to itself; its name is enough for a message.
    return String(value);
  }
}
