/** RFC 6901; the segments of a pointer, in order. */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a pointer; undefined where there is none. */
export function readAt(value: unknown, pointer: string): unknown {
  let at: unknown = value;
  for (const segment of segmentsOf(pointer)) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, segment)) return undefined;
    at = (at as Record<string, unknown>)[segment];
  }
  return at;
}

/**
 * A copy with another value at a pointer, which shares everything else; undefined takes the field away. What the way leads
 * through must be there: a pointer never makes a new branch, and never reaches what an object inherits.
 */
export function writeAt<T>(value: T, pointer: string, next: unknown): T {
  return write(value, segmentsOf(pointer), next) as T;
}

function write(value: unknown, [segment, ...rest]: readonly string[], next: unknown): unknown {
  if (segment === undefined) return next;
  if (value === null || typeof value !== 'object' || segment === '__proto__') return value;
  const isThere = Object.hasOwn(value, segment);
  if (!isThere && (rest.length > 0 || Array.isArray(value))) return value;
  const inner = write((value as Record<string, unknown>)[segment], rest, next);
  if (Array.isArray(value)) return inner === undefined ? value : value.with(Number(segment), inner);
  const { [segment]: _old, ...others } = value as Record<string, unknown>;
  return inner === undefined ? others : { ...value, [segment]: inner };
}
