import { AppError } from '@sluice/shared/errors';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';

/** Where the next page begins, as an opaque text. It holds the sort values of the last row, so pages stay stable while rows come and go. */
export function writeCursor(position: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws `request-invalid` for a text that `writeCursor` did not write in this shape. */
export function readCursor<T extends TSchema[]>(cursor: string, ...shape: T): { [K in keyof T]: Static<T[K]> } {
  const position = readJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Value.Check(Type.Tuple(shape), position)) {
    const problem = 'query/after is not a cursor of this list; begin again without it';
    throw new AppError('request-invalid', problem, { details: { problem } });
  }
  return position as { [K in keyof T]: Static<T[K]> };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not ours; the shape check says so.
    return undefined;
  }
}
