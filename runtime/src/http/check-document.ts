import { AppError } from '@sluice/shared/errors';

const MAX_DEPTH = 40;
const TOO_DEEP = `The JSON is nested deeper than ${MAX_DEPTH} levels`;
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Refuses keys that a query or a prototype could take for its own (`$gt`, `a.b`, `__proto__`), null characters in keys,
 * and nesting deeper than 40 levels: what comes in may be stored as it is. Throws `request-invalid` naming the place.
 */
export function checkDocument(value: unknown): void {
  const problem = findUnsafeKey(value, '', 0);
  if (problem) throw new AppError('request-invalid', problem, { details: { problem } });
}

/** Refuses nesting deeper than 40 levels alone, for bodies of which only parts are stored. */
export function checkDepth(value: unknown): void {
  if (!isDeeper(value, MAX_DEPTH)) return;
  throw new AppError('request-invalid', TOO_DEEP, { details: { problem: TOO_DEEP } });
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels < 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function findUnsafeKey(value: unknown, path: string, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const problem = findUnsafeKey(item, `${path}/${index}`, depth + 1);
      if (problem) return problem;
    }
    return undefined;
  }
  for (const [key, item] of Object.entries(value)) {
    const complaint = complainAbout(key);
    if (complaint) return `The key ${JSON.stringify(key)} at ${path || '/'} ${complaint}; choose another name`;
    const problem = findUnsafeKey(item, `${path}/${key}`, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

function complainAbout(key: string): string | undefined {
  if (key.startsWith('$')) return 'starts with "$"';
  if (key.includes('.')) return 'contains a dot';
  if (key.includes('\u0000')) return 'contains a null character';
  if (PROTOTYPE_KEYS.has(key)) return 'is reserved by JavaScript';
  return undefined;
}
