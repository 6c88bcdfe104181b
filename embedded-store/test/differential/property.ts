import type { Db, Document } from 'mongodb';

/** A law about a server, held against random documents and questions. */
export interface Property {
  area: string;
  /** One sentence about behaviour: the name of its test. */
  sentence: string;
  /** Rejects with the shrunk counterexample; answers how many comparisons were made. */
  prove(db: Db, rounds: number): Promise<number>;
}

/** Documents numbered in their order, which is also the order they are stored in. */
export function numbered(documents: readonly Document[]): Document[] {
  return documents.map((document, _id) => ({ _id, ...document }));
}

/** A plain JSON value as a text that does not depend on the order of fields, nor on the sign of zero. */
export function showUnordered(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Throws when two answers to one question differ. */
export function demandEqual(question: unknown, answer: string, expected: string): void {
  if (answer !== expected) {
    throw new Error(`${showUnordered(question)}\nanswered ${answer}\nexpected ${expected}`);
  }
}
